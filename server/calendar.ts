import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Calendar } from '../engine/model/command.ts';
import type { Json, JsonObject } from '../engine/model/json.ts';
import { zoneMinutes } from '../engine/zone.ts';
import { ConfigError } from './config.ts';
import type { Store } from './store/store.ts';

interface PublishedDays {
  readonly holidays: { readonly [date: string]: string };
  readonly workdays: { readonly [date: string]: string };
}

/** The published working days of China as data for the engine: holidays off, make-up days worked. */
export function publishedCalendar(): Calendar {
  const days = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as PublishedDays;
  const exceptions: { [date: string]: boolean } = {};
  for (const date of Object.keys(days.holidays)) exceptions[date] = true;
  for (const date of Object.keys(days.workdays)) exceptions[date] = false;
  const last = Object.keys(exceptions).sort().at(-1) ?? '1970-01-01';
  // The State Council publishes whole years: the rest of the last year has no further exceptions.
  return { offsetMinutes: zoneMinutes, exceptions, until: `${last.slice(0, 4)}-12-31` };
}

/**
 * The calendar of this server: the published one, with what the operator's `calendar.json` in the data folder says
 * otherwise: `{ "days": { "2027-02-05": "off", "2027-02-14": "work" }, "until": "2027-12-31", "others": { "<connector>":
 * { "days", "until" } } }`. Others begin with the general days, too. It is read at the start.
 * @throws ConfigError with what is wrong in the file
 */
export async function loadCalendar(dataDir: string): Promise<Calendar> {
  const path = join(dataDir, 'calendar.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const published = publishedCalendar();
  if (text === null) return published;
  let file: Json;
  try {
    file = JSON.parse(text) as Json;
  } catch (error) {
    throw new ConfigError(`${path} is no JSON: ${(error as Error).message}`);
  }
  const { others, ...own } = mapOf(file, path, ['days', 'until', 'others']);
  const general = changed(published, own, path);
  if (others === undefined) return { ...general, offsetMinutes: zoneMinutes };
  const each = Object.entries(mapOf(others, `${path}: others`, null)).map(([connector, given]) => {
    const where = `${path}: others.${connector}`;
    return [connector, changed(general, mapOf(given, where, ['days', 'until']), where)] as const;
  });
  return { ...general, offsetMinutes: zoneMinutes, others: Object.fromEntries(each) };
}

/** What the operator has to be told before it counts wrongly: the calendar ends within so many days. */
export function calendarEnds(calendar: Calendar, now: number, days = 60): boolean {
  return Date.parse(`${calendar.until}T00:00:00Z`) - now < days * 86_400_000;
}

/**
 * Writes down which calendar was in force from when, so that any step can be worked out again as it was. A deadline that
 * is running keeps its time: the case holds the moment, not the days.
 */
export async function recordCalendar(store: Store, calendar: Calendar, now: number): Promise<void> {
  let newest: Json = null;
  let count = 0;
  for await (const { document } of store.listDocuments('calendar')) {
    const { number, calendar: known } = document.data as { number: number; calendar: Json };
    if (number > count) [count, newest] = [number, known];
  }
  const data = calendar as unknown as JsonObject;
  if (JSON.stringify(newest) === JSON.stringify(data)) return;
  await store.writeDocument('calendar', String(count + 1), { number: count + 1, from: now, calendar: data });
}

type Days = Pick<Calendar, 'exceptions' | 'until'>;

function changed(base: Days, { days, until }: JsonObject, where: string): Days {
  const exceptions = { ...base.exceptions };
  for (const [date, kind] of Object.entries(days === undefined ? {} : mapOf(days, `${where}: days`, null))) {
    if (!isDate(date)) throw new ConfigError(`${where}: "${date}" is no date; write 2027-02-05`);
    if (kind !== 'off' && kind !== 'work') throw new ConfigError(`${where}: ${date} must be "off" or "work"`);
    exceptions[date] = kind === 'off';
  }
  if (until !== undefined && !isDate(until)) throw new ConfigError(`${where}: until must be a date such as 2027-12-31`);
  return { exceptions, until: until ?? base.until };
}

function mapOf(value: Json | undefined, where: string, names: readonly string[] | null): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigError(`${where} must be an object`);
  const strange = Object.keys(value).find((key) => names !== null && !names.includes(key));
  if (strange !== undefined) throw new ConfigError(`${where} has "${strange}"; known are ${names?.join(', ')}`);
  return value;
}

function isDate(value: Json): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
