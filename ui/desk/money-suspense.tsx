import { useId } from 'react';
import type { SuspenseView } from '../../engine/contract/routes.ts';
import { api } from '../api/index.ts';
import { money, shortDateTime } from '../app/format.ts';
import { useLoad } from '../app/load.ts';
import { now } from '../app/now.ts';
import { Loading } from '../app/parts/states.tsx';
import { Trouble } from '../workbench/workbench.tsx';
import { say } from './money-texts.ts';

const reasons: { readonly [reason: string]: Parameters<typeof say>[0] } = {
  orphan: 'orphan',
  amount: 'wrongAmount',
};

/** Money that belongs to no case, with the time by which somebody has to decide. */
export function SuspensePart() {
  const heading = useId();
  const { state, reload } = useLoad('suspense', api.suspense);
  return (
    <section aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{say('suspense')}</h2>
        <p className="muted">{say('suspenseText')}</p>
      </header>
      {state.kind === 'loading' ? <Loading lines={2} /> : null}
      {state.kind === 'failed' ? <Trouble fault={state.fault} onRetry={reload} /> : null}
      {state.kind === 'ready' && state.data.length === 0 ? <p className="wbempty">{say('noSuspense')}</p> : null}
      {state.kind === 'ready' && state.data.length > 0 ? (
        <div className="deskscroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('number')}</th>
                <th scope="col">{say('came')}</th>
                <th scope="col" className="num">
                  {say('amount')}
                </th>
                <th scope="col">{say('why')}</th>
                <th scope="col">{say('due')}</th>
              </tr>
            </thead>
            <tbody>
              {state.data.map((posting) => (
                <SuspenseRow key={posting.id} posting={posting} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}

function SuspenseRow({ posting }: { readonly posting: SuspenseView }) {
  const { id, at, entries, open } = posting;
  const amount = entries.find(({ account }) => account === 'suspense')?.amount ?? 0;
  const reason = reasons[open?.reason ?? ''];
  return (
    <tr>
      <td className="mono">{id}</td>
      <td className="num">{shortDateTime(at, now())}</td>
      <td className="num">{money(amount)}</td>
      <td>{reason === undefined ? open?.reason : say(reason)}</td>
      <td className={open !== undefined && open.due < now() ? 'num late' : 'num'}>
        {open === undefined ? '' : shortDateTime(open.due, now())}
      </td>
    </tr>
  );
}
