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
      const wrong = ([from, until ?? from] as const).find((date) => !isDate(date));
      if (wrong !== undefined) return [issueAt(keyAt(composition, at), 'calendar-date', { date: wrong }, { path: at })];
      if (until === undefined || from <= until) return [];
      return [issueAt(keyAt(composition, at), 'announcement-order', { name: id, from, until }, { path: at })];
    });
  },
};

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dateOf(at) === text;
}
