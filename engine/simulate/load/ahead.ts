import { isWorkingDay } from '../../compose/duration.ts';
import type { Calendar } from '../../model/command.ts';
import { day, midnightOf, minute } from './calendar.ts';

/**
 * A moment that depends on a date which a case holds: so many days ahead, at a time of day (ms since midnight). Days are
 * working days where it falls on one: whoever asks for the next working day gets Monday on a Friday.
 */
export interface Ahead {
  readonly kind: 'ahead';
  readonly days: number;
  readonly working: boolean;
  readonly clock: number;
}

/** How far ahead it lies in the played case. */
export function aheadOf(now: number, due: number, calendar: Calendar): Ahead {
  const [today, then] = [midnightOf(now, calendar), midnightOf(due, calendar)];
  const working = isWorkingDay(then, calendar);
  let days = 0;
  for (let midnight = today + day; midnight <= then; midnight += day)
    if (!working || isWorkingDay(midnight, calendar)) days += 1;
  return { kind: 'ahead', days, working, clock: due + calendar.offsetMinutes * minute - then };
}

/** The moment for a case for which it begins to count now; never in the past. */
export function momentOf({ days, working, clock }: Ahead, now: number, calendar: Calendar): number {
  let midnight = midnightOf(now, calendar);
  for (let left = days; left > 0; ) {
    midnight += day;
    if (!working || isWorkingDay(midnight, calendar)) left -= 1;
  }
  return Math.max(now, midnight + clock - calendar.offsetMinutes * minute);
}
