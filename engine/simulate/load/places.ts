import { evaluateText } from '../../expressions/index.ts';
import type { Duration } from '../../model/composed.ts';
import type { Definition } from '../../model/definition.ts';
import { shapeOf, shapeText } from '../../paths/shape.ts';
import { activeStates, atOf, configurationOf, historyOf, parentOf } from '../../run/configuration.ts';
import { scopeOf } from '../../run/scope.ts';
import { worldOf } from '../../run/world.ts';
import { nextDate } from '../dates.ts';
import { envOf, type OpenCall, type Session } from '../session.ts';
import { outsideOf, type Task, tasksOf } from './options.ts';
import { usualWay } from './usual.ts';

/** Something that a case waits for. */
export type Awaited =
  | { readonly kind: 'task'; readonly id: string; readonly task: Task; readonly isFirst: boolean }
  | { readonly kind: 'call'; readonly id: string; readonly call: OpenCall }
  | { readonly kind: 'timer'; readonly id: string; readonly timer: string; readonly state: string }
  /** A day from which on something else is possible. */
  | { readonly kind: 'date'; readonly id: string }
  | { readonly kind: 'outside'; readonly id: string; readonly event: string };

/**
 * A case as the interpreter made it, standing for all that have its shape: these go on in the same ways, as far as
 * conditions see.
 */
export interface Place {
  readonly session: Session;
  /** Active leaves, and the states around them that promise a time. */
  readonly leaves: readonly string[];
  readonly promises: readonly { readonly state: string; readonly duration: Duration }[];
  readonly awaited: readonly Awaited[];
  /** The final state that the case has come to, where it has. */
  readonly end: string | null;
  /** What the case is about in money, where the process says how much. */
  readonly amount: number;
}

/** What comes from outside on the usual way comes where it is waited for; anything else, wherever it is heard. */
function isExpected(anchor: string | undefined, leaves: readonly string[]): boolean {
  return anchor === undefined || leaves.includes(anchor);
}

/** Where a case ends is decided by the region of the first goal: it has come to one of its final states, or all is over. */
function endOf(definition: Definition, leaves: readonly string[], over: boolean): string | null {
  const region = definition.declared.goals[0]?.split('.')[0] ?? '';
  const leaf = leaves.find((each) => each.split('.')[0] === region) ?? leaves[0];
  if (leaf === undefined) return null;
  return over || (definition.chart.states[leaf]?.kind === 'final' && parentOf(leaf) === region) ? leaf : null;
}

export function placeOf(session: Session): Place {
  const { definition, state } = session;
  const configuration = configurationOf(state.active);
  const active = activeStates(definition, configuration);
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, envOf(session));
  const scope = scopeOf(definition, world, atOf(configuration));
  const holds = (text: string | null): boolean => {
    const result = text === null ? null : evaluateText(text, scope);
    return result?.kind === 'value' && result.value === true;
  };
  const at = new Set(active.map(({ address }) => address));
  const tasks = tasksOf(definition).filter((task) => at.has(task.state));
  const hearing = new Set(active.flatMap(({ on }) => Object.keys(on)));
  const amount = definition.declared.amount === undefined ? null : evaluateText(definition.declared.amount, scope);
  return {
    session,
    leaves: state.active,
    promises: active.flatMap(({ address, promise }) =>
      promise === null ? [] : [{ state: address, duration: promise }],
    ),
    awaited: [
      ...tasks.map((task) => ({
        kind: 'task' as const,
        id: `task ${task.state}`,
        task,
        isFirst: holds(task.task.first),
      })),
      ...callsOf(session).map(({ id, call }) => ({ kind: 'call' as const, id, call })),
      ...timersOf(session).map(([timer, owner]) => ({
        kind: 'timer' as const,
        id: `timer ${timer}`,
        timer,
        state: owner,
      })),
      ...(nextDate(session) === null ? [] : [{ kind: 'date' as const, id: 'date' }]),
      ...outsideOf(definition)
        .filter((event) => hearing.has(event) && isExpected(usualWay(definition).outside.get(event), state.active))
        .map((event) => ({ kind: 'outside' as const, id: `outside ${event}`, event })),
    ],
    end: endOf(definition, state.active, state.over),
    amount: amount?.kind === 'value' && typeof amount.value === 'number' ? amount.value : 0,
  };
}

/** Open calls, told apart by which of those of their state they are: numbers of attempts differ from case to case. */
export function callsOf(session: Session): readonly { readonly id: string; readonly call: OpenCall }[] {
  const counts = new Map<string, number>();
  return session.calls.map((call) => {
    const nth = counts.get(call.call) ?? 0;
    counts.set(call.call, nth + 1);
    return { id: `call ${call.call} ${nth}`, call };
  });
}

/** Deadlines that can move the case. Reminders move nothing, and what is kept for years afterwards is nobody's work. */
export function timersOf({ definition, state }: Session): readonly (readonly [timer: string, state: string])[] {
  return Object.entries(state.timers).flatMap(([id, { kind, state: owner }]) =>
    kind === 'after' && definition.chart.states[owner]?.afterwards !== true ? [[id, owner] as const] : [],
  );
}

const counted = new WeakMap<Definition, readonly string[]>();

/** Counters that say how long a deadline is. */
function countersOfDelays(definition: Definition): readonly string[] {
  const found =
    counted.get(definition) ??
    Object.values(definition.chart.states).flatMap(({ after }) =>
      after.flatMap(({ duration }) => (duration.kind === 'nth' ? [duration.counter] : [])),
    );
  counted.set(definition, found);
  return found;
}

/** Cases with the same key are played once. */
export function keyOf(session: Session): string {
  const { definition, state } = session;
  return [
    shapeText(shapeOf(session)),
    ...callsOf(session).map(({ id, call }) => `${id} ${call.generation === state.calls[call.call]?.generation}`),
    ...timersOf(session)
      .map(([timer]) => timer)
      .sort(),
    ...Object.values(state.parked).flatMap(({ timers }) => Object.keys(timers).sort()),
    JSON.stringify(state.forms),
    ...Object.entries(state.records).map(([name, entries]) => `${name} ${JSON.stringify(entries.at(-1)?.data)}`),
    ...countersOfDelays(definition).map((name) => state.counters[name]?.count ?? 0),
    Object.keys(state.people).sort().join(' '),
  ].join('|');
}
