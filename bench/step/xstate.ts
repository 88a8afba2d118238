import { type AnyMachineSnapshot, type AnyStateMachine, transition } from 'xstate';
import type { CaseState } from '../../engine/model/case.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { step } from '../../engine/run/index.ts';
import type { Trail, World } from '../../engine/run/world.ts';
import type { PeerContext } from './plain.ts';
import type { Recorded } from './recording.ts';

/**
 * Raw XState: restore + transition + persist, from JSON text to JSON text. It is given what XState itself was given in
 * each recorded step, with the same data of the case in its context; no forms are validated, no effects, laws or ledger
 * of timers worked out. Every step is tried once beside ours and has to end in the same states.
 */
export function xstatePeer(machine: AnyStateMachine, given: readonly Given[]): () => number {
  for (const { text, event, value } of given) {
    const after = JSON.stringify(advanced(machine, text, event).value);
    if (after !== value) throw new Error(`the peer goes another way at ${event.type}: ${after} instead of ${value}`);
  }
  return () => {
    let size = 0;
    for (const { text, event } of given) {
      size += JSON.stringify(machine.getPersistedSnapshot(advanced(machine, text, event))).length;
    }
    return size;
  };
}

export interface Given {
  /** JSON text of the snapshot before. */
  readonly text: string;
  readonly event: { readonly type: string };
  /** JSON text of the states that ours ended in. */
  readonly value: string;
}

function advanced(machine: AnyStateMachine, text: string, event: Given['event']): AnyMachineSnapshot {
  const before = machine.restoreSnapshot(JSON.parse(text), { self: undefined, system: undefined } as never);
  return transition(machine, before as AnyMachineSnapshot, event)[0] as AnyMachineSnapshot;
}

/** What our steps hand to XState, and what comes out; the context as `of` makes it of ours and of the case before. */
export function givenSteps(
  definition: Definition,
  recorded: readonly Recorded[],
  of: (world: World, before: CaseState) => object,
): Given[] {
  const given: Given[] = [];
  let before: CaseState | null = null;
  const machine = definition.machine as AnyStateMachine;
  const original = machine.transition;
  machine.transition = ((snapshot: AnyMachineSnapshot, event: { type: string }, scope: never) => {
    const { value, historyValue } = snapshot;
    const { world } = (snapshot.context as { trail: Trail }).trail;
    const history = Object.entries(historyValue).map(([id, nodes]) => [id, nodes.map((node) => ({ id: node.id }))]);
    const json = {
      value,
      historyValue: Object.fromEntries(history),
      context: of(world, before as CaseState),
      status: 'active',
      children: {},
    };
    const text = JSON.stringify(json);
    const after = original.call(machine, snapshot, event, scope) as AnyMachineSnapshot;
    given.push({
      text,
      event: { type: event.type, data: world.event } as Given['event'],
      value: JSON.stringify(after.value),
    });
    return after;
  }) as typeof original;
  for (const { state, command, env } of recorded) {
    before = JSON.parse(state) as CaseState;
    step(definition, before, command, env);
  }
  machine.transition = original;
  return given;
}

/** The data of the case that guards and actions read, and nothing else. */
export function readContext({ forms, facts, counters, records, people, today }: World): PeerContext {
  return { forms, facts, counters, records, people, today };
}

/** All data of the case: who and when it is, its dates and calls too. Which states are active is XState's own. */
export function caseContext(world: World, before: CaseState): PeerContext & Partial<CaseState> {
  const { snapshot: _snapshot, active: _active, ...data } = before;
  return { ...data, ...readContext(world) } as PeerContext & Partial<CaseState>;
}
