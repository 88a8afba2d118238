import type { Case } from './crowd.ts';
import { weighed } from './draws.ts';
import type { Option } from './options.ts';
import type { Awaited } from './places.ts';
import type { Playing } from './waits.ts';
import type { Act, Way } from './ways.ts';

/** So many different ways to mark what is wrong with a case are told apart. */
const mostMarks = 6;

/** By the option that is drawn; where it is refused by another, and by what is open to them where they may not as they want. */
export function wayOut(
  play: Playing,
  one: Case,
  { task }: Extract<Awaited, { kind: 'task' }>,
): { readonly act: Act; readonly way: Way } | null {
  const { options, state } = task;
  const wanted = options.map(({ id }) => play.given.choices[state]?.[id] ?? 0);
  if (!wanted.some((weight) => weight > 0)) return null;
  const draw = play.draws.of(one.who, `choice ${state}`, one.nth(`choice ${state}`));
  const mark = Math.floor(play.draws.of(one.who, `mark ${state}`, one.nth('mark')) * mostMarks);
  const open = options.map(({ look }, index) =>
    wanted[index] === 0 && (look === 'primary' || look === 'plain') ? 1 : 0,
  );
  for (const weights of [wanted, open]) {
    for (let at = weighed(weights, draw); at >= 0; at = weighed(weights, draw)) {
      const option = options[at] as Option;
      const act: Act = { kind: 'event', option, mark: option.marks ? mark : 0 };
      const way = play.ways.way(one.place, act);
      if (way !== null) return { act, way };
      weights[at] = 0;
    }
  }
  return null;
}

/**
 * Whether there is anything to do at a task yet: where the case waits for a day (a visitor who is expected tomorrow), it
 * stands in no queue before something is possible.
 */
export function isOpen({ ways }: Playing, { place }: Case, { task }: Extract<Awaited, { kind: 'task' }>): boolean {
  if (!place.awaited.some(({ kind }) => kind === 'date')) return true;
  return task.options.some((option) => option.marks || ways.way(place, { kind: 'event', option, mark: 0 }) !== null);
}

/** Whether the way only takes the case over: the task after it is of the same role, for whoever signed on it. */
export function isClaim(way: Way, role: string): boolean {
  return way.to.awaited.some(
    (each) => each.kind === 'task' && each.task.task.by === role && way.signed.includes(each.task.task.only ?? ''),
  );
}
