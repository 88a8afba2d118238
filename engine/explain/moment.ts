import type { Locale } from '../errors/index.ts';
import type { Calendar } from '../model/command.ts';
import { dayNumberOf, wallClock } from '../run/calendar.ts';

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;
const weekdaysEn = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `11 月 25 日（周三）16:20`, `25 Nov (Wed) 16:20`, with the year when it is not the year of `now`. Always with the weekday. */
export function momentText(
  at: number,
  now: number,
  calendar: Pick<Calendar, 'offsetMinutes'>,
  locale: Locale = 'zh-CN',
): string {
  const clock = wallClock(at, calendar);
  const year = clock.getUTCFullYear();
  const here = year === wallClock(now, calendar).getUTCFullYear();
  if (locale === 'en')
    return `${dateText(clock, locale)}${here ? '' : ` ${year}`} (${weekday(clock, locale)}) ${clockText(clock)}`;
  return `${here ? '' : `${year} 年 `}${dateText(clock, locale)}（${weekday(clock, locale)}）${clockText(clock)}`;
}

/** As `momentText`, but a moment of today or tomorrow says so: `今天（11 月 18 日 周三）17:30`, `today (18 Nov, Wed) 17:30`. */
export function nearMomentText(
  at: number,
  now: number,
  calendar: Pick<Calendar, 'offsetMinutes'>,
  locale: Locale = 'zh-CN',
): string {
  const zh = locale === 'zh-CN';
  const days = dayNumberOf(at, calendar) - dayNumberOf(now, calendar);
  const today = days === 0;
  if (!today && days !== 1) return momentText(at, now, calendar, locale);
  const clock = wallClock(at, calendar);
  const date = dateText(clock, locale);
  if (zh) return `${today ? '今天' : '明天'}（${date} ${weekday(clock, locale)}）${clockText(clock)}`;
  return `${today ? 'today' : 'tomorrow'} (${date}, ${weekday(clock, locale)}) ${clockText(clock)}`;
}

function dateText(clock: Date, locale: Locale): string {
  const [month, day] = [clock.getUTCMonth(), clock.getUTCDate()];
  return locale === 'zh-CN' ? `${month + 1} 月 ${day} 日` : `${day} ${months[month]}`;
}

function weekday(clock: Date, locale: Locale): string {
  return (locale === 'zh-CN' ? weekdays : weekdaysEn)[clock.getUTCDay()] ?? '';
}

function clockText(clock: Date): string {
  return `${String(clock.getUTCHours()).padStart(2, '0')}:${String(clock.getUTCMinutes()).padStart(2, '0')}`;
}
