import { Icon } from '../../app/icon.tsx';
import { toldIssue } from '../../workbench/told-issue.ts';
import type { Page } from '../tab.ts';

interface WrongProps {
  readonly page: Page;
  /** Paths of issues: of changes, or of what they are about. */
  readonly of: readonly string[];
}

/** What the check, the same as on the command line, finds wrong in what a row says. */
export function Wrong({ page: { editing }, of }: WrongProps) {
  const found = editing.issues.filter(
    ({ severity, path = '' }) => severity === 'error' && of.some((one) => path === one || path.startsWith(`${one}.`)),
  );
  const told = [...new Set(found.map((issue) => toldIssue(issue).message))];
  return told.map((message) => (
    <p key={message} className="err" role="alert">
      <Icon name="alert" /> {message}
    </p>
  ));
}
