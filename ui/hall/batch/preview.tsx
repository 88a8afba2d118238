import { useState } from 'react';
import type { BatchLine } from '../../../engine/contract/routes.ts';
import { api, type BatchAsked } from '../../api/index.ts';
import { Icon } from '../../app/icon.tsx';
import { asFault } from '../../app/load.ts';
import { navigate } from '../../app/route/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { Lines } from './lines.tsx';
import type { Looked } from './table-step.tsx';
import { say } from './texts.ts';

/** What would become of each row, before anything is done. */
export function Preview(props: {
  readonly asked: BatchAsked;
  readonly looked: Looked;
  readonly onBack: () => void;
  readonly onAnother: () => void;
}) {
  const { looked, asked } = props;
  const { lines, shared, ignored, before } = looked.check;
  const [onlyWrong, setOnlyWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const count = (state: BatchLine['state']): number => lines.filter((line) => line.state === state).length;
  const [ready, known, wrong] = [count('ready'), count('known'), count('wrong')];
  const startable = ready > 0 && shared.length === 0;

  const start = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    try {
      const { id } = await api.startBatch(asked, looked.csv, looked.name);
      navigate(`/batch/reports/${id}`);
    } catch (error) {
      setTrouble(asFault(error).message);
      setBusy(false);
    }
  };

  const told = [
    ready > 0 && say('check.ready', { n: ready }),
    known > 0 && say('check.known', { n: known }),
    wrong > 0 && say('check.wrong', { n: wrong }),
  ].filter((text) => text !== false);
  return (
    <section aria-labelledby="h-check" className="batch-check">
      <h2 id="h-check">{say('check.title')}</h2>
      <p className="muted">{say('check.file', { name: looked.name, n: lines.length })}</p>
      <p className="batch-count" role="status">
        {told.join(mark('comma'))}
      </p>
      {trouble !== null && <Told look="err" text={trouble} />}
      {shared.length > 0 && (
        <Told
          look="err"
          text={`${say('check.shared')}${mark('colon')}${shared.map(({ message }) => message).join(mark('semicolon'))}`}
        />
      )}
      {before !== undefined && <Told look="" text={say('check.before')} />}
      {ignored.length > 0 && <Told look="warn" text={say('check.ignored', { titles: ignored.join(mark('comma')) })} />}
      {startable && wrong > 0 && <Told look="warn" text={say('check.partly', { n: ready })} />}
      {ready === 0 && known === 0 && <Told look="warn" text={say('check.nothing')} />}
      <p className="actions">
        {startable && (
          <button
            type="button"
            className="btn primary"
            aria-busy={busy}
            aria-disabled={busy}
            onClick={() => void start()}
          >
            {busy ? say('check.starting') : say('check.start', { n: ready })}
          </button>
        )}
        <button type="button" className={startable ? 'btn' : 'btn primary'} onClick={props.onAnother}>
          {say('another')}
        </button>
        <button type="button" className="btn quiet" onClick={props.onBack}>
          {say('back')}
        </button>
      </p>
      {wrong > 0 && wrong < lines.length && (
        <label className="batch-only">
          <input type="checkbox" checked={onlyWrong} onChange={(event) => setOnlyWrong(event.target.checked)} />
          {say('check.onlyWrong')}
        </label>
      )}
      <Lines lines={onlyWrong ? lines.filter(({ state }) => state === 'wrong') : lines} sent={false} />
    </section>
  );
}

function Told({ look, text }: { readonly look: '' | 'warn' | 'err'; readonly text: string }) {
  return (
    <p className={`note ${look}`} role={look === 'err' ? 'alert' : undefined}>
      <Icon name={look === 'warn' ? 'warn' : 'alert'} />
      <span>{text}</span>
    </p>
  );
}
