import type { DeskList } from '../../engine/contract/routes.ts';
import type { CaseRow, WaitingView } from '../../engine/contract/view.ts';
import type { QueueView } from '../api/index.ts';
import { deadline, shortDateTime } from '../app/format.ts';
import type { Loaded } from '../app/load.ts';
import { now } from '../app/now.ts';
import { CaseNumber } from '../app/parts/case-number.tsx';
import { Loading } from '../app/parts/states.tsx';
import { StatusTag } from '../app/parts/status-tag.tsx';
import { Tile } from '../app/parts/tile.tsx';
import { Link, navigate } from '../app/route/index.ts';
import { Trouble } from '../workbench/workbench.tsx';
import { say } from './texts.ts';

interface QueueProps {
  readonly state: Loaded<DeskList>;
  readonly view: QueueView;
  /** Something is looked for. */
  readonly filtered: boolean;
  /** Words are looked for. */
  readonly searched: boolean;
  onRetry(): void;
}

export function Queue({ state, view, filtered, searched, onRetry }: QueueProps) {
  if (state.kind === 'loading') return <Loading lines={8} />;
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={onRetry} />;
  if (state.data.rows.length === 0 && filtered) {
    return (
      <div className="wbempty">
        <p>{say('emptyFound')}</p>
        {searched && state.data.finds === 'ends' ? <p className="muted">{say('foundEnds')}</p> : null}
        <p>
          <Link className="btn" to={`/desk?view=${view}`}>
            {say('clearFilter')}
          </Link>
        </p>
      </div>
    );
  }
  if (state.data.rows.length === 0) {
    const empty = view === 'open' ? 'emptyOpen' : view === 'mine' ? 'emptyMine' : 'emptyAll';
    return (
      <div className="wbempty">
        <p>{say(empty)}</p>
        {view === 'mine' ? (
          <p>
            <Link className="btn" to="/desk?view=open">
              {say('toOpen')}
            </Link>
          </p>
        ) : null}
      </div>
    );
  }
  return (
    <div className="deskqueue">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{say('number')}</th>
            <th scope="col">{say('subject')}</th>
            <th scope="col">{say('business')}</th>
            <th scope="col">{say('status')}</th>
            <th scope="col">{say('turn')}</th>
            <th scope="col">{say('until')}</th>
            <th scope="col">{say('updated')}</th>
            <th scope="col">
              <span className="vh">{say('handle')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {state.data.rows.map((row) => (
            <QueueRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function QueueRow({ row }: { readonly row: CaseRow }) {
  const at = now();
  const waiting = row.waiting.find((one) => one.mine) ?? row.waiting[0];
  const pressure = waiting ? pressureOf(waiting, at) : '';
  return (
    // The whole row is a large target for the mouse; the link in it is the real control.
    <tr
      onClick={(event) => event.target instanceof Element && !event.target.closest('a') && navigate(`/desk/${row.id}`)}
    >
      <td>
        <CaseNumber number={row.number} />
      </td>
      <td className="strong">{row.subject || <span className="muted">{say('empty')}</span>}</td>
      <td>
        {row.workflow.title}
        <small>{row.project.title}</small>
      </td>
      <td>
        <StatusTag status={row.status} />
        {row.asks ? <small className="asks">{say('asks')}</small> : null}
        {row.mark === null ? null : <small>{say(row.mark)}</small>}
      </td>
      <td>
        {waiting ? (
          <span className="row">
            <Tile character={waiting.who.tile} look={waiting.mine ? 'mine' : 'other'} size="sm" />
            <span>
              {waiting.who.title}
              <small>{waiting.what}</small>
            </span>
          </span>
        ) : (
          <span className="muted">{say('over')}</span>
        )}
      </td>
      <td className={pressure === '' ? 'num' : `num ${pressure}`}>
        {waiting?.until ? deadline(waiting.until, at) : <span className="muted">—</span>}
        {pressure === 'late' ? <small>{say('late')}</small> : pressure === 'warn' ? <small>{say('soon')}</small> : null}
      </td>
      <td className="num muted">{shortDateTime(row.updatedAt, at)}</td>
      <td className="r">
        <Link className={waiting?.mine ? 'btn sm primary' : 'btn sm'} to={`/desk/${row.id}`}>
          {waiting?.mine ? say('handle') : say('look')}
          <span className="vh"> {row.number}</span>
        </Link>
      </td>
    </tr>
  );
}

function pressureOf({ warn, until }: WaitingView, at: number): '' | 'warn' | 'late' {
  if (until !== null && until < at) return 'late';
  return warn !== null && warn <= at ? 'warn' : '';
}
