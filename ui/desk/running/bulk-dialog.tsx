import { type FormEvent, useMemo, useState } from 'react';
import type { ReleaseView } from '../../../engine/contract/routes.ts';
import type { BulkOffer } from '../../../engine/contract/running.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { deskApi, type WorkAsked } from '../../api/desk.ts';
import { api } from '../../api/index.ts';
import { useLoad } from '../../app/load.ts';
import { Dialog } from '../../app/parts/dialog.tsx';
import { Loading } from '../../app/parts/states.tsx';
import { FormSet, FormView, useFormSet } from '../../form/index.ts';
import { contextFor, type Forms, servicesOf, useCompiledForms } from '../../hall/case/use-forms.ts';
import { Trouble } from '../../workbench/workbench.tsx';
import { say } from './texts.ts';

interface BulkProps {
  readonly cases: readonly string[];
  onClose(): void;
  onStart(asked: WorkAsked): Promise<void>;
}

/** One button for several cases: which, its form, and then it is on its way. */
export function BulkDialog({ cases, onClose, onStart }: BulkProps) {
  const { state, reload } = useLoad(`bulk ${cases.join(' ')}`, () => deskApi.bulkOffers(cases));
  const [picked, setPicked] = useState('');
  const offers = state.kind === 'ready' ? state.data : [];
  const offer = offers.find(({ event }) => event === picked) ?? offers[0];
  const start = async (data?: JsonObject): Promise<void> => {
    if (offer === undefined) return;
    const { event, title } = offer;
    await onStart({ action: 'event', event, title, rows: cases.map((id) => ({ id })), ...(data && { data }) });
    onClose();
  };
  return (
    <Dialog title={say('press')} onClose={onClose} sticky>
      {state.kind === 'loading' ? <Loading lines={3} /> : null}
      {state.kind === 'failed' ? <Trouble fault={state.fault} onRetry={reload} /> : null}
      {state.kind === 'ready' && offer === undefined ? <p>{say('noOffers')}</p> : null}
      {offer !== undefined ? (
        <>
          <p className="muted">{say('offersText')}</p>
          <fieldset className="bulkoffers">
            <legend className="vh">{say('press')}</legend>
            {offers.map(({ event, title, count }) => (
              <label key={event}>
                <input
                  type="radio"
                  name="bulkoffer"
                  value={event}
                  checked={event === offer.event}
                  onChange={() => setPicked(event)}
                />
                {title} <span className="muted">{say('fits', { n: count })}</span>
              </label>
            ))}
          </fieldset>
          {offer.confirm === undefined ? null : <p className="note warn">{offer.confirm}</p>}
          {offer.form === undefined ? (
            <Foot offer={offer} count={cases.length} onClose={onClose} onStart={() => void start()} />
          ) : (
            <OfferForm
              key={`${offer.release} ${offer.form}`}
              offer={offer}
              form={offer.form}
              count={cases.length}
              onClose={onClose}
              onStart={start}
            />
          )}
        </>
      ) : null}
    </Dialog>
  );
}

interface FootProps {
  readonly offer: BulkOffer;
  readonly count: number;
  onClose(): void;
  onStart(): void;
}

function Foot({ offer, count, onClose, onStart }: FootProps) {
  return (
    <p className="row bulkfoot">
      <button type="button" className={offer.look === 'danger' ? 'btn danger' : 'btn primary'} onClick={onStart}>
        {say('doIt', { title: offer.title, n: count })}
      </button>
      <button type="button" className="btn" onClick={onClose}>
        {say('cancel')}
      </button>
    </p>
  );
}

interface OfferFormProps {
  readonly offer: BulkOffer;
  readonly form: string;
  readonly count: number;
  onClose(): void;
  onStart(data: JsonObject): Promise<void>;
}

function OfferForm(props: OfferFormProps) {
  const { state, reload } = useLoad(`release ${props.offer.release}`, () => api.release(props.offer.release));
  const release = state.kind === 'ready' ? state.data : null;
  const forms = useCompiledForms(release);
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={reload} />;
  if (release === null || forms.kind !== 'ready') return <Loading lines={2} />;
  return <Filled {...props} release={release} forms={forms.data} />;
}

function Filled(props: OfferFormProps & { readonly release: ReleaseView; readonly forms: Forms }) {
  const { offer, form, count, release, forms, onClose, onStart } = props;
  const [wrong, setWrong] = useState(false);
  const set = useMemo(() => {
    const compiled = forms[form];
    return new FormSet({
      forms: compiled ? [{ form: compiled, values: {}, editable: null }] : [],
      context: contextFor(release, {}),
    });
  }, [forms, form, release]);
  useFormSet(set);
  const [store] = set.stores;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (set.check().errors.length > 0) return setWrong(true);
    setWrong(false);
    void onStart(set.values()[form] ?? {});
  };
  return (
    <form onSubmit={send} noValidate>
      {store ? <FormView store={store} services={servicesOf(release) as never} /> : null}
      {wrong ? (
        <p className="note err" role="alert">
          {say('refusedForm')}
        </p>
      ) : null}
      <p className="row bulkfoot">
        <button type="submit" className={offer.look === 'danger' ? 'btn danger' : 'btn primary'}>
          {say('doIt', { title: offer.title, n: count })}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {say('cancel')}
        </button>
      </p>
    </form>
  );
}
