import type { CaseState, JournalEntry } from '../../engine/model/case.ts';
import type { Effect } from '../../engine/model/effect.ts';
import type { CaseDocument, OutboxEntry } from '../store/store.ts';
import { nextSecrets, type Secrets } from './secrets.ts';

/** One accepted step with all that has to change together with it. */
export interface Step {
  readonly next: CaseState;
  readonly effects: readonly Effect[];
  readonly entry: JournalEntry;
  readonly now: number;
  /** Ids of the message or request that caused it. */
  readonly consumed: readonly string[];
  /** Secrets that were right. */
  readonly burn: readonly string[];
  /** A call that this step answered. */
  readonly answered: { readonly call: string; readonly generation: number } | null;
}

/** Bounds of the lists that outside senders and clients could otherwise grow. */
const MOST_CONSUMED = 500;
const MOST_NOTICES = 200;

/** The document after a step: state, journal, outbox, secrets, notices and consumed ids, to be written as one. */
export function assemble(document: CaseDocument, step: Step, secrets: Secrets): CaseDocument {
  const { next, effects, entry, now, answered } = step;
  const pages = effects.flatMap((effect) =>
    effect.kind === 'notice' && effect.by === 'page' ? [{ at: now, text: effect.text }] : [],
  );
  return {
    state: next,
    journal: [...document.journal, entry],
    outbox: nextOutbox(document.outbox, effects, answered, now),
    secrets: nextSecrets(secrets, document, next, effects, step.burn, now),
    // What the page told may hold values that are to be forgotten.
    notices: [...(erases(effects) ? [] : document.notices), ...pages].slice(-MOST_NOTICES),
    consumed: [...document.consumed, ...step.consumed].slice(-MOST_CONSUMED),
  };
}

function erases(effects: readonly Effect[]): boolean {
  return effects.some((effect) => effect.kind === 'erase' && effect.what === 'values');
}

function nextOutbox(
  outbox: readonly OutboxEntry[],
  effects: readonly Effect[],
  answered: Step['answered'],
  now: number,
): readonly OutboxEntry[] {
  let after = outbox;
  const drop = (call: string, generation: number, which: (entry: OutboxEntry) => boolean): void => {
    after = after.filter(
      (entry) =>
        !(
          entry.effect.kind === 'call' &&
          entry.effect.call === call &&
          entry.effect.generation === generation &&
          which(entry)
        ),
    );
  };
  if (answered) drop(answered.call, answered.generation, () => true);
  for (const effect of effects) {
    switch (effect.kind) {
      case 'call':
        after = [...after, { effect, since: now, tries: 0, due: now }];
        break;
      case 'leave':
        // Nobody waits for it any more: what was not sent yet is not sent; what the other side owes is still heard.
        drop(effect.call, effect.generation, (entry) => entry.pendingSince === undefined);
        break;
      case 'notice':
        if (effect.by !== 'page') after = [...after, { effect, since: now, tries: 0, due: now }];
        break;
      case 'erase':
        after = [...after, { effect, since: now, tries: 0, due: now }];
        break;
      case 'makeSecret':
        break;
    }
  }
  return after;
}

/** The first document of a case. */
export function firstDocument(step: Step, secrets: Secrets): CaseDocument {
  const empty = { state: step.next, journal: [], outbox: [], secrets: {}, notices: [], consumed: [] };
  return assemble(empty, step, secrets);
}
