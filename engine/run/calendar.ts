import type { Calendar, Environment } from '../model/command.ts';
import type { CalendarChanges, Days, Definition } from '../model/definition.ts';

const minute = 60_000;
const day = 86_400_000;

/** The moment as the clock on the wall of the calendar's zone shows it, in the UTC fields of a Date. */
export function wallClock(at: number, calendar: Pick<Calendar, 'offsetMinutes'>): Date {
  return new Date(at + calendar.offsetMinutes * minute);
}

/** Date in the calendar's zone, `YYYY-MM-DD`. */
export function dayOf(at: number, calendar: Pick<Calendar, 'offsetMinutes'>): string {
  const number = dayNumberOf(at, calendar);
  if (number !== lastDay.number) lastDay = { number, text: wallClock(at, calendar).toISOString().slice(0, 10) };
  return lastDay.text;
}

/** The same day as a number; the day after it is one more. */
export function dayNumberOf(at: number, { offsetMinutes }: Pick<Calendar, 'offsetMinutes'>): number {
  return Math.floor((at + offsetMinutes * minute) / day);
}

/** Most questions are about today. */
let lastDay = { number: Number.NaN, text: '' };

/** The environment as this definition sees it: with its own working days. [RUN-27] */
export function environmentFor(definition: Pick<Definition, 'calendar' | 'connectors'>, env: Environment): Environment {
  const { calendar: changes, connectors } = definition;
  if (changes === null) return env;
  return { ...env, calendar: changedCalendar(changes, Object.keys(connectors), env.calendar) };
}

/** Calendars are large and the same for a long time: each pair is put together once. */
const known = new WeakMap<CalendarChanges, WeakMap<Calendar, Calendar>>();

/**
 * The general days with the project's, each connector's days with what the project says about that one. What the office
 * does is nothing to a bank: one without days of its own counts as the general calendar did before. Doing it again changes
 * nothing.
 */
function changedCalendar(changes: CalendarChanges, connectors: readonly string[], general: Calendar): Calendar {
  const calendars = known.get(changes) ?? new WeakMap<Calendar, Calendar>();
  known.set(changes, calendars);
  const before = calendars.get(general);
  if (before !== undefined) return before;
  const others = Object.fromEntries(
    connectors.map((connector) => {
      const { exceptions, until } = general.others?.[connector] ?? general;
      return [connector, { exceptions: withDays(exceptions, changes.others[connector] ?? {}), until }];
    }),
  );
  const exceptions = withDays(general.exceptions, changes.days);
  const calendar = { ...general, exceptions, others: { ...general.others, ...others } };
  calendars.set(general, calendar);
  return calendar;
}

function withDays(exceptions: Calendar['exceptions'], days: Days): Calendar['exceptions'] {
  const own = Object.entries(days).map(([date, kind]) => [date, kind === 'off']);
  return own.length === 0 ? exceptions : { ...exceptions, ...Object.fromEntries(own) };
}
