import type { OfferView } from '../../../engine/contract/view.ts';
import { isAccepted, mask } from '../../../engine/forms/live.ts';
import { useErrorTitle } from '../../app/parts/page-title.tsx';
import { useTexts } from '../../app/texts/index.ts';
import {
  ErrorSummary,
  elementId,
  type FormServices,
  type FormSet,
  type FormStore,
  ReadView,
  useFormSet,
} from '../../form/index.ts';
import type { DraftState } from './draft-saver.ts';
import { DraftStatus } from './draft-status.tsx';
import { OfferBar } from './offers.tsx';
import type { Act } from './use-act.ts';
import type { Sending } from './use-case.ts';

/** Draws again with every keystroke, so that the page around it need not. */
export function Summary({ set, act }: { readonly set: FormSet; readonly act: Act }) {
  useFormSet(set);
  useErrorTitle(act.shows === 'errors' && set.complaints().length > 0);
  return <ErrorSummary complaints={set.complaints(act.shows)} kind={act.shows} focus={act.summary} />;
}

export function Bar(props: {
  readonly set: FormSet;
  readonly offers: readonly OfferView[];
  readonly sending: Sending;
  readonly act: Act;
  readonly draft: DraftState | null;
}) {
  const t = useTexts();
  const { set, act, draft } = props;
  useFormSet(set);
  return (
    <OfferBar
      offers={props.offers}
      sending={props.sending}
      onPress={act.press}
      missing={missingConsent(set, t)}
      status={draft && <DraftStatus state={draft} uploads={act.queued ? set.busy() : 0} />}
    />
  );
}

/** A form that a correction leaves as it is: its values on sunken ground. */
export function LockedForm({ store, services }: { readonly store: FormStore; readonly services: FormServices }) {
  return (
    <div id={elementId(store.id)} tabIndex={-1} className="lockedform">
      <ReadView
        schema={store.form.schema}
        values={mask(store.form.schema, store.current())}
        services={services}
        title={store.form.title}
        locked
      />
    </div>
  );
}

/** Consents that are still missing switch the button off and say which: nobody is led past them. */
function missingConsent(set: FormSet, t: ReturnType<typeof useTexts>): string | null {
  const missing = set.stores.flatMap((store) =>
    store.form.fields.filter((field) => {
      if (field.agreements.length === 0) return false;
      const state = store.field(field.name);
      return state.visible && state.required && !state.readonly && !isAccepted(state.value);
    }),
  );
  const first = missing[0];
  return first ? t('case.consent', { n: missing.length, title: first.title }) : null;
}

/** On the phone: how much of what is asked for is there. */
export function Progress({ set }: { readonly set: FormSet }) {
  const t = useTexts();
  const asked = set.stores.flatMap((store) =>
    store.form.fields.map((field) => store.field(field.name)).filter((state) => state.visible && state.required),
  );
  const done = asked.filter((state) => state.value !== undefined && state.value !== '' && state.value !== null).length;
  if (asked.length === 0) return null;
  return (
    <div className="stepline phone-progress" role="status">
      <p>
        <span className="strong">{t('phone.progress', { n: done, total: asked.length })}</span>
      </p>
      <div className="segs" aria-hidden="true">
        {asked.map((state, index) => (
          <i key={state.field.name} className={index < done ? 'on' : undefined} />
        ))}
      </div>
    </div>
  );
}
