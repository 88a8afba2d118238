import { useEffect } from 'react';
import type { WorkRow, WorkSummary } from '../../../engine/contract/running.ts';
import { deskApi } from '../../api/desk.ts';
import { watchDesk } from '../../api/stream.ts';
import { shortDateTime } from '../../app/format.ts';
import { useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { CaseNumber } from '../../app/parts/case-number.tsx';
import { Loading } from '../../app/parts/states.tsx';
import { Link } from '../../app/route/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { Trouble } from '../../workbench/workbench.tsx';
import { say } from './texts.ts';

interface WorksProps {
  /** The one that is looked at; empty = the list. */
  readonly id: string;
  onOpen(id: string): void;
  onClose(): void;
}

/** What was done with several cases at once, and what became of each. */
export function WorksPart({ id, onOpen, onClose }: WorksProps) {
  return id === '' ? <WorkList onOpen={onOpen} /> : <Work id={id} onClose={onClose} />;
}

function titleOf({ action, what }: WorkSummary): string {
  if (action === 'event') return what;
  if (action === 'hand') return what === '' ? say('handBack') : say('handTo', { name: what });
  return say(action === 'replay' ? 'replayWord' : 'askWord');
}

const stateOf = (work: WorkSummary): string =>
  [
    say('counts', { done: work.done, refused: work.refused, gone: work.gone }),
    work.waiting > 0 ? say('going', { n: work.waiting }) : '',
  ]
    .filter((text) => text !== '')
    .join(mark('comma'));

function WorkList({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const { state, reload } = useLoad('works', deskApi.works);
  useEffect(() => watchDesk(reload), [reload]);
  if (state.kind === 'loading') return <Loading lines={5} />;
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={reload} />;
  return (
    <section>
      <p className="muted">{say('worksText')}</p>
      {state.data.length === 0 ? (
        <p className="wbempty">{say('noWorks')}</p>
      ) : (
        <div className="deskscroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('at')}</th>
                <th scope="col">{say('by')}</th>
                <th scope="col">{say('what')}</th>
                <th scope="col">{say('result')}</th>
                <th scope="col">
                  <span className="vh">{say('look')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {state.data.map((work) => (
                <tr key={work.id}>
                  <td className="num">{shortDateTime(work.at, now())}</td>
                  <td>{work.by}</td>
                  <td>{say('report', { what: titleOf(work), total: work.total })}</td>
                  <td>{stateOf(work)}</td>
                  <td className="r">
                    <button type="button" className="btn sm" onClick={() => onOpen(work.id)}>
                      {say('look')}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Work({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { state, reload } = useLoad(`work ${id}`, () => deskApi.work(id));
  useEffect(() => watchDesk(reload), [reload]);
  if (state.kind === 'loading') return <Loading lines={5} />;
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={reload} />;
  const work = state.data;
  return (
    <section className="work">
      <header className="row">
        <h2 className="grow">{say('report', { what: titleOf(work), total: work.total })}</h2>
        <button type="button" className="btn sm" onClick={onClose}>
          {say('backToList')}
        </button>
      </header>
      <p className="muted">
        {work.by} {shortDateTime(work.at, now())}
      </p>
      <p aria-live="polite" className={work.refused + work.gone > 0 ? 'note warn' : 'note ok'}>
        {stateOf(work)}
      </p>
      <div className="deskscroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('number')}</th>
              <th scope="col">{say('result')}</th>
              <th scope="col">{say('why')}</th>
              <th scope="col">{say('at')}</th>
            </tr>
          </thead>
          <tbody>
            {work.rows.map((row, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have places, a case may have several
              <Row key={place} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const looks = { waiting: 'tag wait', done: 'tag ok', refused: 'tag warn', gone: 'tag' } as const;

function Row({ row }: { readonly row: WorkRow }) {
  return (
    <tr>
      <td>
        {row.number === '' ? (
          '—'
        ) : (
          <Link to={`/desk/${row.id}`}>
            <CaseNumber number={row.number} />
          </Link>
        )}
      </td>
      <td>
        <span className={looks[row.state]}>{say(row.state)}</span>
      </td>
      <td>{row.message}</td>
      <td className="num">{row.at === null ? '' : shortDateTime(row.at, now())}</td>
    </tr>
  );
}
