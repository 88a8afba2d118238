import { useId, useState } from 'react';
import type { OpenDifference } from '../../engine/contract/finance.ts';
import { deskApi } from '../api/desk.ts';
import { money, shortDateTime } from '../app/format.ts';
import { asFault, type Loaded } from '../app/load.ts';
import { now } from '../app/now.ts';
import { CaseNumber } from '../app/parts/case-number.tsx';
import { Loading } from '../app/parts/states.tsx';
import { Link } from '../app/route/index.ts';
import { Trouble } from '../workbench/workbench.tsx';
import { say } from './money-texts.ts';
import { Settled } from './settled.tsx';

const kinds = { unknown: 'unknown', missing: 'missing', amount: 'wrong' } as const;

interface DifferencesProps {
  readonly kept: { readonly state: Loaded<readonly OpenDifference[]>; readonly reload: () => void };
}

/** What comparisons found: settled by one person, confirmed by another, or gone when both sides agree. */
export function Differences({ kept: { state, reload } }: DifferencesProps) {
  const [trouble, setTrouble] = useState<string | null>(null);
  async function decide(work: Promise<unknown>): Promise<void> {
    setTrouble(null);
    await work.catch((error: unknown) => setTrouble(asFault(error).message));
    reload();
  }
  if (state.kind === 'loading') return <Loading lines={2} />;
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={reload} />;
  if (state.data.length === 0) return <p className="wbempty">{say('noDifferences')}</p>;
  return (
    <>
      {trouble === null ? null : (
        <p className="note err" role="alert">
          {trouble}
        </p>
      )}
      <div className="deskscroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('number')}</th>
              <th scope="col">{say('cases')}</th>
              <th scope="col">{say('what')}</th>
              <th scope="col" className="num">
                {say('theirs')}
              </th>
              <th scope="col" className="num">
                {say('ours')}
              </th>
              <th scope="col">{say('foundAt')}</th>
              <th scope="col">{say('settlement')}</th>
            </tr>
          </thead>
          <tbody>
            {state.data.map((one) => (
              <tr key={one.key}>
                <td className="mono">{one.id}</td>
                <td>
                  {one.case === null ? (
                    '—'
                  ) : (
                    <Link to={`/desk/${one.case.id}`}>
                      <CaseNumber number={one.case.number} />
                    </Link>
                  )}
                </td>
                <td>{say(kinds[one.kind])}</td>
                <td className="num">{one.theirs === null ? '—' : money(one.theirs)}</td>
                <td className="num">{one.ours === null ? '—' : money(one.ours)}</td>
                <td className="num">{shortDateTime(one.foundAt, now())}</td>
                <td>
                  <Settling one={one} decide={decide} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Settling({ one, decide }: { readonly one: OpenDifference; decide(work: Promise<unknown>): Promise<void> }) {
  const id = useId();
  const [note, setNote] = useState('');
  const { key, settled } = one;
  if (settled === undefined)
    return (
      <form
        className="settle"
        onSubmit={(event) => {
          event.preventDefault();
          void decide(deskApi.settleDifference(key, note));
        }}
      >
        <label className="vh" htmlFor={id}>
          {say('foundOut')}
        </label>
        <input
          id={id}
          value={note}
          placeholder={say('foundOut')}
          maxLength={200}
          onChange={({ target }) => setNote(target.value)}
        />
        <button type="submit" className="btn sm">
          {say('settleNote')}
        </button>
      </form>
    );
  return (
    <Settled settled={settled} onConfirm={() => void decide(deskApi.confirmDifference(key))}>
      {settled.note}
    </Settled>
  );
}
