import { dateOf } from '../compose/duration.ts';
import type { Days } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type Rule, unknown } from './rule.ts';

/** A project's working days are days that there are, and days of connectors that the process uses. */
export const calendar: Rule = {
  id: 'calendar',
  check(composition) {
    const { calendar: changes, connectors } = composition.composed;
    if (changes === null) return [];
    const wrongDays = (days: Days, at: string): Issue[] =>
      Object.keys(days)
        .filter((date) => !isDate(date))
        .map((date) => {
          const path = `${at}.${date}`;
          return issueAt(keyAt(composition, path), 'calendar-date', { date }, { path });
        });
    const others = Object.entries(changes.others).flatMap(([connector, days]) => {
      const path = `project.calendar.others.${connector}`;
      if (Object.hasOwn(connectors, connector)) return wrongDays(days, `${path}.days`);
      return [unknown(keyAt(composition, path), 'unknown-connector', connector, Object.keys(connectors), path)];
    });
    return [...wrongDays(changes.days, 'project.calendar.days'), ...others];
  },
};

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dateOf(at) === text;
}
