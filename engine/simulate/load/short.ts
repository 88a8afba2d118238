import { hour } from './calendar.ts';

/** Hours of a weekday (0 = Monday) in which so many people more were wanted. */
export interface Short {
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
  readonly people: number;
}

/** What lies waiting shall be done within this time: more than that is a shortage of people. */
const soon = 2 * hour;

/**
 * Hour by hour of the week while somebody is on duty: what lies waiting on the average and what comes in the next two hours, against
 * what the people who are there can do in them. Less than half a person is no shortage. Hours that follow each other are told
 * together, by the most of them, as long as they want at least half as many.
 * @param duty ms on duty by hour of the week; backlog: work·ms that waited then; came: work that came in that hour, ms
 */
export function shortOf(
  people: number,
  duty: ArrayLike<number>,
  backlog: ArrayLike<number>,
  came: ArrayLike<number>,
): readonly Short[] {
  const found: Short[] = [];
  for (let bin = 0; bin < duty.length; bin++) {
    const played = duty[bin] ?? 0;
    if (played === 0) continue;
    const wanted = Math.round((backlog[bin] ?? 0) / played / soon + (came[bin] ?? 0) / played - people);
    if (wanted < 1) continue;
    const [weekday, at] = [Math.floor(bin / 24), bin % 24];
    const last = found.at(-1);
    const follows = last !== undefined && last.weekday === weekday && last.to === at;
    const most = Math.max(last?.people ?? 0, wanted);
    if (follows && 2 * Math.min(last.people, wanted) >= most)
      found[found.length - 1] = { ...last, to: at + 1, people: most };
    else found.push({ weekday, from: at, to: at + 1, people: wanted });
  }
  return found;
}
