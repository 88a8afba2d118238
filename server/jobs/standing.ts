import type { Dues, Queued } from '../cases/dues.ts';

/** What of one connector waits. */
export interface QueueStanding {
  readonly name: string;
  /** To be sent, or to be sent again. */
  readonly waiting: number;
  /** Taken by the other side, which owes the outcome. */
  readonly owed: number;
  /** How long the oldest waits to be sent, ms; null when none does. */
  readonly oldest: number | null;
}

export interface JobsStanding {
  readonly queues: readonly QueueStanding[];
  /** Cases with a timer; those whose timer should have fired; how late the latest is, ms. */
  readonly timers: { readonly planned: number; readonly due: number; readonly late: number };
  /** Cases whose job failed and is tried again. */
  readonly failing: { readonly timers: number; readonly outbox: number };
}

/** What waits in outboxes, by connector. Holds only cases of which something waits. */
export class Waiting {
  readonly #cases = new Map<string, readonly Queued[]>();

  note(id: string, { queued }: Dues): void {
    if (queued === undefined || queued.length === 0) this.#cases.delete(id);
    else this.#cases.set(id, queued);
  }

  standing(now: number): readonly QueueStanding[] {
    const found = new Map<string, { waiting: number; owed: number; first: number | null }>();
    for (const queued of this.#cases.values()) {
      for (const { name, since, owed } of queued) {
        const queue = found.get(name) ?? { waiting: 0, owed: 0, first: null };
        found.set(name, queue);
        if (owed) queue.owed += 1;
        else {
          queue.waiting += 1;
          queue.first = Math.min(queue.first ?? since, since);
        }
      }
    }
    return [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { waiting, owed, first }]) => ({
        ...{ name, waiting, owed },
        oldest: first === null ? null : Math.max(0, now - first),
      }));
  }
}

/** Cases whose job failed: since when they should have been done. */
export class Failing {
  readonly #since = new Map<string, number>();

  get size(): number {
    return this.#since.size;
  }

  failed(id: string, due: number): void {
    if (!this.#since.has(id)) this.#since.set(id, due);
  }

  done(id: string): void {
    this.#since.delete(id);
  }

  /** Since when the first should have been done; null when none fails. */
  first(): number | null {
    let first: number | null = null;
    for (const since of this.#since.values()) first = Math.min(first ?? since, since);
    return first;
  }
}
