import { type AnyStateMachine, and, assign, not, or, setup } from 'xstate';
import type { Guard } from '../../engine/compile/guard.ts';
import { type ActionConfig, configOf, type StateConfig, type TransitionConfig } from '../../engine/compile/machine.ts';
import { machineId } from '../../engine/compile/names.ts';
import type { Words } from '../../engine/model/composed.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { type Asked, type PeerContext, predicateOf } from './plain.ts';

/**
 * The machine that somebody would write who uses XState alone: the same states, events, timers and targets, guards as
 * plain functions, actions that change the context only where the process says so. None of the engine runs in it.
 */
export function peerMachine(definition: Definition): AnyStateMachine {
  const machine = setup({
    types: {} as { context: PeerContext; events: Asked['event'] },
    actions: {
      words: assign(({ context, event }, words: Words) => changed(context, event, words)),
      refuse: () => {},
    },
    delays: delaysOf(definition),
  });
  const config = stateOf(definition, configOf(definition));
  return machine.createMachine({ ...config, id: machineId, context: blank } as never) as unknown as AnyStateMachine;
}

const blank: PeerContext = { forms: {}, facts: {}, counters: {}, records: {}, people: {}, today: '' };

function stateOf(definition: Definition, config: StateConfig): object {
  const transitions = (each: { [name: string]: TransitionConfig[] } | undefined) =>
    each && Object.fromEntries(Object.entries(each).map(([name, list]) => [name, list.map(transitionOf)]));
  const transitionOf = ({ guard, actions, ...rest }: TransitionConfig) => ({
    ...rest,
    ...(guard && { guard: guardOf(definition, guard) }),
    ...(actions && { actions: actions.flatMap(actionOf) }),
  });
  const { entry, exit: _exit, states, on, after, always, onDone, ...rest } = config;
  return {
    ...rest,
    entry: (entry ?? []).flatMap(actionOf),
    ...(states && {
      states: Object.fromEntries(Object.entries(states).map(([id, state]) => [id, stateOf(definition, state)])),
    }),
    ...(on && { on: transitions(on) }),
    ...(after && { after: transitions(after) }),
    ...(always && { always: always.map(transitionOf) }),
    ...(onDone && { onDone: onDone.map(transitionOf) }),
  };
}

function actionOf(action: ActionConfig): object[] {
  if (action.type === 'refuse') return [{ type: 'refuse' }];
  if (action.type !== 'words' && action.type !== 'enter') return [];
  const { words } = action.params;
  return isSilent(words) ? [] : [{ type: 'words', params: words }];
}

function isSilent(words: Words): boolean {
  return [words.prove, words.void, words.count, words.record, words.sign].every((names) => names.length === 0);
}

type Joined = { readonly name: string; readonly guards: readonly Guard[] };

function guardOf(definition: Definition, guard: Guard): unknown {
  if (typeof guard !== 'function')
    return predicateOf((guard as { params: { text: string } }).params.text, definition.settings);
  if (!('guards' in guard)) return guard;
  const { name, guards } = guard as unknown as Joined;
  const own = guards.map((each) => guardOf(definition, each)) as never;
  return name === 'and' ? and(own) : name === 'or' ? or(own) : not((own as unknown[])[0] as never);
}

function changed(context: PeerContext, event: Asked['event'], words: Words): Partial<PeerContext> {
  const facts = { ...context.facts };
  for (const fact of words.prove) facts[fact] = { at: context.today };
  for (const fact of words.void) delete facts[fact];
  const counters = { ...context.counters };
  for (const name of words.count) counters[name] = { count: (counters[name]?.count ?? 0) + 1 };
  const records = { ...context.records };
  for (const name of words.record) records[name] = [...(records[name] ?? []), { data: event.data ?? {} }];
  const people = { ...context.people };
  for (const part of words.sign) people[part] = 'somebody';
  return { facts, counters, records, people };
}

function delaysOf(definition: Definition): { [delay: string]: number } {
  const found: { [delay: string]: number } = {};
  const visit = (config: StateConfig) => {
    for (const name of Object.keys(config.after ?? {})) found[name] = 86_400_000;
    for (const state of Object.values(config.states ?? {})) visit(state);
  };
  visit(configOf(definition));
  return found;
}
