import type { CaseView } from '../../../../engine/contract/view.ts';
import type { CaseDocument } from '../../../../server/store/store.ts';

/** A case that has not ended names somebody who has to act, or a moment at which it goes on. [I3] */
export function waitsForNobody(document: CaseDocument, view: CaseView): string | null {
  const { state, outbox } = document;
  if (state.over) return null;
  for (const [call, { generation, status }] of Object.entries(state.calls)) {
    if (status !== 'waiting') continue;
    const isOut = outbox.some(
      ({ effect }) => effect.kind === 'call' && effect.call === call && effect.generation === generation,
    );
    // Its answer is there, for when the case comes back.
    const isParked = Object.values(state.parked).some(({ outcomes }) => outcomes.some((one) => one.call === call));
    if (!isOut && !isParked) return `waits for ${call}, which nobody was asked for`;
  }
  const [first] = view.waiting;
  if (first === undefined) return `waits at ${state.active.join(', ')} for nobody`;
  const isNamed = first.who.title !== '' && first.what !== '';
  return isNamed ? null : `waits at ${first.state} for somebody without a name`;
}
