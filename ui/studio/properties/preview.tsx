import { useEffect, useState } from 'react';
import type { Issue } from '../../../engine/model/issue.ts';
import { api } from '../../api/index.ts';
import { Icon } from '../../app/icon.tsx';
import { toldIssue } from '../../workbench/told-issue.ts';
import type { Editing } from '../use-project.ts';
import { say } from './texts.ts';

/** How long nobody chooses anything before it is tried. */
const PAUSE = 400;
const SHOWN = 3;

/** Before it is done: which errors the text would have that it has not now. */
export function Preview({ editing, text }: { readonly editing: Editing; readonly text: string | null }) {
  const { project } = editing;
  const [found, setFound] = useState<{ readonly text: string; readonly issues: readonly Issue[] } | null>(null);
  useEffect(() => {
    if (text === null) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.studioCheck(project.id, text, { signal: abort.signal }).then(
        ({ issues }) => setFound({ text, issues }),
        // Not tried is no reason not to do it: the check below the diagram says what is wrong afterwards.
        () => setFound(null),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [project.id, text]);
  if (text === null) return null;
  if (found?.text !== text)
    return (
      <p className="muted" role="status">
        {say('previewing')}
      </p>
    );
  const known = new Set(editing.issues.map(({ code, path, message }) => `${code} ${path} ${message}`));
  const errors = found.issues.filter(
    ({ severity, code, path, message }) => severity === 'error' && !known.has(`${code} ${path} ${message}`),
  );
  if (errors.length === 0)
    return (
      <p className="note ok" role="status">
        <Icon name="check" />
        <span>{say('previewGood')}</span>
      </p>
    );
  return (
    <div className="note warn" role="status">
      <Icon name="warn" />
      <div>
        {say('previewBad', { n: errors.length })}
        <ul>
          {errors
            .slice(0, SHOWN)
            .map(toldIssue)
            .map(({ code, line, message }) => (
              <li key={`${code} ${line} ${message}`}>{message}</li>
            ))}
        </ul>
      </div>
    </div>
  );
}
