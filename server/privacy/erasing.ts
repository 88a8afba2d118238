import { timerId } from '../../engine/compile/names.ts';
import type { CaseView } from '../../engine/contract/view.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Transition } from '../../engine/model/composed.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { activeStates } from '../cases/index-of-cases.ts';

/** What an erasure means for one case. */
export type CaseErasure =
  /** Nothing of the person is in it any more. */
  | { readonly kind: 'erased' }
  /** It can be erased now, by this event of its owner. */
  | { readonly kind: 'now'; readonly event: string }
  /** A law keeps it until then; null when the date is not known. It is erased by itself. */
  | { readonly kind: 'kept'; readonly until: number | null }
  /** It is under way. */
  | { readonly kind: 'open' };

/**
 * Read from the definition: an event erases when one of its branches does or leads to a state that does on being entered.
 * How long what is kept is said by the deadline that erases.
 */
export function erasureOf(definition: Definition, state: CaseState, view: Pick<CaseView, 'tasks'>): CaseErasure {
  if (state.erased?.values !== undefined) return { kind: 'erased' };
  const active = activeStates(state);
  const erases = (transition: Transition): boolean =>
    transition.branches.some(
      ({ words, to }) =>
        words.erase.includes('values') ||
        (to.kind === 'state' && definition.chart.states[to.address]?.enter.erase.includes('values') === true),
    );
  const events = new Set(
    active.flatMap((address) =>
      Object.entries(definition.chart.states[address]?.on ?? {})
        .filter(([, transition]) => erases(transition))
        .map(([event]) => event),
    ),
  );
  const offered = view.tasks
    .flatMap(({ offers }) => offers)
    .find(({ event, blockers }) => events.has(event) && blockers.length === 0);
  if (offered) return { kind: 'now', event: offered.event };
  if (!state.over) return { kind: 'open' };
  const dues = Object.entries(state.timers)
    .filter(([name, timer]) => timer.kind === 'after' && isErasing(name, timer.state))
    .map(([, { due }]) => due);
  return { kind: 'kept', until: dues.length > 0 ? Math.min(...dues) : null };

  function isErasing(name: string, address: string): boolean {
    const deadlines = definition.chart.states[address]?.after ?? [];
    return deadlines.some(({ key, transition }) => name === timerId(address, 'after', key) && erases(transition));
  }
}
