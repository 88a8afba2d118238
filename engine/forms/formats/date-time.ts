import { zoneMinutes } from '../../zone.ts';
import { isDate } from './date.ts';
import { type Format, say } from './format.ts';

const WRITTEN = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** A moment as systems send it (RFC 3339): `2026-03-01T08:30:00Z`. Not meant to be typed by people. */
export const dateTime: Format = {
  id: 'date-time',
  clean: (value) => value.trim(),
  problem(value, locale) {
    const day = WRITTEN.exec(value)?.[1];
    return day !== undefined && isDate(day)
      ? null
      : say(locale, '不是一个时刻，请按 2026-03-01T08:30:00Z 的写法输入', 'Write 2026-03-01T08:30:00Z');
  },
  example: (seed) => `2026-03-${String(1 + (seed % 28)).padStart(2, '0')}T08:30:00Z`,
};

/** `2026-03-01T08:30:00Z` -> `2026-03-01 16:30`, the time of day in Asia/Shanghai; anything else as it is. */
export function momentText(value: string): string {
  if (!WRITTEN.test(value)) return value;
  const at = Date.parse(value);
  if (Number.isNaN(at)) return value;
  return new Date(at + zoneMinutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}
