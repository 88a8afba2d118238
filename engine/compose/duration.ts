import type { Locale, Said } from '../errors/index.ts';
import type { Calendar } from '../model/command.ts';
import type { Delay, Duration } from '../model/composed.ts';

/** Durations are words: `30 days`, `2 hours`, `5 working days`, `1 hour 30 minutes`; never bare numbers. */

const units: { readonly [unit: string]: number } = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};
export const unitWords: readonly string[] = [...Object.keys(units).map((unit) => `${unit}s`), 'working days'];
const day = 86_400_000;
/** A century: longer is a slip of the pen, and dates stay safe integers. */
const longest = 36_525 * day;

/** A literal duration, or null when it is none. Working days do not mix with the others. */
export function parseDuration(text: string): Duration | null {
  const working = /^(\d{1,6}(?:\.\d{1,3})?) working days?$/.exec(text.trim());
  if (working !== null) {
    const days = Number(working[1]);
    return days > 0 && days * day <= longest ? { kind: 'working', days } : null;
  }
  let ms = 0;
  const parts = text.trim().split(/\s+/);
  if (parts.length % 2 !== 0 || parts.length === 0) return null;
  for (let index = 0; index < parts.length; index += 2) {
    const amount = parts[index]!;
    const unit = units[parts[index + 1]!.replace(/s$/, '')];
    if (!/^\d{1,9}(\.\d{1,3})?$/.test(amount) || unit === undefined) return null;
    ms += Number(amount) * unit;
  }
  return ms > 0 && ms <= longest ? { kind: 'elapsed', ms: Math.round(ms) } : null;
}

/** A share of a duration; 200 = twice. */
export function percentOf(duration: Duration, percent: number): Duration {
  return duration.kind === 'elapsed'
    ? { kind: 'elapsed', ms: Math.round((duration.ms * percent) / 100) }
    : { ...duration, days: (duration.days * percent) / 100 };
}

/**
 * The moment at which a duration that starts now has passed, in ms since the epoch.
 * Working time runs around the clock on working days and stands still on the others: one working day from Friday
 * 15:00 is Monday 15:00; from Saturday it is the end of Monday. Never earlier than `now`.
 */
export function addDuration(now: number, duration: Duration, general: Calendar): number {
  if (duration.kind === 'elapsed') return now + duration.ms;
  const calendar = calendarOf(duration, general);
  const shift = calendar.offsetMinutes * 60_000;
  let left = Math.round(duration.days * day);
  let local = now + shift;
  // Bounded: at most one turn a day, and no stretch of holidays is longer than a century.
  for (let turns = 0; turns < 80_000; turns++) {
    const midnight = Math.floor(local / day) * day;
    const end = midnight + day;
    if (isWorkingDay(midnight, calendar)) {
      const room = end - local;
      if (left <= room) return local + left - shift;
      left -= room;
    }
    local = end;
  }
  return local - shift;
}

/** The moment that lies a duration before another one; working time is counted backwards by whole days. */
export function subtractDuration(moment: number, duration: Duration, general: Calendar): number {
  if (duration.kind === 'elapsed') return moment - duration.ms;
  const calendar = calendarOf(duration, general);
  const shift = calendar.offsetMinutes * 60_000;
  let left = Math.round(duration.days * day);
  let local = moment + shift;
  for (let turns = 0; turns < 80_000; turns++) {
    const midnight = Math.ceil(local / day) * day - day;
    if (isWorkingDay(midnight, calendar)) {
      const room = local - midnight;
      if (left <= room) return local - left - shift;
      left -= room;
    }
    local = midnight;
  }
  return local - shift;
}

/** The calendar that a working duration counts by. */
export function calendarOf(duration: Duration, general: Calendar): Calendar {
  const other =
    duration.kind === 'working' && duration.calendar !== undefined ? general.others?.[duration.calendar] : undefined;
  return other === undefined ? general : { offsetMinutes: general.offsetMinutes, ...other };
}

/** Working time between two moments, in ms: what is left of a working duration that is parked. */
export function workingTimeBetween(from: number, to: number, calendar: Calendar): number {
  const shift = calendar.offsetMinutes * 60_000;
  let local = from + shift;
  const stop = to + shift;
  let sum = 0;
  for (let turns = 0; local < stop && turns < 80_000; turns++) {
    const midnight = Math.floor(local / day) * day;
    const end = Math.min(midnight + day, stop);
    if (isWorkingDay(midnight, calendar)) sum += end - local;
    local = end;
  }
  return sum;
}

/** The next working days after a date, `YYYY-MM-DD` each. */
export function workingDaysAfter(date: string, count: number, calendar: Calendar): readonly string[] {
  const found: string[] = [];
  let midnight = Date.parse(`${date}T00:00:00Z`);
  for (let turns = 0; found.length < count && turns < 80_000; turns++) {
    midnight += day;
    if (isWorkingDay(midnight, calendar)) found.push(dateOf(midnight));
  }
  return found;
}

/** @param midnight local midnight, as ms of a clock without zone */
export function isWorkingDay(midnight: number, calendar: Calendar): boolean {
  const off = calendar.exceptions[dateOf(midnight)];
  if (off !== undefined) return !off;
  const weekday = (Math.floor(midnight / day) + 4) % 7;
  return weekday !== 0 && weekday !== 6;
}

/** `YYYY-MM-DD` of a local time in ms. */
export function dateOf(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}

/** In words, for the diagram and the history: `30 天`, `约定日期前 90 天`, `依次 5 秒、15 秒`. */
export function delayWords(delay: Delay, locale: Locale = 'zh-CN'): string {
  const zh = locale === 'zh-CN';
  switch (delay.kind) {
    case 'moment': {
      if (delay.offset === null) return zh ? '到约定日期' : 'the agreed date';
      const offset = durationWords(delay.offset, locale);
      return zh
        ? `约定日期${delay.side === 'before' ? '前' : '后'} ${offset}`
        : `${offset} ${delay.side} the agreed date`;
    }
    case 'nth': {
      const each = delay.each.map((duration) => durationWords(duration, locale));
      return zh ? `依次 ${each.join('、')}` : each.join(', then ');
    }
    default:
      return durationWords(delay, locale);
  }
}

/** `delayWords` in both languages, for a place in a sentence. */
export function delaySaid(delay: Delay): Said {
  return { zh: delayWords(delay), en: delayWords(delay, 'en') };
}

/** In words, for the diagram and for people: `30 天`, `1 小时 30 分钟`, `5 个工作日`. */
export function durationWords(duration: Duration, locale: Locale = 'zh-CN'): string {
  const counted = (count: number, [zh, en]: readonly [string, string]) =>
    locale === 'zh-CN' ? `${count} ${zh}` : `${count} ${en}${count === 1 ? '' : 's'}`;
  if (duration.kind === 'working') return counted(round(duration.days), ['个工作日', 'working day']);
  const words: string[] = [];
  let rest = duration.ms;
  for (const [size, word] of sizes) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(counted(count, word));
  }
  return words.length === 0 ? counted(duration.ms, ['毫秒', 'millisecond']) : words.slice(0, 2).join(' ');
}

const sizes: readonly (readonly [number, readonly [string, string]])[] = [
  [day, ['天', 'day']],
  [units.hour!, ['小时', 'hour']],
  [units.minute!, ['分钟', 'minute']],
  [units.second!, ['秒', 'second']],
];

function round(days: number): number {
  return Math.round(days * 100) / 100;
}
