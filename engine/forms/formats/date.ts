import type { FormLocale } from '../types.ts';
import { type Format, say } from './format.ts';

/** True for a day of the Gregorian calendar written `YYYY-MM-DD`, from 1900 to 2199. */
export function isDate(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= last;
}

/** `2026-03-05` as people read it: `2026年3月5日`; anything else stays as it is. */
export function dayText(value: string, locale: FormLocale): string {
  const [year, month, day] = value.split('-').map(Number);
  return locale === 'zh-CN' && year && month && day ? `${year}年${month}月${day}日` : value;
}

const weekdays = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;

/** A day to choose from others: with its weekday. */
export function dayLabel(value: string, locale: FormLocale): string {
  const at = Date.parse(`${value}T00:00:00Z`);
  if (Number.isNaN(at)) return value;
  const weekday = weekdays[locale][new Date(at).getUTCDay()] ?? '';
  const day = dayText(value, locale);
  return locale === 'en' ? `${day} (${weekday})` : `${day}（${weekday}）`;
}

/** Accepts `2026-3-1`, `2026/03/01`, `20260301` and `2026年3月1日` and writes them as `2026-03-01`. */
export const date: Format = {
  id: 'date',
  clean(value) {
    const match =
      /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(value.trim()) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(value.trim());
    if (!match) return value.trim();
    return `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`;
  },
  problem: (value, locale) =>
    isDate(value)
      ? null
      : say(locale, '没有这一天，请按 2026-03-01 的写法输入', 'There is no such day; write 2026-03-01'),
  example: (seed) => `2026-03-${String(1 + (seed % 28)).padStart(2, '0')}`,
};
