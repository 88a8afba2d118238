import type { Json } from '../model/json.ts';
import { object, text } from './fields.ts';
import { dayText } from './formats/date.ts';
import { say } from './formats/format.ts';
import type { FormLocale } from './types.ts';

/** A span of days is a group of two dates, `from` and `to`, both `YYYY-MM-DD`, both days included. */
export const rangeEnds = ['from', 'to'] as const;

/** Why the two days are no span and how to mend it, or null. An end that is missing is the affair of its own field. */
export function rangeProblem(value: Json | undefined, locale: FormLocale): string | null {
  const [from, to] = endsOf(value);
  // Written this way, days are in the order of their letters.
  if (from === '' || to === '' || from <= to) return null;
  return say(
    locale,
    `早于开始的 ${dayText(from, locale)}，请改其中一个日期`,
    `Before the first day, ${from}; change one of the two`,
  );
}

/** `2026年3月1日 至 2026年5月31日`; what is missing is left open. */
export function rangeText(value: Json | undefined, locale: FormLocale): string {
  const [from, to] = endsOf(value).map((day) => dayText(day, locale));
  return [from, say(locale, '至', 'to'), to].join(' ').trim();
}

function endsOf(value: Json | undefined): [from: string, to: string] {
  const { from, to } = object(value);
  return [text(from), text(to)];
}
