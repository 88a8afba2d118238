import { isWorkingDay } from '../../compose/duration.ts';
import type { Calendar } from '../../model/command.ts';
import type { Arrivals, Shift } from './assumptions.ts';
import type { Draws } from './draws.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Local midnight of a moment, as ms of a clock without zone. */
export function midnightOf(at: number, { offsetMinutes }: Calendar): number {
  return Math.floor((at + offsetMinutes * minute) / day) * day;
}

/** Monday is 0. */
export function weekdayOf(midnight: number): number {
  return (Math.floor(midnight / day) + 3) % 7;
}

/** The hour of the week of a moment, 0 = Monday 0:00–1:00. */
export function weekHourOf(at: number, calendar: Calendar): number {
  const local = at + calendar.offsetMinutes * minute;
  return weekdayOf(midnightOf(at, calendar)) * 24 + Math.floor((local % day) / hour);
}

function worksOn(shift: Shift, midnight: number, calendar: Calendar): boolean {
  return shift.days === 'all' || isWorkingDay(midnight, calendar);
}

export function isOnDuty(shift: Shift, at: number, calendar: Calendar): boolean {
  const midnight = midnightOf(at, calendar);
  const local = at + calendar.offsetMinutes * minute - midnight;
  return local >= shift.from * hour && local < shift.to * hour && worksOn(shift, midnight, calendar);
}

/** When the shift begins next after a moment; null where it does not within a year. */
export function nextShift(shift: Shift, at: number, calendar: Calendar): number | null {
  let midnight = midnightOf(at, calendar);
  for (let turns = 0; turns < 366; turns++, midnight += day) {
    const begins = midnight + shift.from * hour - calendar.offsetMinutes * minute;
    if (begins > at && worksOn(shift, midnight, calendar)) return begins;
  }
  return null;
}

/** Time on duty in an hour of the clock that begins at `from`, in ms. */
export function dutyIn(shift: Shift, from: number, calendar: Calendar): number {
  const midnight = midnightOf(from, calendar);
  if (!worksOn(shift, midnight, calendar)) return 0;
  const local = from + calendar.offsetMinutes * minute - midnight;
  return Math.max(0, Math.min(local + hour, shift.to * hour) - Math.max(local, shift.from * hour));
}

/** The next moment in an hour in which applicants act at all. */
export function awake(at: number, { hours }: Arrivals, calendar: Calendar): number {
  let local = at + calendar.offsetMinutes * minute;
  for (let turns = 0; turns < 24 && (hours[Math.floor((local % day) / hour)] ?? 0) <= 0; turns++)
    local = (Math.floor(local / hour) + 1) * hour;
  return local - calendar.offsetMinutes * minute;
}

/**
 * When so many applicants come: by chance, as often as the weights of month, weekday and hour say.
 * Fewer than were asked for where ten years are not enough.
 */
export function arrivalsOf(count: number, start: string, given: Arrivals, calendar: Calendar, draws: Draws): number[] {
  const found: number[] = [];
  const { perDay, week, hours, months } = given;
  const all = hours.reduce((sum, one) => sum + one, 0);
  let midnight = Date.parse(`${start}T00:00:00Z`);
  // How much is to come until the next one, in applicants.
  let left = gap(draws, 0);
  for (let days = 0; days < 3660 && found.length < count; days++, midnight += day) {
    const weekday = weekdayOf(midnight);
    const isWeekend = weekday > 4;
    const asked = isWorkingDay(midnight, calendar) ? (isWeekend ? 0 : weekday) : isWeekend ? weekday : 6;
    const month = months[new Date(midnight).getUTCMonth()] ?? 1;
    for (let at = 0; at < 24; at++) {
      const rate = (perDay * (week[asked] ?? 1) * month * (hours[at] ?? 0)) / all;
      let used = 0;
      while (rate - used > left && found.length < count) {
        used += left;
        found.push(Math.round(midnight + at * hour + (used / rate) * hour) - calendar.offsetMinutes * minute);
        left = gap(draws, found.length);
      }
      left -= rate - used;
    }
  }
  return found;
}

function gap(draws: Draws, nth: number): number {
  return -Math.log(1 - draws.of(0, 'arrival', nth));
}
