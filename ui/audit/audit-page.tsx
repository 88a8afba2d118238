import { useState } from 'react';
import type { AuditList } from '../../engine/contract/accounts.ts';
import { accounts } from '../api/accounts.ts';
import { shortDateTime } from '../app/format.ts';
import { useLoad } from '../app/load.ts';
import { now } from '../app/now.ts';
import { CaseNumber } from '../app/parts/case-number.tsx';
import { Link, useQuery } from '../app/route/index.ts';
import { Shown } from '../workbench/shown.tsx';
import { Workbench } from '../workbench/workbench.tsx';
import '../staff/staff.css';
import { Pages } from '../workbench/pages.tsx';
import { actionTitle, say } from './texts.ts';

/** The log of who looked at what and decided what; the cases stand at the desk, to be read. */
export function AuditPage() {
  const [search, setSearch] = useQuery();
  const text = (name: string) => search.get(name) ?? '';
  const page = Math.max(1, Number(search.get('page')) || 1);
  const filter = { by: text('by'), action: text('action'), number: text('number') };
  const load = useLoad(`audit ${page} ${Object.values(filter).join(' ')}`, () => accounts.audit({ ...filter, page }));
  const turn = (next: number) => setSearch({ ...filter, page: String(next) });
  return (
    <Workbench
      home="/audit"
      mark={say('mark')}
      title={say('room')}
      context={
        <nav className="wbtabs" aria-label={say('room')}>
          <Link to="/audit" aria-current="page">
            {say('log')}
          </Link>
          <Link to="/desk?view=all">{say('cases')}</Link>
        </nav>
      }
      tools={
        load.state.kind === 'ready' ? <span className="muted">{say('total', { n: load.state.data.total })}</span> : null
      }
    >
      <section className="staffroom auditroom">
        <h1>{say('log')}</h1>
        <p className="muted read">{say('lead')}</p>
        <Filters
          key={Object.values(filter).join(' ')}
          filter={filter}
          actions={load.state.kind === 'ready' ? load.state.data.actions : []}
          onSearch={setSearch}
        />
        <Shown of={load} lines={8}>
          {(data) => <Entries list={data} onTurn={turn} />}
        </Shown>
      </section>
    </Workbench>
  );
}

interface Filter {
  readonly by: string;
  readonly action: string;
  readonly number: string;
}

function Filters(props: {
  readonly filter: Filter;
  readonly actions: readonly string[];
  readonly onSearch: (next: { readonly [name: string]: string }) => void;
}) {
  const [by, setBy] = useState(props.filter.by);
  const [action, setAction] = useState(props.filter.action);
  const [number, setNumber] = useState(props.filter.number);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSearch({ by, action, number });
      }}
    >
      <label>
        {say('by')}
        <input value={by} maxLength={60} onChange={(event) => setBy(event.target.value)} />
      </label>
      <label>
        {say('action')}
        <select value={action} onChange={(event) => setAction(event.target.value)}>
          <option value="">{say('any')}</option>
          {props.actions.map((one) => (
            <option key={one} value={one}>
              {actionTitle(one)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say('number')}
        <input value={number} maxLength={40} onChange={(event) => setNumber(event.target.value)} />
      </label>
      <button type="submit" className="btn sm">
        {say('search')}
      </button>
    </form>
  );
}

function Entries({ list, onTurn }: { readonly list: AuditList; readonly onTurn: (page: number) => void }) {
  if (list.total === 0) return <p className="muted">{say('none')}</p>;
  const { page, pages } = list;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keys */}
      <section className="staffscroll" aria-label={say('log')} tabIndex={0}>
        <table className="table audittable">
          <thead>
            <tr>
              <th scope="col">{say('at')}</th>
              <th scope="col">{say('by')}</th>
              <th scope="col">{say('action')}</th>
              <th scope="col">{say('case')}</th>
              <th scope="col">{say('what')}</th>
              <th scope="col">{say('reason')}</th>
            </tr>
          </thead>
          <tbody>
            {list.rows.map((row) => (
              <tr key={row.id}>
                <td className="num">{shortDateTime(row.at, now())}</td>
                <td>{row.by}</td>
                <td>{actionTitle(row.action)}</td>
                <td>
                  {row.case ? (
                    <Link to={`/desk/${row.case.id}`}>
                      <CaseNumber number={row.case.number} />
                    </Link>
                  ) : null}
                </td>
                <td>{row.path}</td>
                <td>{row.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Pages page={page} pages={pages} onTurn={onTurn} />
    </>
  );
}
