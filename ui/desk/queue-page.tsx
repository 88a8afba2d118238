import { useEffect } from 'react';
import type { CaseList } from '../../engine/contract/routes.ts';
import type { CaseRow } from '../../engine/contract/view.ts';
import { api } from '../api/index.ts';
import { deadline, shortDateTime } from '../app/format.ts';
import { type Loaded, useLoad } from '../app/load.ts';
import { now } from '../app/now.ts';
import { CaseNumber } from '../app/parts/case-number.tsx';
import { Loading } from '../app/parts/states.tsx';
import { StatusTag } from '../app/parts/status-tag.tsx';
import { Tile } from '../app/parts/tile.tsx';
import { Link, navigate, useQuery } from '../app/route/index.ts';
import { useSession } from '../app/session.tsx';
import { Trouble, Workbench } from '../workbench/workbench.tsx';
import { say as letters } from './letter-texts.ts';
import { say as money } from './money-texts.ts';
import { say } from './texts.ts';
import './desk.css';

const VIEWS = ['open', 'mine', 'all'] as const;
type View = (typeof VIEWS)[number];
/** The queue has no stream of its own: it is asked again this often while it is being looked at. */
const AGAIN = 10_000;

export function QueuePage() {
  const [search, setSearch] = useQuery();
  const { session } = useSession();
  const view: View = VIEWS.find((one) => one === search.get('view')) ?? 'open';
  const page = Math.max(1, Number(search.get('page')) || 1);
  const { state, reload } = useLoad(`queue ${view} ${page}`, () => api.deskQueue(view, page));

  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && reload();
    const timer = setInterval(look, AGAIN);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [reload]);

  return (
    <Workbench
      home="/desk"
      mark={say('mark')}
      title={say('room')}
      page={say(view)}
      context={
        <nav className="wbtabs" aria-label={say('queue')}>
          {VIEWS.map((one) => (
            <Link key={one} to={`/desk?view=${one}`} aria-current={one === view ? 'page' : undefined}>
              {say(one)}
            </Link>
          ))}
          {session.roles.includes('finance') ? <Link to="/desk/money">{money('title')}</Link> : null}
          {session.roles.includes('operations') ? <Link to="/desk/letters">{letters('title')}</Link> : null}
        </nav>
      }
      tools={state.kind === 'ready' ? <span className="muted">{say('total', { n: state.data.total })}</span> : null}
    >
      <h1 className="vh">{say(view)}</h1>
      <Queue state={state} view={view} onRetry={reload} />
      {state.kind === 'ready' && state.data.pages > 1 ? (
        <nav className="deskpages row" aria-label={say('page', { page, pages: state.data.pages })}>
          <button
            type="button"
            className="btn sm"
            aria-disabled={page <= 1}
            onClick={() => page > 1 && setSearch({ view, page: String(page - 1) })}
          >
            {say('previous')}
          </button>
          <span className="muted">{say('page', { page, pages: state.data.pages })}</span>
          <button
            type="button"
            className="btn sm"
            aria-disabled={page >= state.data.pages}
            onClick={() => page < state.data.pages && setSearch({ view, page: String(page + 1) })}
          >
            {say('next')}
          </button>
        </nav>
      ) : null}
    </Workbench>
  );
}

function Queue({ state, view, onRetry }: { state: Loaded<CaseList>; view: View; onRetry(): void }) {
  if (state.kind === 'loading') return <Loading lines={8} />;
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={onRetry} />;
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
  const late = waiting?.until !== null && waiting?.until !== undefined && waiting.until < at;
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
      <td className={late ? 'num late' : 'num'}>
        {waiting?.until ? deadline(waiting.until, at) : <span className="muted">—</span>}
        {late ? <small>{say('late')}</small> : null}
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
