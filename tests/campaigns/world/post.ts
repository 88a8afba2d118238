import type { JsonObject } from '../../../engine/model/json.ts';
import type { Reply } from '../../../server/connectors/connector.ts';
import type { Door } from '../../../server/connectors/door.ts';
import { sign } from '../../../server/connectors/signature.ts';
import type { Chance } from './chance.ts';
import type { Tally } from './tally.ts';

/** What the senders and the hall's door sign with. */
export const secret = 'the secret of the senders';

/** Something that is on its way to the hall. */
export interface Letter {
  readonly connector: string;
  readonly due: number;
  /** As it stands in the body: an outcome of a request, or an event that nobody asked for. */
  readonly says: JsonObject;
  /** The hall has confirmed it. */
  heard?(): void;
}

interface Seen {
  readonly connector: string;
  readonly body: string;
  readonly headers: { readonly [name: string]: string };
}

const minute = 60_000;

/**
 * Letters to the hall's door: late, in no order, kept by their sender until they were confirmed. Somebody on the way has
 * read some of them and writes letters of his own.
 */
export class Post {
  readonly #now: () => number;
  readonly #tally: Tally;
  #letters: Letter[] = [];
  #seen: Seen[] = [];

  constructor(now: () => number, tally: Tally) {
    this.#now = now;
    this.#tally = tally;
  }

  send(letter: Letter): void {
    this.#letters.push(letter);
  }

  /** Some letters that are due, in no order. */
  due(how: Chance, most: number): readonly Letter[] {
    const now = this.#now();
    const due = this.#letters.filter((letter) => letter.due <= now);
    const some: Letter[] = [];
    while (some.length < most && due.length > 0) {
      const place = how.below(due.length);
      if (place > 0) this.#tally.count('letter before an older one');
      some.push(...due.splice(place, 1));
    }
    return some;
  }

  /** When the next letter is due, or null. */
  next(): number | null {
    return this.#letters.reduce<number | null>((first, { due }) => (first === null || due < first ? due : first), null);
  }

  /** Whether a letter that says so is still to come. */
  awaits(says: (letter: JsonObject) => boolean): boolean {
    return this.#letters.some((letter) => says(letter.says));
  }

  /** @returns what is wrong with how it was received, or null. What is not confirmed stays and comes again. */
  async deliver(door: Door, letter: Letter): Promise<string | null> {
    const body = JSON.stringify(letter.says);
    const headers = sign(secret, pathOf(letter.connector), body, this.#now());
    const reply = await this.#give(door, letter.connector, body, headers);
    this.#seen = [...this.#seen, { connector: letter.connector, body, headers }].slice(-20);
    if (reply.status !== 200) return `a letter of ${letter.connector} was answered with ${reply.status}: ${body}`;
    this.#letters = this.#letters.filter((one) => one !== letter);
    letter.heard?.();
    this.#tally.count('letter heard');
    return null;
  }

  /** A letter that its alleged sender did not write, or not so. @returns what is wrong with how it was received, or null */
  async forge(door: Door, invented: { readonly connector: string; readonly says: JsonObject }, how: Chance) {
    const old = this.#seen.length === 0 ? null : how.pick(this.#seen);
    const way = old === null ? 'signed with another key' : how.pick(ways);
    const now = this.#now();
    const { connector } = old !== null && way !== 'signed with another key' ? old : invented;
    const path = pathOf(connector);
    let body = JSON.stringify(invented.says);
    let headers: Seen['headers'] = sign('a key that was guessed', path, body, now);
    if (old !== null && way === 'changed on the way') {
      body = JSON.stringify(changed(JSON.parse(old.body) as JsonObject, how));
      headers = old.headers;
    } else if (old !== null && way === 'for another address') ({ body, headers } = old);
    else if (old !== null && way === 'of long ago') {
      ({ body } = old);
      headers = sign(secret, path, body, now - 6 * minute - how.below(60 * 24) * minute);
    }
    const to = way === 'for another address' ? `${connector}x` : connector;
    const reply = await this.#give(door, to, body, headers);
    this.#tally.count(`forged: ${way}`);
    return reply.status === 200 ? `a letter that was ${way} was believed: ${body}` : null;
  }

  #give(door: Door, connector: string, body: string, headers: Seen['headers']): Promise<Reply> {
    const message = { part: '', method: 'POST', path: pathOf(connector), query: {}, body: Buffer.from(body) };
    return door(connector, { ...message, headers, now: this.#now() });
  }
}

const ways = ['signed with another key', 'changed on the way', 'for another address', 'of long ago'] as const;
const pathOf = (connector: string): string => `/connectors/${connector}/callback`;

/** Another sum, another number or another outcome than what was signed. */
function changed(says: JsonObject, how: Chance): JsonObject {
  const { data } = says;
  if (data !== null && typeof data === 'object' && !Array.isArray(data) && Object.keys(data).length > 0) {
    const name = how.pick(Object.keys(data));
    const value = data[name];
    return { ...says, data: { ...data, [name]: typeof value === 'number' ? value + 1 : `${String(value)}1` } };
  }
  return { ...says, outcome: 'FAILED' };
}
