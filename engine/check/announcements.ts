import { dateOf } from '../compose/duration.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type Rule } from './rule.ts';

/** The days of an announcement are days that there are, the last not before the first. */
export const announcements: Rule = {
  id: 'announcements',
  check(composition) {
    return (composition.composed.project.announcements ?? []).flatMap(({ id, from, until }): Issue[] => {
      const at = `project.announcements.${id}`;
      const fault = faultOfDays({ from, until });
      if (fault === null) return [];
      const params = fault.code === 'calendar-date' ? { date: fault.date } : { name: id, from, until: until ?? from };
      return [issueAt(keyAt(composition, at), fault.code, params, { path: at })];
    });
  },
};

/** What is wrong with two days of which the last may be absent. */
export function faultOfDays(days: {
  readonly from: string;
  readonly until: string | undefined;
}): { readonly code: 'calendar-date'; readonly date: string } | { readonly code: 'announcement-order' } | null {
  const { from, until } = days;
  const wrong = [from, until ?? from].find((date) => !isDate(date));
  if (wrong !== undefined) return { code: 'calendar-date', date: wrong };
  return until === undefined || from <= until ? null : { code: 'announcement-order' };
}

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dateOf(at) === text;
}
