import { hour } from './calendar.ts';

/** Hours of a weekday (0 = Monday) in which so many people more would have had no work left lying. */
export interface Short {
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
  readonly people: number;
}

/**
 * Work that lay waiting, hour by hour of the week, against who is on duty: an hour's work that waits all the hour is one
 * person's. Less than half a person is no shortage. Hours that follow each other are told together.
 * @param duty ms on duty by hour of the week; clock: ms of that hour that were played; backlog: work·ms that waited
 */
export function shortOf(
  duty: ArrayLike<number>,
  clock: ArrayLike<number>,
  backlog: ArrayLike<number>,
): readonly Short[] {
  const found: Short[] = [];
  for (let bin = 0; bin < duty.length; bin++) {
    const played = clock[bin] ?? 0;
    if (played === 0 || (duty[bin] ?? 0) === 0) continue;
    const people = Math.round((backlog[bin] ?? 0) / played / hour);
    if (people < 1) continue;
    const [weekday, at] = [Math.floor(bin / 24), bin % 24];
    const last = found.at(-1);
    if (last !== undefined && last.weekday === weekday && last.to === at)
      found[found.length - 1] = { ...last, to: at + 1, people: Math.max(last.people, people) };
    else found.push({ weekday, from: at, to: at + 1, people });
  }
  return found;
}
