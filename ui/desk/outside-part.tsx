import { useId } from 'react';
import { deskApi } from '../api/desk.ts';
import { shortDateTime } from '../app/format.ts';
import { useLoad } from '../app/load.ts';
import { now } from '../app/now.ts';
import { Loading } from '../app/parts/states.tsx';
import { Trouble } from '../workbench/workbench.tsx';
import { say } from './outside-texts.ts';
import './money.css';

const reasons = {
  signature: 'signature',
  unverified: 'unverified',
  replay: 'replay',
  tampered: 'tampered',
  merchant: 'merchant',
  amount: 'amount',
  other: 'other',
  orphan: 'orphan',
  shape: 'shape',
} as const;

const wordOf = (reason: string): string =>
  Object.hasOwn(reasons, reason) ? say(reasons[reason as keyof typeof reasons]) : reason;

/** Systems that are left alone for a while, and what was refused of what others sent. */
export function OutsidePart() {
  const heading = useId();
  const { state, reload } = useLoad('outside', deskApi.outside);
  if (state.kind === 'loading') return <Loading lines={3} />;
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={reload} />;
  const { circuits, counts, refusals } = state.data;
  const alone = Object.entries(circuits).filter(([, { openUntil }]) => openUntil !== null && openUntil > now());
  return (
    <section aria-labelledby={heading} className="deskoutside">
      <h2 id={heading}>{say('title')}</h2>
      {alone.length === 0 ? <p className="muted">{say('noneAlone')}</p> : null}
      {alone.map(([connector, { failures, openUntil }]) => (
        <p key={connector} className="note warn">
          {say('alone', { connector, n: failures, until: shortDateTime(openUntil ?? 0, now()) })}
        </p>
      ))}
      <h3>{say('refused')}</h3>
      <p className="muted">{say('refusedText')}</p>
      {refusals.length === 0 ? <p>{say('noneRefused')}</p> : null}
      {refusals.length > 0 ? (
        <>
          <ul className="row" aria-label={say('sums')}>
            {Object.entries(counts).map(([name, n]) => (
              <li key={name} className="tag">
                {name.split('.')[0]} · {wordOf(name.split('.')[1] ?? '')} {n}
              </li>
            ))}
          </ul>
          <div className="deskscroll">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{say('at')}</th>
                  <th scope="col">{say('from')}</th>
                  <th scope="col">{say('why')}</th>
                  <th scope="col">{say('reference')}</th>
                </tr>
              </thead>
              <tbody>
                {[...refusals].reverse().map((refusal, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: refusals have places, no names
                  <tr key={index}>
                    <td className="num">{shortDateTime(refusal.at, now())}</td>
                    <td>{refusal.connector}</td>
                    <td>{wordOf(refusal.reason)}</td>
                    <td className="mono">{refusal.reference ?? '—'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : null}
    </section>
  );
}
