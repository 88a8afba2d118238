import type { Issue } from '../model/issue.ts';
import { type Rule, unknown, valueAt } from './rule.ts';

/** The content that a task shows exists, everybody's or the project's own. */
export const articles: Rule = {
  id: 'articles',
  check(composition) {
    const issues: Issue[] = [];
    const known = Object.keys(composition.composed.content);
    for (const { address, task } of Object.values(composition.written.states)) {
      const content = task?.content ?? null;
      if (content === null || known.includes(content)) continue;
      const at = `${address}.task.content`;
      issues.push(unknown(valueAt(composition, at), 'unknown-content', content, known, at));
    }
    return issues;
  },
};
