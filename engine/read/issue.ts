import { type ErrorCode, type Locale, type Said, sentence, wordOf } from '../errors/index.ts';
import type { IssueCode } from '../errors/issues.ts';
import { proposalFor } from '../errors/proposals.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';

export interface IssueExtras {
  readonly severity?: 'error' | 'warning';
  readonly path?: string | undefined;
  readonly proposal?: string | Said | undefined;
}

/** An issue at a place; the sentence comes from the catalogue, and so does the proposal where the rule has no better one. */
export function issueAt(
  origin: Origin,
  code: IssueCode,
  params: { readonly [name: string]: unknown } = {},
  extras: IssueExtras = {},
): Issue {
  return {
    code,
    severity: extras.severity ?? 'error',
    file: origin.file,
    line: origin.line,
    column: origin.column,
    ...(extras.path === undefined ? {} : { path: extras.path }),
    ...told(code, params, extras.proposal),
  };
}

/** What is wrong and what to write instead, in both languages. @param nearer a proposal that the rule knows better */
export function told(
  code: ErrorCode,
  params: { readonly [name: string]: unknown },
  nearer: string | Said | undefined,
): Pick<Issue, 'message' | 'proposal' | 'english'> {
  const inLanguage = (locale: Locale) => {
    const proposal = nearer === undefined ? proposalFor(code, params, locale) : wordOf(nearer, locale);
    return { message: sentence(code, params, locale), ...(proposal === undefined ? {} : { proposal }) };
  };
  return { ...inLanguage('zh-CN'), english: inLanguage('en') };
}

/** In the order of files and lines, each once: what a person works through from top to bottom. */
export function sortIssues(issues: readonly Issue[]): Issue[] {
  const seen = new Set<string>();
  return [...issues]
    .sort(
      (a, b) =>
        compare(a.file, b.file) ||
        a.line - b.line ||
        a.column - b.column ||
        compare(a.code, b.code) ||
        compare(a.message, b.message),
    )
    .filter((issue) => {
      const key = [issue.file, issue.line, issue.column, issue.code, issue.message].join('\u0000');
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** By code units, so that the order does not depend on a host's locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
