import { useState } from 'react';
import { api } from '../api/index.ts';
import { type Loaded, useLoad } from '../app/load.ts';
import { Loading } from '../app/parts/states.tsx';
import { Link } from '../app/route/index.ts';
import { Trouble } from '../workbench/workbench.tsx';
import { say } from './change-texts.ts';
import { DifferenceList } from './difference-list.tsx';
import { ImpactTable } from './impact-table.tsx';
import type { TabProps } from './tab.ts';

/** Before publishing: what the saved draft does otherwise, with ways that show it, and what it means for every open case. */
export function ChangesTab({ page }: TabProps) {
  const { project } = page.editing;
  const { id, history, draft, base } = project;
  const hasDraft = draft !== null;
  const older = hasDraft ? history : history.slice(1);
  const [from, setFrom] = useState(older[0]?.hash);
  const chosen = older.find(({ hash }) => hash === from);
  const compared = useLoad(chosen ? `difference ${id} ${base} ${chosen.hash}` : null, () =>
    api.studioDifference(id, chosen?.hash ?? ''),
  );
  const of = hasDraft ? 'draft' : 'release';
  const tried = useLoad(`impact ${id} ${base} ${of}`, () => api.studioImpact(id, of));
  return (
    <div className="changes">
      <section className="pane" aria-labelledby="changes-behaviour">
        <div className="ph">
          <h2 id="changes-behaviour">{say('behaviour')}</h2>
          {older.length > 1 ? (
            <label>
              {say('against')}{' '}
              <select className="in" value={from} onChange={(event) => setFrom(event.target.value)}>
                {older.map(({ hash, number }) => (
                  <option key={number} value={hash}>
                    {say('version', { number })}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
        </div>
        {chosen ? (
          <>
            <p className="muted">{say(hasDraft ? 'behaviourHint' : 'fromHint', { number: chosen.number })}</p>
            <Shown state={compared.state} waiting={say('comparing')} onRetry={compared.reload}>
              {(differences) => <DifferenceList project={id} hasDraft={hasDraft} differences={differences} />}
            </Shown>
          </>
        ) : (
          <p className="muted">{say('alike')}</p>
        )}
      </section>
      <section className="pane" aria-labelledby="changes-impact">
        <div className="ph">
          <h2 id="changes-impact">{say('impact')}</h2>
          <button type="button" className="btn sm" onClick={tried.reload}>
            {say('again')}
          </button>
          <Link className="btn sm" to={`/studio/${id}/cases`}>
            {say('toCases')}
          </Link>
        </div>
        <p className="muted">{say('impactHint')}</p>
        <Shown state={tried.state} waiting={say('trying')} onRetry={tried.reload}>
          {(impact) => <ImpactTable impact={impact} />}
        </Shown>
      </section>
    </div>
  );
}

interface ShownProps<T> {
  readonly state: Loaded<T>;
  readonly waiting: string;
  onRetry(): void;
  children(data: T): React.ReactNode;
}

export function Shown<T>({ state, waiting, onRetry, children }: ShownProps<T>) {
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={onRetry} />;
  if (state.kind === 'ready') return children(state.data);
  return (
    <>
      <p role="status">{waiting}</p>
      <Loading lines={4} />
    </>
  );
}
