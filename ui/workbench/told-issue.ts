import type { Issue } from '../../engine/model/issue.ts';
import type { ScenarioFailure } from '../../engine/simulate/scenario.ts';
import { locale } from '../app/texts/index.ts';

/** The issue in the language of the page. */
export function toldIssue(issue: Issue): Issue {
  return locale() === 'en' ? { ...issue, ...issue.english } : issue;
}

/** How a scenario went otherwise, in the language of the page. */
export function toldFailure<T extends Pick<ScenarioFailure, 'expected' | 'found' | 'english'>>(failure: T): T {
  return locale() === 'en' ? { ...failure, ...failure.english } : failure;
}
