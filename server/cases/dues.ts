import type { Timer } from '../../engine/model/case.ts';
import type { CaseDocument, OutboxEntry } from '../store/store.ts';

/** When something of a case is due; null = never. */
export interface Dues {
  readonly timer: number | null;
  readonly outbox: number | null;
}

export function duesOf(document: CaseDocument): Dues {
  return { timer: nextTimer(document)?.timer.due ?? null, outbox: nextEntry(document)?.due ?? null };
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
