import type { Issue } from '../../engine/model/issue.ts';
import { Icon } from '../app/icon.tsx';
import { toldIssue } from '../workbench/told-issue.ts';
import { say } from './texts.ts';

interface IssuesListProps {
  readonly issues: readonly Issue[];
  readonly checking: boolean;
  /** Issues of this file have a way to their place. */
  readonly file: string | null;
  onGo(issue: Issue): void;
}

/** Below the diagram: what the check found, errors first, each with its place and what to write instead. */
export function IssuesList({ issues, checking, file, onGo }: IssuesListProps) {
  const errors = issues.filter((issue) => issue.severity === 'error');
  const warnings = issues.filter((issue) => issue.severity === 'warning');
  return (
    <section className="issues" aria-label={say('issues', { errors: errors.length, warnings: warnings.length })}>
      <div className="ph">
        <h2>
          {issues.length === 0
            ? say('issuesNone')
            : say('issues', { errors: errors.length, warnings: warnings.length })}
        </h2>
        <span className="muted" role="status">
          {checking ? say('checking') : ''}
        </span>
      </div>
      <ul>
        {[...errors, ...warnings].map(toldIssue).map((issue) => (
          <li key={`${issue.file}:${issue.line}:${issue.column}:${issue.code}:${issue.message}`}>
            <span className={issue.severity === 'error' ? 'tag err' : 'tag warn'}>
              <Icon name={issue.severity === 'error' ? 'alert' : 'warn'} />
              {say(issue.severity)}
            </span>
            <span>
              {issue.message}
              {issue.proposal === undefined ? null : (
                <>
                  {' '}
                  <code>{say('proposal', { text: issue.proposal })}</code>
                </>
              )}
              <small className="muted">
                {say('place', { file: issue.file, line: issue.line, column: issue.column })}
              </small>
            </span>
            {issue.file === file ? (
              <button type="button" className="linkbtn" onClick={() => onGo(issue)}>
                {say('go')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
