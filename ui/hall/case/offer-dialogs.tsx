import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import type { ReleaseView } from '../../../engine/contract/routes.ts';
import type { OfferView, TaskView } from '../../../engine/contract/view.ts';
import { Icon } from '../../app/icon.tsx';
import { Dialog } from '../../app/parts/dialog.tsx';
import { useTexts } from '../../app/texts/index.ts';
import { ErrorSummary, type FormServices, FormSet, type FormStore, FormView, useFormSet } from '../../form/index.ts';
import { ConfirmDialog, SendingNote } from './offers.tsx';
import type { Act } from './use-act.ts';
import type { LiveCase } from './use-case.ts';
import { contextOf, type Forms } from './use-forms.ts';

interface DialogueProps {
  readonly act: Act;
  readonly live: LiveCase;
  readonly release: ReleaseView;
  readonly forms: Forms;
  readonly task: TaskView;
  /** The page's own forms, which a dialogue's conditions may read. */
  readonly set: FormSet;
  readonly services: FormServices;
  /** What a page has to say above the form of a dialogue. */
  readonly before?: (offer: OfferView, store: FormStore) => ReactNode;
}

/** The dialogue that a pressed button opened: a form of its own, or a sentence to confirm. */
export function OfferDialogs(props: DialogueProps) {
  const { act, live } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const offer = act.open;
  if (!offer) return null;
  const close = (): void => {
    setProblem(null);
    act.close();
  };
  if (!offer.form) {
    return (
      <ConfirmDialog
        offer={offer}
        over={live.state.kind === 'ready' && live.state.data.over}
        sending={live.sending}
        problem={problem}
        onClose={close}
        onConfirm={() => void act.submit(offer).then((fault) => setProblem(fault?.message ?? null))}
      />
    );
  }
  return (
    <Dialog title={offer.title} onClose={close} sticky>
      <DialogueForm {...props} offer={offer} onCancel={close} />
    </Dialog>
  );
}

/** The dialogue of a page that asks for nothing else: it stands in the page itself. */
export function InlineDialogue(props: DialogueProps & { readonly offer: OfferView }) {
  return (
    <section className="inline-dialogue">
      <DialogueForm {...props} />
    </section>
  );
}

function DialogueForm(props: DialogueProps & { readonly offer: OfferView; readonly onCancel?: () => void }) {
  const t = useTexts();
  const { offer, act, live, release, task } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const [focus, setFocus] = useState(0);
  const form = offer.form ? props.forms[offer.form] : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is being typed outlives newer views of the case
  const set = useMemo(() => {
    const context = contextOf(release, task);
    return new FormSet({
      forms: form ? [{ form, values: offer.formValues ?? {}, editable: null }] : [],
      context: { ...context, forms: { ...context.forms, ...props.set.values() } },
    });
  }, [form, offer.event]);
  useFormSet(set);
  const store = set.stores[0];
  const busy = live.sending.kind !== 'idle';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !store) return;
    setProblem(null);
    if (set.check().errors.length > 0) {
      setFocus((count) => count + 1);
      return;
    }
    const fault = await act.submit(offer, store.current());
    if (!fault) return;
    const others = set.refuse(fault.fieldErrors);
    if (fault.fieldErrors.length > others.length) setFocus((count) => count + 1);
    else setProblem(fault.message);
  };

  if (!store) return null;
  return (
    <form noValidate onSubmit={(event) => void submit(event)} aria-label={offer.title}>
      <ErrorSummary complaints={set.complaints()} focus={focus} />
      {problem && (
        <p className="note err refusal" role="alert">
          <Icon name="alert" />
          <span>{problem}</span>
        </p>
      )}
      {props.before?.(offer, store)}
      <FormView store={store} services={props.services} heading={props.onCancel ? 0 : 2} />
      {offer.confirm && <p className="read dialogue-confirm">{offer.confirm}</p>}
      <SendingNote sending={live.sending} />
      <footer className="dialogue-foot">
        <button
          type="submit"
          className={offer.look === 'danger' ? 'btn danger solid' : 'btn primary'}
          data-event={offer.event}
          aria-disabled={busy || undefined}
          aria-busy={busy || undefined}
        >
          {offer.title}
        </button>
        {props.onCancel && (
          <button type="button" className="btn" onClick={props.onCancel}>
            {t('app.cancel')}
          </button>
        )}
      </footer>
    </form>
  );
}
