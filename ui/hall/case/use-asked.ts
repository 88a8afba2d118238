import { useEffect, useRef } from 'react';
import type { OfferView } from '../../../engine/contract/view.ts';
import { reasonOf } from './offers.tsx';
import type { TaskPageProps } from './task-page.tsx';
import type { Act } from './use-act.ts';

/** Opens what a list asked for, once. A plain event is only done when the person pressed it in our own list. */
export function useWanted(
  props: Pick<TaskPageProps, 'wanted' | 'task' | 'onWanted'>,
  press: (offer: OfferView) => void,
): void {
  const done = useRef(false);
  const { wanted, task, onWanted } = props;
  useEffect(() => {
    const offer = wanted && task.offers.find((entry) => entry.event === wanted.event);
    if (!offer || done.current) return;
    done.current = true;
    onWanted();
    if (reasonOf(offer) !== null) return;
    if (wanted.act || offer.form || offer.confirm) press(offer);
    else document.querySelector<HTMLElement>(`[data-event="${CSS.escape(offer.event)}"]`)?.focus();
  }, [wanted, task, onWanted, press]);
}

/** Presses the button that leads towards the step that the person wants to go back to. */
export function useStepBack({ wayBack, task }: TaskPageProps, act: Act): void {
  const event = wayBack?.next ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each event; the page of the next task starts anew
  useEffect(() => {
    if (event === null) return;
    const offer = task.offers.find((entry) => entry.event === event);
    if (offer && reasonOf(offer) === null) act.press(offer);
    else wayBack?.stop();
  }, [event]);
  const refused = act.refusal !== null;
  useEffect(() => {
    if (refused) wayBack?.stop();
  }, [refused, wayBack?.stop]);
}
