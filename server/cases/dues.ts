import type { Timer } from '../../engine/model/case.ts';
import type { CaseDocument, OutboxEntry, ShellEffect } from '../store/store.ts';

/** When something of a case is due; null = never. */
export interface Dues {
  readonly timer: number | null;
  readonly outbox: number | null;
  /** What is not done yet, oldest first; absent where there is nothing. Kept with the index since 0.1: absent in older ones. */
  readonly queued?: readonly Queued[];
}

/** An effect that waits, as far as operations count it. */
export interface Queued {
  /** The connector, `message` for SMS and e-mail, `desk`, `portal`, or `house` for what nobody else has to do. */
  readonly name: string;
  readonly since: number;
  /** The other side has taken it and owes the outcome. */
  readonly owed?: true;
}

export function duesOf(document: CaseDocument): Dues {
  const { outbox } = document;
  return {
    timer: nextTimer(document)?.timer.due ?? null,
    outbox: nextEntry(document)?.due ?? null,
    ...(outbox.length > 0 && { queued: outbox.map(queuedOf) }),
  };
}

function queuedOf({ effect, since, pendingSince }: OutboxEntry): Queued {
  return { name: nameOf(effect), since, ...(pendingSince !== undefined && { owed: true }) };
}

function nameOf(effect: ShellEffect): string {
  switch (effect.kind) {
    case 'call':
      return effect.connector;
    case 'notice':
      return effect.by === 'sms' || effect.by === 'email' ? 'message' : 'desk';
    case 'webhook':
      return 'portal';
    case 'erase':
    case 'leave':
    case 'makeSecret':
      return 'house';
  }
}

/** The timer that is due first, or null. */
export function nextTimer(document: CaseDocument): { readonly id: string; readonly timer: Timer } | null {
  let first: { id: string; timer: Timer } | null = null;
  for (const [id, timer] of Object.entries(document.state.timers)) {
    if (!first || timer.due < first.timer.due) first = { id, timer };
  }
  return first;
}

/** The entry that is due first, or null. */
export function nextEntry(document: CaseDocument): OutboxEntry | null {
  let first: OutboxEntry | null = null;
  for (const entry of document.outbox) if (!first || entry.due < first.due) first = entry;
  return first;
}
