import { createRequire } from 'node:module';
import type { Calendar } from '../engine/model/command.ts';

interface PublishedDays {
  readonly holidays: { readonly [date: string]: string };
  readonly workdays: { readonly [date: string]: string };
}

/** Minutes east of UTC in which this product counts days (China has one zone and no daylight saving). */
export const OFFSET_MINUTES = 480;

/** The published working days of China as data for the engine: holidays off, make-up days worked. */
export function loadCalendar(): Calendar {
  const days = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as PublishedDays;
  const exceptions: { [date: string]: boolean } = {};
  for (const date of Object.keys(days.holidays)) exceptions[date] = true;
  for (const date of Object.keys(days.workdays)) exceptions[date] = false;
  const last = Object.keys(exceptions).sort().at(-1) ?? '1970-01-01';
  // The State Council publishes whole years: the rest of the last year has no further exceptions.
  return { offsetMinutes: OFFSET_MINUTES, exceptions, until: `${last.slice(0, 4)}-12-31` };
}
