import { locale } from '../../app/texts/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time in its largest unit: `3 分`, `2.5 小时`, `4.1 天`. */
export function lasted(ms: number): string {
  const [of, zh, en] =
    ms < MINUTE
      ? ([1000, '秒', 's'] as const)
      : ms < HOUR
        ? ([MINUTE, '分', 'min'] as const)
        : ms < 2 * DAY
          ? ([HOUR, '小时', 'h'] as const)
          : ([DAY, '天', 'days'] as const);
  const value = ms / of;
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ${locale() === 'en' ? en : zh}`;
}
