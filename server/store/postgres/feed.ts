import type { Change } from '../nodes.ts';
import type { Database } from './database.ts';
import { STRUCK_OFF } from './errors.ts';
import { CHANGES, FORGET_CHANGES, SNAPSHOT } from './statements.ts';

/** n, transaction, kind, id. */
type Row = readonly [number, string, string, string];

/** A node that has heard nothing for so long may have missed what is forgotten by then, ms. */
const LONGEST_SILENCE = 5 * 60_000;

/**
 * What other nodes have changed, from the table in which every write leaves a line. A line is read as soon as it can be seen;
 * the place from which is read on moves no further than all transactions have ended, since lines become visible out of
 * order.
 */
export class Feed {
  readonly #database: Database;
  readonly #epoch: number;
  /** Transactions before this one have ended. */
  #from: string;
  /** Lines behind it that were read. */
  #seen = new Set<number>();
  #waiting: Change[] = [];
  #hear: (changes: readonly Change[]) => Promise<void> = async () => undefined;
  #polling: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #heard = performance.now();

  constructor(database: Database, epoch: number, from: string) {
    this.#database = database;
    this.#epoch = epoch;
    this.#from = from;
  }

  static async open(database: Database, epoch: number): Promise<Feed> {
    const [row] = await database.read<{ xmin: string }>('changes', SNAPSHOT, []);
    return new Feed(database, epoch, row?.xmin ?? '0');
  }

  follow(hear: (changes: readonly Change[]) => Promise<void>): void {
    this.#hear = hear;
  }

  /** Looks once after this call has begun; those that ask meanwhile share the next look. */
  current(): Promise<void> {
    this.#next ??= this.#polling
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        this.#polling = this.#poll();
        return this.#polling;
      });
    return this.#next;
  }

  /** Forgets what everybody has heard. */
  async prune(): Promise<void> {
    await this.#database.write('changes', FORGET_CHANGES, [this.#epoch]);
  }

  /** Nobody may go on who has heard nothing for too long. */
  requireHeard(): void {
    if (performance.now() - this.#heard > LONGEST_SILENCE) this.#database.fatal(STRUCK_OFF);
  }

  async #poll(): Promise<void> {
    const [row] = await this.#database.ask<{ xmin: string; there: boolean; rows: readonly Row[] | null }>(
      'changes',
      CHANGES,
      [this.#epoch, this.#from],
    );
    if (!row) return;
    // Woken after a long sleep: what this node remembers is of another time.
    if (!row.there) this.#database.fatal(STRUCK_OFF);
    this.#heard = performance.now();
    const rows = row.rows ?? [];
    for (const [n, , kind, id] of rows) if (!this.#seen.has(n)) this.#waiting.push({ kind, id });
    const from = BigInt(row.xmin);
    this.#seen = new Set(rows.flatMap(([n, xid]) => (BigInt(xid) >= from ? [n] : [])));
    this.#from = row.xmin;
    if (this.#waiting.length === 0) return;
    const changes = newestOnce(this.#waiting);
    await this.#hear(changes);
    this.#waiting = [];
  }
}

/** Each thing once, where it was changed last. */
function newestOnce(changes: readonly Change[]): readonly Change[] {
  const all = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.kind}/${change.id}`;
    all.delete(key);
    all.set(key, change);
  }
  return [...all.values()];
}
