import { useId, useState } from 'react';
import type { LedgerAccount } from '../../engine/contract/finance.ts';
import { deskApi, type LedgerAsked } from '../api/desk.ts';
import { download } from '../app/download.ts';
import { isoDate, money, shortDateTime } from '../app/format.ts';
import { Icon } from '../app/icon.tsx';
import { asFault, useLoad } from '../app/load.ts';
import { now } from '../app/now.ts';
import { CaseNumber } from '../app/parts/case-number.tsx';
import { Loading } from '../app/parts/states.tsx';
import { Link } from '../app/route/index.ts';
import { Pages } from '../workbench/pages.tsx';
import { Trouble } from '../workbench/workbench.tsx';
import { say } from './money-texts.ts';

const DAY = 86_400_000;

/** The ledger by case: what came, what went back, what is held. */
export function LedgerPart() {
  const heading = useId();
  const [asked, setAsked] = useState<LedgerAsked>({
    ...{ from: isoDate(now() - 29 * DAY), to: isoDate(now()), q: '', view: 'all', page: 1 },
  });
  const [trouble, setTrouble] = useState<string | null>(null);
  const { state, reload } = useLoad(`ledger ${Object.values(asked).join(' ')}`, () => deskApi.ledger(asked));
  const change = (next: Partial<LedgerAsked>) => setAsked({ ...asked, page: 1, ...next });
  async function take(): Promise<void> {
    setTrouble(null);
    try {
      download(`ledger-${asked.from}-${asked.to}.csv`, await deskApi.ledgerCsv(asked), 'text/csv;charset=utf-8');
    } catch (error) {
      setTrouble(asFault(error).message);
    }
  }
  return (
    <section aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{say('ledger')}</h2>
        <p className="muted">{say('ledgerText')}</p>
        <Filters asked={asked} onChange={change} onTake={() => void take()} />
        {trouble === null ? null : (
          <p className="note err" role="alert">
            {trouble}
          </p>
        )}
      </header>
      {state.kind === 'loading' ? <Loading lines={3} /> : null}
      {state.kind === 'failed' ? <Trouble fault={state.fault} onRetry={reload} /> : null}
      {state.kind === 'ready' && state.data.total === 0 ? <p className="wbempty">{say('noLedger')}</p> : null}
      {state.kind === 'ready' && state.data.total > 0 ? (
        <>
          <p className="strong">
            {say('sums', {
              came: money(state.data.sums.came),
              back: money(state.data.sums.back),
              held: money(state.data.sums.held),
            })}
          </p>
          <Accounts accounts={state.data.accounts} />
          <Pages page={state.data.page} pages={state.data.pages} onTurn={(page) => change({ page })} />
        </>
      ) : null}
    </section>
  );
}

interface FiltersProps {
  readonly asked: LedgerAsked;
  onChange(next: Partial<LedgerAsked>): void;
  onTake(): void;
}

function Filters({ asked, onChange, onTake }: FiltersProps) {
  const id = useId();
  return (
    <search className="row">
      <label htmlFor={`${id}f`}>{say('from')}</label>
      <input
        id={`${id}f`}
        type="date"
        value={asked.from}
        max={asked.to}
        onChange={({ target }) => onChange({ from: target.value })}
      />
      <label htmlFor={`${id}t`}>{say('to')}</label>
      <input
        id={`${id}t`}
        type="date"
        value={asked.to}
        min={asked.from}
        onChange={({ target }) => onChange({ to: target.value })}
      />
      <input
        type="search"
        className="moneyfind"
        aria-label={say('find')}
        placeholder={say('find')}
        value={asked.q}
        onChange={({ target }) => onChange({ q: target.value })}
      />
      <label className="row">
        <input
          type="checkbox"
          checked={asked.view === 'open'}
          onChange={({ target }) => onChange({ view: target.checked ? 'open' : 'all' })}
        />
        {say('heldOnly')}
      </label>
      <span className="grow" />
      <button type="button" className="btn sm" onClick={onTake}>
        <Icon name="download" /> {say('csv')}
      </button>
    </search>
  );
}

function Accounts({ accounts }: { readonly accounts: readonly LedgerAccount[] }) {
  return (
    <div className="deskscroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{say('cases')}</th>
            <th scope="col">{say('about')}</th>
            <th scope="col">{say('movements')}</th>
            <th scope="col" className="num">
              {say('cameIn')}
            </th>
            <th scope="col" className="num">
              {say('back')}
            </th>
            <th scope="col" className="num">
              {say('held')}
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.case?.id ?? account.movements[0]?.id}>
              <td>
                {account.case === null ? (
                  <span className="tag warn">{say('stray')}</span>
                ) : (
                  <Link to={`/desk/${account.case.id}`}>
                    <CaseNumber number={account.case.number} />
                  </Link>
                )}
              </td>
              <td>
                {account.subject}
                <small>{account.label}</small>
              </td>
              <td>
                {account.movements.map(({ id, at, amount }) => (
                  <small key={id}>
                    <span className="num">{shortDateTime(at, now())}</span> <span className="mono">{id}</span>{' '}
                    <span className="num">{money(amount)}</span>
                  </small>
                ))}
              </td>
              <td className="num">{money(account.came)}</td>
              <td className="num">{money(account.back)}</td>
              <td className="num strong">{money(account.held)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
