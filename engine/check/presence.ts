import type { Judge } from '../expressions/index.ts';
import type { Issue } from '../model/issue.ts';

const code = 'expression-missing';

/**
 * Null-safety: a field that may be left empty is read only where the expression has asked with `has()` whether it is there.
 * Whether the form is filled in at all at that state is another question (`assignment.ts`).
 */
export const presence: Judge = {
  code,
  reading({ path, optional, asked, sure }) {
    if (!optional || asked || sure) return null;
    return { params: { path }, proposal: `has(${path}) && …` };
  },
};

/** Where a missing value is simply no value, asking with `has()` is not needed. */
export function optional(issues: readonly Issue[]): Issue[] {
  return issues.filter((issue) => issue.code !== code);
}

/** Where the way to a state may have settled that the field is there, which is not known here, it is a warning. */
export function softened(issue: Issue): Issue {
  return issue.code === code ? { ...issue, severity: 'warning' } : issue;
}
