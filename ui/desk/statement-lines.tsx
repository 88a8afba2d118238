import { useState } from 'react';
import type { ReleaseView } from '../../engine/contract/routes.ts';
import type { OfferView } from '../../engine/contract/view.ts';
import { deskApi } from '../api/desk.ts';
import { money } from '../app/format.ts';
import { useLoad } from '../app/load.ts';
import type { FormStore } from '../form/index.ts';
import { say } from './money-texts.ts';
import './money.css';

/** Lines of the bank's statement that may be what this form asks for; one press fills the form, the person decides. */
export function StatementLines(props: {
  readonly caseId: string;
  readonly offer: OfferView;
  readonly release: ReleaseView;
  readonly store: FormStore;
}) {
  const { caseId, offer, release, store } = props;
  const fields = Object.values(release.forms[offer.form ?? '']?.properties ?? {});
  const takes = fields.some((schema) => schema['x-statement'] === 'transaction');
  const [filled, setFilled] = useState<string | null>(null);
  const { state } = useLoad(takes ? `proposals ${caseId} ${offer.event}` : null, () =>
    deskApi.bankProposals(caseId, offer.event),
  );
  if (!takes || state.kind !== 'ready') return null;
  return (
    <section className="deskproposals" aria-label={say('propose')}>
      <h3>{say('propose')}</h3>
      {state.data.length === 0 ? <p className="muted">{say('proposeNone')}</p> : null}
      <ul>
        {state.data.map((line) => {
          const isFilled = filled === line.id;
          return (
            <li key={line.id}>
              <div className="grow">
                <p>
                  <b>{money(line.amount)}</b> {line.payer}
                  {line.left < line.amount ? (
                    <span className="muted"> {say('leftOf', { left: money(line.left) })}</span>
                  ) : null}
                </p>
                <small>
                  {line.date} · {line.transaction}
                  {line.remark === '' ? '' : ` · ${line.remark}`}
                </small>
                <p className="row">
                  {line.fits.number ? <span className="tag ok">{say('fitsNumber')}</span> : null}
                  {line.fits.payer ? <span className="tag ok">{say('fitsPayer')}</span> : null}
                  {line.fits.amount ? <span className="tag ok">{say('fitsAmount')}</span> : null}
                </p>
              </div>
              <button
                type="button"
                className="btn sm"
                aria-pressed={isFilled}
                onClick={() => {
                  store.copy(line.values);
                  setFilled(line.id);
                }}
              >
                {say(isFilled ? 'filled' : 'fill')}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
