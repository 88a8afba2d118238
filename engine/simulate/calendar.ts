import type { Calendar } from '../model/command.ts';
import type { Days } from '../model/definition.ts';
import { zoneMinutes } from '../zone.ts';

/** The calendar of a scenario, in the words of a project's and of the operator's `calendar.json`. */
export interface ScenarioCalendar {
  readonly days?: Days;
  /** Connector (a bank) -> its days where they are not the general ones. */
  readonly others?: { readonly [connector: string]: { readonly days: Days } };
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
        { exceptions: exceptionsOf({ ...days, ...own.days }), until },
      ]),
    ),
  };
}
