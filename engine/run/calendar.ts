import type { Calendar } from '../model/command.ts';

const minute = 60_000;

/** The moment as the clock on the wall of the calendar's zone shows it, in the UTC fields of a Date. */
export function wallClock(at: number, calendar: Pick<Calendar, 'offsetMinutes'>): Date {
  return new Date(at + calendar.offsetMinutes * minute);
}

/** Date in the calendar's zone, `YYYY-MM-DD`. */
export function dayOf(at: number, calendar: Pick<Calendar, 'offsetMinutes'>): string {
  return wallClock(at, calendar).toISOString().slice(0, 10);
}
