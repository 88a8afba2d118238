import { sentence } from '../errors/index.ts';
import type { IssueCode } from '../errors/issues.ts';
import { proposalFor } from '../errors/proposals.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';

export interface IssueExtras {
  readonly severity?: 'error' | 'warning';
  readonly path?: string | undefined;
  readonly proposal?: string | undefined;
}

/** An issue at a place; the sentence comes from the catalogue, and so does the proposal where the rule has no better one. */
export function issueAt(
  origin: Origin,
  code: IssueCode,
  params: { readonly [name: string]: unknown } = {},
  extras: IssueExtras = {},
): Issue {
  const proposal = extras.proposal ?? proposalFor(code, params);
  return {
    code,
    severity: extras.severity ?? 'error',
    file: origin.file,
    line: origin.line,
    column: origin.column,
    ...(extras.path === undefined ? {} : { path: extras.path }),
    message: sentence(code, params),
    ...(proposal === undefined ? {} : { proposal }),
  };
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
