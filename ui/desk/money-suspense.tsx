import { useId, useState } from 'react';
import type { SuspenseView } from '../../engine/contract/routes.ts';
import { deskApi } from '../api/desk.ts';
import { money, shortDateTime } from '../app/format.ts';
import { asFault, useLoad } from '../app/load.ts';
import { now } from '../app/now.ts';
import { Loading } from '../app/parts/states.tsx';
import { mark } from '../app/texts/punctuation.ts';
import { Trouble } from '../workbench/workbench.tsx';
import { say } from './money-texts.ts';
import { Settled } from './settled.tsx';

const reasons: { readonly [reason: string]: Parameters<typeof say>[0] } = {
  orphan: 'orphan',
  amount: 'wrongAmount',
};

type Decide = (work: Promise<unknown>) => Promise<void>;

/** Money that belongs to no case, with the time by which somebody has to decide. */
export function SuspensePart() {
  const heading = useId();
  const { state, reload } = useLoad('suspense', deskApi.suspense);
  const [trouble, setTrouble] = useState<string | null>(null);
  const decide: Decide = async (work) => {
    setTrouble(null);
    try {
      await work;
    } catch (error) {
      setTrouble(asFault(error).message);
    }
    reload();
  };
  return (
    <section aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{say('suspense')}</h2>
        <p className="muted">{say('suspenseText')}</p>
        {trouble === null ? null : <p role="alert">{trouble}</p>}
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
                <th scope="col">{say('settlement')}</th>
              </tr>
            </thead>
            <tbody>
              {state.data.map((posting) => (
                <SuspenseRow key={posting.id} posting={posting} decide={decide} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}

function SuspenseRow(props: { readonly posting: SuspenseView; readonly decide: Decide }) {
  const { id, at, amount, open, settled } = props.posting;
  const reason = reasons[open.reason];
  const isLate = settled === undefined && open.due < now();
  return (
    <tr>
      <td className="mono">{id}</td>
      <td className="num">{shortDateTime(at, now())}</td>
      <td className="num">{money(amount)}</td>
      <td>{reason === undefined ? open.reason : say(reason)}</td>
      <td className={isLate ? 'num late' : 'num'}>{shortDateTime(open.due, now())}</td>
      <td>
        <Settling {...props} />
      </td>
    </tr>
  );
}

/** Sent back at the platform: one person writes it down, another one looks. */
function Settling({ posting, decide }: { readonly posting: SuspenseView; readonly decide: Decide }) {
  const id = useId();
  const { settled } = posting;
  const [refund, setRefund] = useState('');
  const [note, setNote] = useState('');
  if (settled === undefined)
    return (
      <form
        className="settle"
        onSubmit={(event) => {
          event.preventDefault();
          void decide(deskApi.settle(posting.id, refund.trim(), note));
        }}
      >
        <label className="vh" htmlFor={`${id}r`}>
          {say('refundNumber')}
        </label>
        <input
          id={`${id}r`}
          value={refund}
          placeholder={say('refundNumber')}
          maxLength={64}
          onChange={(event) => setRefund(event.target.value)}
        />
        <label className="vh" htmlFor={`${id}n`}>
          {say('foundOut')}
        </label>
        <input
          id={`${id}n`}
          value={note}
          placeholder={say('foundOut')}
          maxLength={200}
          onChange={(event) => setNote(event.target.value)}
        />
        <button type="submit" className="btn sm">
          {say('settle')}
        </button>
      </form>
    );
  return (
    <Settled settled={settled} onConfirm={() => void decide(deskApi.confirmSettlement(posting.id))}>
      {settled.refund}
      {mark('comma')}
      {settled.note}
    </Settled>
  );
}
