import { useCallback, useEffect, useRef, useState } from 'react';
import type { OfferView } from '../../../engine/contract/view.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { Fault } from '../../api/index.ts';
import { asFault } from '../../app/load.ts';
import type { FormSet } from '../../form/index.ts';
import type { LiveCase } from './use-case.ts';

export interface Act {
  /** A button was pressed: checks the forms, asks what has to be asked, sends. */
  readonly press: (offer: OfferView) => void;
  /**
   * Sends it with the data of its dialogue.
   * @returns what was refused, for the dialogue to show; null when it was done
   */
  readonly submit: (offer: OfferView, data?: JsonObject) => Promise<Fault | null>;
  /** The dialogue that is open. */
  readonly open: OfferView | null;
  readonly close: () => void;
  /** Why the last attempt was refused, when it belongs to no field. */
  readonly refusal: string | null;
  /** Rises when the error summary has to take the focus. */
  readonly summary: number;
  /** Which of the two summaries the person is shown. Warnings block nothing: the second press goes on. */
  readonly shows: 'errors' | 'warnings';
  /** Pressed while files were still on their way: goes on by itself when they have arrived. */
  readonly queued: OfferView | null;
  /** Rises with every event that was done, so that a dialogue starts empty again. */
  readonly sent: number;
}

/** The one way from a button to the server. */
export function useAct(deps: {
  readonly live: LiveCase;
  readonly set: FormSet;
  readonly flush: () => Promise<void>;
}): Act {
  const { live, set, flush } = deps;
  const [open, setOpen] = useState<OfferView | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [summary, setSummary] = useState(0);
  const [sent, setSent] = useState(0);
  const [shows, setShows] = useState<'errors' | 'warnings'>('errors');
  const [queued, setQueued] = useState<OfferView | null>(null);
  /** What the person was warned of already, so that the same warning stops nobody twice. */
  const warned = useRef('');

  const submit = useCallback<Act['submit']>(
    async (offer, data) => {
      setRefusal(null);
      // A draft that arrives after the event would open a working copy of what has just been committed.
      await flush();
      const withForms = offer.saves !== 'nothing' && set.stores.length > 0;
      const unsaved = withForms ? set.takeDirty() : null;
      try {
        await live.send({
          event: offer.event,
          ...(withForms && { forms: set.values() }),
          ...(data && { data }),
        });
        setOpen(null);
        setSent((count) => count + 1);
        return null;
      } catch (error) {
        const fault = asFault(error);
        if (unsaved) set.giveBack(unsaved);
        const errors = fault.fieldErrors;
        if (errors.length > 0) {
          const others = set.refuse(errors.filter((one) => set.store(one.path.split('.')[0] ?? '') !== null));
          const here = errors.length - others.length;
          if (here > 0) {
            setShows('errors');
            setSummary((count) => count + 1);
          }
        }
        return fault;
      }
    },
    [live, set, flush],
  );

  const press = useCallback<Act['press']>(
    (offer) => {
      setRefusal(null);
      if (offer.saves !== 'nothing' && set.busy() > 0) {
        setQueued(offer);
        return;
      }
      setQueued(null);
      if (offer.saves === 'complete' && set.stores.length > 0) {
        const { errors, warnings } = set.check();
        const warning = warnings.map(({ path, message }) => `${path} ${message}`).join();
        if (errors.length > 0 || (warning !== '' && warning !== warned.current)) {
          if (errors.length === 0) warned.current = warning;
          setShows(errors.length > 0 ? 'errors' : 'warnings');
          setSummary((count) => count + 1);
          return;
        }
      }
      if (offer.form || offer.confirm) {
        setOpen(offer);
        return;
      }
      void submit(offer).then((fault) => {
        if (fault && !(fault.fieldErrors.length > 0 && set.complaints().length > 0)) setRefusal(fault.message);
      });
    },
    [set, submit],
  );

  useEffect(() => {
    if (!queued) return;
    return set.subscribe(() => {
      if (set.busy() === 0) press(queued);
    });
  }, [queued, set, press]);

  const close = useCallback(() => setOpen(null), []);
  return { press, submit, open, close, refusal, summary, shows, queued, sent };
}
