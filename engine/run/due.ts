import { addDuration, dateOf, subtractDuration } from '../compose/duration.ts';
import { evaluateText, type Scope } from '../expressions/index.ts';
import type { Calendar, Environment } from '../model/command.ts';
import type { Delay } from '../model/composed.ts';
import type { Json } from '../model/json.ts';

/**
 * When a timer that is armed now is due, in ms since the epoch. Null when the case holds no such date: then there is
 * no timer. [RUN-14] [RUN-25]
 */
export function dueOf(delay: Delay, scope: Scope, env: Environment): number | null {
  if (delay.kind === 'moment') {
    const result = evaluateText(delay.of, scope);
    const moment = result.kind === 'value' ? momentOf(result.value, env.calendar) : null;
    if (moment === null || delay.offset === null) return moment;
    const move = delay.side === 'before' ? subtractDuration : addDuration;
    return move(moment, delay.offset, env.calendar);
  }
  if (delay.kind === 'nth') {
    const result = evaluateText(`counters.${delay.counter}`, scope);
    const count = result.kind === 'value' && typeof result.value === 'number' ? result.value : 0;
    const duration = delay.each[Math.min(count, delay.each.length - 1)];
    return duration === undefined ? null : addDuration(env.now, duration, env.calendar);
  }
  return addDuration(env.now, delay, env.calendar);
}

/** A date begins at midnight of the calendar's zone; a date and time is a moment; a number is one in ms already. */
function momentOf(value: Json, calendar: Calendar): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const at = Date.parse(date ? `${value}T00:00:00Z` : value);
  if (Number.isNaN(at) || (date && dateOf(at) !== value)) return null;
  return date ? at - calendar.offsetMinutes * 60_000 : at;
}
