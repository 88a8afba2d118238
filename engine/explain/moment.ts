import type { Calendar } from '../model/command.ts';
import { dayOf, wallClock } from '../run/calendar.ts';

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

/** `11 月 25 日（周三）16:20`, with the year when it is not the year of `now`. Always with the weekday. */
export function momentText(at: number, now: number, calendar: Pick<Calendar, 'offsetMinutes'>): string {
  const clock = wallClock(at, calendar);
  const year =
    clock.getUTCFullYear() === wallClock(now, calendar).getUTCFullYear() ? '' : `${clock.getUTCFullYear()} 年 `;
  const day = `${year}${clock.getUTCMonth() + 1} 月 ${clock.getUTCDate()} 日`;
  return `${day}（${weekdays[clock.getUTCDay()]}）${clockText(clock)}`;
}

/** As `momentText`, but a moment of today or tomorrow says so: `今天（11 月 18 日 周三）17:30`. */
export function nearMomentText(at: number, now: number, calendar: Pick<Calendar, 'offsetMinutes'>): string {
  const day = dayOf(at, calendar);
  const word = day === dayOf(now, calendar) ? '今天' : day === dayOf(now + 86_400_000, calendar) ? '明天' : null;
  if (word === null) return momentText(at, now, calendar);
  const clock = wallClock(at, calendar);
  const date = `${clock.getUTCMonth() + 1} 月 ${clock.getUTCDate()} 日`;
  return `${word}（${date} ${weekdays[clock.getUTCDay()]}）${clockText(clock)}`;
}

function clockText(clock: Date): string {
  return `${String(clock.getUTCHours()).padStart(2, '0')}:${String(clock.getUTCMinutes()).padStart(2, '0')}`;
}
