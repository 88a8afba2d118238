import { type AnyMachineSnapshot, type AnyStateMachine, transition } from 'xstate';
import type { Definition } from '../../engine/model/definition.ts';
import { step } from '../../engine/run/index.ts';
import type { Recorded } from './main.ts';

/**
 * Raw XState on an equal machine: the same states, the same guards asked of the same context, no forms, effects, laws,
 * timers. What XState itself was given in each recorded step is given to it again, from JSON text to JSON text.
 */
export function xstatePeer(definition: Definition, recorded: readonly Recorded[]): () => number {
  const given: { snapshot: string; type: string }[] = [];
  const machine = definition.machine as AnyStateMachine;
  const original = machine.transition;
  machine.transition = ((snapshot: AnyMachineSnapshot, event: { type: string }, scope: never) => {
    const { value, historyValue, context } = snapshot;
    const history = Object.entries(historyValue).map(([id, nodes]) => [id, nodes.map((node) => ({ id: node.id }))]);
    const json = { value, historyValue: Object.fromEntries(history), context, status: 'active', children: {} };
    given.push({ snapshot: JSON.stringify(json), type: event.type });
    return original.call(machine, snapshot, event, scope);
  }) as typeof original;
  for (const { state, command, env } of recorded) step(definition, JSON.parse(state), command, env);
  machine.transition = original;
  return () => {
    let size = 0;
    for (const { snapshot, type } of given) {
      const before = machine.restoreSnapshot(JSON.parse(snapshot), { self: undefined, system: undefined } as never);
      const [after] = transition(machine, before as AnyMachineSnapshot, { type });
      const { value, context, historyValue } = after as AnyMachineSnapshot;
      const history = Object.entries(historyValue).map(([id, nodes]) => [id, nodes.map((node) => ({ id: node.id }))]);
      size += JSON.stringify({ value, context, historyValue: history }).length;
    }
    return size;
  };
}
