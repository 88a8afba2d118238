import { type AnyActorScope, type AnyMachineSnapshot, type AnyStateMachine, createActor } from 'xstate';
import type { Context } from './world.ts';

/**
 * The machine's own `transition`, as XState's function of that name calls it. That function makes a new actor each
 * time, which works out the initial state of the machine and throws it away: more than half of a step. The actor is
 * never started and holds nothing of a case, so one for each machine is enough. [CMP-2]
 */
export function nextSnapshot(machine: AnyStateMachine, before: AnyMachineSnapshot, type: string): AnyMachineSnapshot {
  return machine.transition(before, { type }, scopeFor(machine)) as AnyMachineSnapshot;
}

/** The state of the machine at its start, as `initialTransition` gives it. */
export function firstSnapshot(machine: AnyStateMachine, context: Context): AnyMachineSnapshot {
  return machine.getInitialSnapshot(scopeFor(machine), context) as AnyMachineSnapshot;
}

const scopes = new WeakMap<AnyStateMachine, AnyActorScope>();

function scopeFor(machine: AnyStateMachine): AnyActorScope {
  const known = scopes.get(machine);
  if (known !== undefined) return known;
  const self = createActor(machine);
  const made: AnyActorScope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    stopChild: nothing,
    emit: nothing,
    // Ours write the trail; XState's own actions (delays) are not carried out.
    actionExecutor: (action) => {
      if (!action.type.startsWith('xstate.')) action.exec?.(action.info, action.params);
    },
  };
  scopes.set(machine, made);
  return made;
}

function nothing(): void {}
