import { moneyText } from '../../engine/forms/money.ts';
import { type Locale, locale } from './texts/index.ts';

/** Dates and sums as the hall shows them. Dates are those of Asia/Shanghai whatever the device's zone is. */
const ZONE = 'Asia/Shanghai';

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: string;
  readonly minute: string;
  readonly weekday: string;
}

const clocks = new Map<Locale, Intl.DateTimeFormat>();

function parts(at: number): Parts {
  const language = locale();
  let clock = clocks.get(language);
  if (!clock) {
    clock = new Intl.DateTimeFormat(language, {
      timeZone: ZONE,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
      hourCycle: 'h23',
    });
    clocks.set(language, clock);
  }
  const found: { [type: string]: string } = {};
  for (const part of clock.formatToParts(at)) found[part.type] = part.value;
  return {
    year: Number(found.year),
    month: Number(found.month),
    day: Number(found.day),
    hour: found.hour ?? '00',
    minute: found.minute ?? '00',
    weekday: found.weekday ?? '',
  };
}

const two = (value: number): string => String(value).padStart(2, '0');
const sameDay = (a: Parts, b: Parts): boolean => a.year === b.year && a.month === b.month && a.day === b.day;

/** `11-18`, with the year where it is not this one: `2025-11-18`. */
export function shortDate(at: number, now: number): string {
  const date = parts(at);
  const day = `${two(date.month)}-${two(date.day)}`;
  return date.year === parts(now).year ? day : `${date.year}-${day}`;
}

/** `11-18 16:20`. */
export function shortDateTime(at: number, now: number): string {
  return `${shortDate(at, now)} ${clockTime(at)}`;
}

/** `16:20`. */
export function clockTime(at: number): string {
  const date = parts(at);
  return `${date.hour}:${date.minute}`;
}

/** A deadline always says the date and the weekday: `今天 17:30`, `11-25 周三 16:20`. */
export function deadline(at: number, now: number): string {
  const date = parts(at);
  if (sameDay(date, parts(now))) return `${locale() === 'en' ? 'today' : '今天'} ${date.hour}:${date.minute}`;
  return `${shortDate(at, now)} ${date.weekday} ${date.hour}:${date.minute}`;
}

/** A deadline in a list, where the hour matters on its own day only: `今天 17:30`, `11-25 周三`. */
export function deadlineDay(at: number, now: number): string {
  const date = parts(at);
  return sameDay(date, parts(now)) ? deadline(at, now) : `${shortDate(at, now)} ${date.weekday}`;
}

/** `2026-11-18` for a date input. */
export function isoDate(at: number): string {
  const date = parts(at);
  return `${date.year}-${two(date.month)}-${two(date.day)}`;
}

/** For `datetime` of an element: exact, whatever the zone. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** Integer fen as forms and texts write them: `280.00 元`. */
export function money(fen: number): string {
  return moneyText(fen, locale());
}

/** 3-6-6-2: the groups of a 17-digit case number; any other text is one group. */
export function numberGroups(number: string): readonly string[] {
  const match = /^(\d{3})(\d{6})(\d{6})(\d{2})$/.exec(number);
  return match ? match.slice(1) : [number];
}

/** `1.2 MB`, `66 kB`. */
export function fileSize(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} kB`;
}

/** What is left until a moment, coarse: `1 小时 52 分`, `3 天`. Nothing when it has passed. */
export function remaining(until: number, now: number): string | null {
  const minutes = Math.floor((until - now) / 60_000);
  if (until <= now) return null;
  const english = locale() === 'en';
  if (minutes < 1) return english ? 'less than a minute' : '不到 1 分钟';
  if (minutes < 60) return english ? `${minutes} min` : `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return english ? `${hours} h ${minutes % 60} min` : `${hours} 小时 ${minutes % 60} 分`;
  const days = Math.floor(hours / 24);
  return english ? `${days} days` : `${days} 天`;
}
