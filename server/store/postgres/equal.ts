import type pg from 'pg';
import type { Change, Listener, Nodes } from '../nodes.ts';
import { Claims } from './claims.ts';
import type { Database } from './database.ts';
import type { Feed } from './feed.ts';
import type { Node } from './node.ts';
import { HINT } from './statements.ts';

/** Hints that come together go together, ms: whoever sends one makes others wait for its commit. */
const GATHER = 5;
/** PostgreSQL takes less than 8,000 bytes. */
const MOST_HINTS = 100;
const MOST_LENGTH = 7_000;
const MINUTE = 60_000;

type Hint = readonly [topic: string, count: number];

/** What a node on PostgreSQL knows of the others (ADR 0045). */
export class EqualNodes implements Nodes {
  readonly isShared = true;
  readonly #database: Database;
  readonly #node: Node;
  readonly #claims: Claims;
  readonly #feed: Feed;
  readonly #channel: string;
  #listener: Listener | null = null;
  #hints: Hint[] = [];
  #sending: NodeJS.Timeout | null = null;
  #begin: (() => void) | null = null;
  #isFirst = false;
  #pruned = 0;
  #isClosed = false;

  constructor(database: Database, node: Node, feed: Feed, channel: string) {
    this.#database = database;
    this.#node = node;
    this.#claims = new Claims(database, node.epoch);
    this.#feed = feed;
    this.#channel = channel;
    node.onBeat((isFirst) => this.#beat(isFirst));
  }

  hold: Nodes['hold'] = (names, patience) => this.#claims.hold(names, patience);
  claim: Nodes['claim'] = (name) => this.#claims.claim(name);
  current: Nodes['current'] = () => this.#feed.current();

  follow(listener: Listener): void {
    this.#listener = listener;
    this.#feed.follow((changes: readonly Change[]) => listener.hear(changes));
  }

  tell(topic: string, count: number): void {
    if (this.#hints.length < MOST_HINTS) this.#hints.push([topic, count]);
    this.#send();
  }

  /** Something was committed: others are told to look. */
  changed(): void {
    this.#send();
  }

  onLead(begin: () => void): void {
    this.#begin = begin;
    if (this.#isFirst) this.#lead();
  }

  /** What another node has said. */
  hinted(payload: string | undefined): void {
    const [from, hints] = JSON.parse(payload ?? '[0,[]]') as [number, readonly Hint[]];
    if (from === this.#node.epoch) return;
    void this.current()
      .then(() => {
        for (const [topic, count] of hints) this.#listener?.told(topic, count);
      })
      .catch(() => undefined);
  }

  stop(): void {
    this.#isClosed = true;
    if (this.#sending) clearTimeout(this.#sending);
  }

  #send(): void {
    if (this.#isClosed) return;
    this.#sending ??= setTimeout(() => {
      this.#sending = null;
      const hints = this.#hints.splice(0);
      const whole = JSON.stringify([this.#node.epoch, hints]);
      const payload = whole.length < MOST_LENGTH ? whole : JSON.stringify([this.#node.epoch, []]);
      void this.#database.ask('hint', HINT, [this.#channel, payload]).catch(() => undefined);
    }, GATHER).unref();
  }

  #beat(isFirst: boolean): void {
    this.#isFirst = isFirst;
    if (isFirst) this.#lead();
    void this.current().catch(() => undefined);
    void this.#claims.settle();
    this.#feed.requireHeard();
    if (!isFirst || Date.now() - this.#pruned < MINUTE) return;
    this.#pruned = Date.now();
    void this.#feed.prune().catch(() => undefined);
  }

  #lead(): void {
    const begin = this.#begin;
    this.#begin = null;
    begin?.();
  }
}

/** Of this place in the database; others may have one of their own. */
export async function channelOf(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ channel: string }>(
    `SELECT 'certflow_' || abs(hashtextextended(current_schema(), 0)) AS channel`,
  );
  return rows[0]?.channel ?? 'certflow';
}
