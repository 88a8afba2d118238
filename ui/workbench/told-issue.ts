import type { Issue } from '../../engine/model/issue.ts';
import { locale } from '../app/texts/index.ts';

/** The issue in the language of the page. */
export function toldIssue(issue: Issue): Issue {
  return locale() === 'en' ? { ...issue, ...issue.english } : issue;
}
