import { useEffect, useState } from 'react';
import type { ComparedValue } from '../../engine/contract/routes.ts';
import { Icon } from '../app/icon.tsx';
import type { Line } from './papers.ts';
import { ReadLines } from './readings/read-lines.tsx';
import { say } from './texts.ts';
import { UnmaskDialog } from './unmask-dialog.tsx';

interface FieldLineProps {
  readonly caseId: string;
  readonly line: Line;
  /** It was changed since somebody of this role last looked. */
  readonly changed?: boolean;
  /** Reason of the flag, null when it is not flagged. */
  readonly flag: string | null;
  readonly onFlag: ((path: string) => void) | null;
  readonly onPaper: ((path: string) => void) | null;
  /** What stands on the pictures for it. */
  readonly readings?: readonly ComparedValue[];
  /** Shows a file. */
  readonly onFile?: (file: string) => void;
}

/** How long a sensitive value stays on the screen. */
const SHOWN = 60_000;

export function FieldLine({ caseId, line, changed = false, flag, onFlag, onPaper, ...read }: FieldLineProps) {
  const { readings = [], onFile = () => undefined } = read;
  const differs = readings.some((one) => !one.same);
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const [whole, setWhole] = useState<readonly string[]>([]);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), SHOWN);
    return () => clearTimeout(timer);
  }, [shown]);

  return (
    <div className={flag !== null ? 'fr bad' : changed ? 'fr new' : differs ? 'fr differs' : 'fr'}>
      <dt>
        {line.title} {changed ? <span className="tag warn deskchanged">{say('changed')}</span> : null}
      </dt>
      <dd>
        {onPaper && line.text === '' ? (
          <span className="muted">{say('empty')}</span>
        ) : onPaper ? (
          <button type="button" className="linkbtn" onClick={() => onPaper(line.path)}>
            {/* The name of a sensitive file is masked: a row of stars is no name for a link. */}
            {/^\*+$/.test(line.text) ? say('look') : line.text}
          </button>
        ) : (
          <span className={/^[\d* -]+$/.test(line.text) ? 'num' : undefined}>{shown ?? line.text}</span>
        )}
        {line.masked && shown === null ? (
          <button
            type="button"
            className="iconbtn"
            aria-label={say('masked', { title: line.title })}
            title={say('masked', { title: line.title })}
            onClick={() => setAsking(true)}
          >
            <Icon name="eye" />
          </button>
        ) : null}
        <ReadLines values={readings} typed={shown ?? line.text} whole={shown === null ? [] : whole} onPaper={onFile} />
        {flag === null ? null : <small>{flag}</small>}
      </dd>
      {onFlag ? (
        <dd>
          <button
            type="button"
            className={flag === null ? 'fl' : 'fl on'}
            aria-pressed={flag !== null}
            aria-label={say(flag === null ? 'flag' : 'unflag', { title: line.title })}
            onClick={() => onFlag(line.path)}
          >
            <Icon name="flag" />
          </button>
        </dd>
      ) : null}
      {asking ? (
        <UnmaskDialog
          caseId={caseId}
          path={line.path}
          title={line.title}
          onClose={() => setAsking(false)}
          onShown={(value, texts) => {
            setAsking(false);
            setShown(value);
            setWhole(texts);
          }}
        />
      ) : null}
    </div>
  );
}
