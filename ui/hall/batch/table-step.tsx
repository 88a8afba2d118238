import { useState } from 'react';
import type { BatchCheck, BatchColumn } from '../../../engine/contract/routes.ts';
import { api, type BatchAsked } from '../../api/index.ts';
import { download } from '../../app/download.ts';
import { Icon } from '../../app/icon.tsx';
import { asFault, useLoad } from '../../app/load.ts';
import { CsvFile } from '../../app/parts/csv-file.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { locale } from '../../app/texts/index.ts';
import { Preview } from './preview.tsx';
import { say } from './texts.ts';

/** A file that was chosen, and what came of looking at it. */
export interface Looked {
  readonly csv: string;
  readonly name: string;
  readonly check: BatchCheck;
}

/** The template, what its columns mean, and the file that was filled in. */
export function TableStep(props: {
  readonly project: string;
  readonly title: string;
  readonly most: number;
  readonly forms: BatchAsked['forms'];
  readonly onBack: () => void;
}) {
  const { project, forms, most } = props;
  const asked: BatchAsked = { project, forms };
  const { state, reload } = useLoad(`batch columns ${project}`, () => api.batchColumns(asked));
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [looked, setLooked] = useState<Looked | null>(null);
  if (state.kind === 'failed') return <Failed fault={state.fault} onRetry={reload} />;
  if (state.kind === 'loading') return <Loading />;
  const { columns, csv: template } = state.data;

  const look = async (csv: string, name: string): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    setLooked(null);
    try {
      setLooked({ csv, name, check: await api.checkBatch(asked, csv) });
    } catch (error) {
      setTrouble(asFault(error).message);
    }
    setBusy(false);
  };
  const problem = trouble !== null && (
    <p className="note err" role="alert">
      <Icon name="alert" />
      <span>{trouble}</span>
    </p>
  );
  if (looked !== null) {
    return <Preview asked={asked} looked={looked} onBack={props.onBack} onAnother={() => setLooked(null)} />;
  }
  return (
    <>
      <p className="lead">{say('table.lead')}</p>
      {problem}
      <p className="actions">
        <button
          type="button"
          className="btn"
          onClick={() => download(say('table.templateName', { project: props.title }), template, 'text/csv')}
        >
          <Icon name="download" />
          {say('table.template')}
        </button>
        <CsvFile label={say('table.choose')} primary onText={look} onTrouble={setTrouble} />
        <button type="button" className="btn quiet" onClick={props.onBack}>
          {say('back')}
        </button>
      </p>
      <p className="small muted" role="status">
        {busy ? say('table.reading') : say('table.limits', { most })}
      </p>
      <section aria-labelledby="h-columns" className="batch-columns">
        <h2 id="h-columns">{say('table.columns')}</h2>
        <dl>
          {columns.map((column) => (
            <ColumnOf key={column.title} of={column} />
          ))}
        </dl>
      </section>
    </>
  );
}

function ColumnOf({ of }: { readonly of: BatchColumn }) {
  const choices = of.choices.join(locale() === 'en' ? ', ' : '、');
  return (
    <div>
      <dt>{of.title}</dt>
      <dd>
        {[say(of.required ? 'table.required' : 'table.optional'), of.hint, choices && say('table.choices', { choices })]
          .filter((text) => text !== '')
          .map((text) => (
            <span key={text}>{text}</span>
          ))}
      </dd>
    </div>
  );
}
