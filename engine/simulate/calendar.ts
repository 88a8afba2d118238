import type { Calendar } from '../model/command.ts';
import { zoneMinutes } from '../zone.ts';

/** Days as a scenario writes them: date -> `off`, though it is no weekend, or `work`, though it is one. */
export interface Days {
  readonly [date: string]: 'off' | 'work';
}

/** The calendar of a scenario, in the words of the operator's `calendar.json`. `others` (a bank's) begin with `days`. */
export interface ScenarioCalendar {
  readonly days?: Days;
  readonly others?: { readonly [connector: string]: Days };
}

/** Saturdays and Sundays are off, nothing else. */
export const weekends: Calendar = { offsetMinutes: zoneMinutes, exceptions: {}, until: '2099-12-31' };

/** The weekends and what the scenario says otherwise: the same wherever it is played. [SIM-8] */
export function calendarOf({ days = {}, others = {} }: ScenarioCalendar): Calendar {
  const { until } = weekends;
  const exceptionsOf = (all: Days) =>
    Object.fromEntries(Object.entries(all).map(([date, kind]) => [date, kind === 'off']));
  return {
    ...weekends,
    exceptions: exceptionsOf(days),
    others: Object.fromEntries(
      Object.entries(others).map(([connector, own]) => [
        connector,
        { exceptions: exceptionsOf({ ...days, ...own }), until },
      ]),
    ),
  };
}
