import { randomBytes } from 'node:crypto';
import type { Json } from '../../engine/model/json.ts';
import { newId } from '../ids.ts';
import { KeyedQueue } from '../store/queue.ts';
import { type Store, StoreCorrupt } from '../store/store.ts';
import { createCrypto, Unsealable } from './crypto.ts';
import { KeyError, type KeyRing, type RingKey } from './keys.ts';
import { DEFAULT_SUITE, type Suite, suiteOf } from './suites.ts';

/**
 * The keys that data is sealed with (envelope encryption): they stand in the store, wrapped by a master key that does not.
 * A new master key wraps a handful of keys anew instead of everything that they sealed.
 */
export interface DataKeys extends KeyRing {
  /** A change of keys that was begun and is not done. */
  readonly rotating: boolean;
  list(): readonly DataKeyLine[];
  /** One change of keys after the other: two at once would each write a list without the other's key. */
  alone<T>(change: () => Promise<T>): Promise<T>;
  /** A new key that seals from now on; the others open what is older. */
  add(now: number): Promise<string>;
  /** Another process has changed them. */
  reload(): Promise<void>;
  /** The change is done. Old keys stay for reading: nothing is lost by a piece that was overlooked. */
  finish(): Promise<void>;
  /** Wraps every key with the newest master. @returns how many were wrapped by another */
  rewrap(masters: KeyRing): Promise<number>;
}

export interface DataKeyLine {
  readonly id: string;
  readonly suite: string;
  readonly master: string;
  readonly madeAt: number;
  readonly use: 'seals' | 'opens' | 'digests';
}

interface Wrapped {
  readonly id: string;
  readonly suite: string;
  readonly master: string;
  readonly wrapped: string;
  readonly at: number;
}

/** As it stands in the store, twice: a damaged one must not take everything else with it. */
export interface StoredKeys {
  readonly current: string;
  readonly digests: string;
  readonly rotating: boolean;
  readonly keys: readonly Wrapped[];
}

export const KEYS_KIND = 'keyring';
const COPIES = ['main', 'copy'] as const;
const BYTES = 32;

/**
 * Opens the keys of a store, or makes them. A folder that is older than they are was sealed with the master keys
 * themselves: these become its first data keys. @param raw the store beneath the sealing one @param wanted null: as before
 * @throws KeyError
 */
export async function openDataKeys(raw: Store, masters: KeyRing, wanted: Suite | null, now: number): Promise<DataKeys> {
  const stored = await readStoredKeys(raw);
  if (stored === null) return createKeys(raw, masters, wanted ?? DEFAULT_SUITE, now);
  const keys = unwrapAll(stored, masters);
  const suite = wanted ?? keys.get(stored.current)?.suite ?? DEFAULT_SUITE;
  const opened = new Ring(raw, masters, suite, stored, keys);
  await opened.rewrap(masters);
  // What is new is sealed in the way that is asked for now; `certflow keys rotate` does the rest.
  if (opened.keys.get(opened.current)?.suite !== suite) await opened.add(now);
  return opened;
}

/** The keys of a stored list, for whoever has no store (a backup that is looked at). @throws KeyError */
export function ringOf(stored: StoredKeys, masters: KeyRing): KeyRing {
  return { current: stored.current, oldest: stored.digests, keys: unwrapAll(stored, masters) };
}

export async function readStoredKeys(raw: Store): Promise<StoredKeys | null> {
  let damaged: StoreCorrupt | null = null;
  for (const copy of COPIES) {
    try {
      const found = await raw.readDocument(KEYS_KIND, copy);
      if (found) return found.data as unknown as StoredKeys;
    } catch (error) {
      if (!(error instanceof StoreCorrupt)) throw error;
      damaged = error;
    }
  }
  if (damaged) throw damaged;
  return null;
}

async function writeStoredKeys(raw: Store, stored: StoredKeys): Promise<void> {
  let damaged: StoreCorrupt | null = null;
  let written = 0;
  for (const copy of COPIES) {
    try {
      await raw.writeDocument(KEYS_KIND, copy, stored as unknown as Json);
      written += 1;
    } catch (error) {
      if (!(error instanceof StoreCorrupt)) throw error;
      damaged = error;
    }
  }
  // One that is damaged stays as it is (`/readyz` tells of it) as long as the other holds.
  if (damaged && written === 0) throw damaged;
}

async function createKeys(raw: Store, masters: KeyRing, suite: Suite, now: number): Promise<DataKeys> {
  const keys = new Map<string, RingKey>();
  const old = await isUsed(raw);
  if (old) for (const [id, key] of masters.keys) keys.set(id, key);
  else keys.set('digests', { bytes: randomBytes(BYTES), suite });
  const stored: StoredKeys = {
    current: old ? masters.current : 'digests',
    digests: old ? masters.oldest : 'digests',
    rotating: false,
    keys: [...keys].map(([id, key]) => wrap(id, key, masters, now)),
  };
  const ring = new Ring(raw, masters, suite, stored, keys);
  await ring.add(now, old);
  return ring;
}

/** Whether anything was sealed before: the first start publishes projects. */
async function isUsed(raw: Store): Promise<boolean> {
  for (const kind of ['account', 'project', 'draft']) for await (const _ of raw.listDocuments(kind)) return true;
  for await (const _ of raw.listCases()) return true;
  return false;
}

const placeOf = (id: string, suite: string): string => `${id}/${suite}`;

function wrap(id: string, key: RingKey, masters: KeyRing, at: number): Wrapped {
  const wrapped = createCrypto(masters).sealText('key', key.bytes.toString('base64'), placeOf(id, key.suite.id));
  return { id, suite: key.suite.id, master: masters.current, wrapped, at };
}

function unwrapAll(stored: StoredKeys, masters: KeyRing): Map<string, RingKey> {
  const opener = createCrypto(masters);
  const keys = new Map<string, RingKey>();
  for (const { id, suite: name, master, wrapped } of stored.keys) {
    const suite = suiteOf(name);
    if (suite === null) throw new KeyError(`data key "${id}" is for ${name}, which this program does not know`);
    if (!masters.keys.has(master))
      throw new KeyError(`data key "${id}" is wrapped by master key "${master}", which CERTFLOW_KEY does not hold`);
    try {
      keys.set(id, { suite, bytes: Buffer.from(opener.openText('key', wrapped, placeOf(id, name)), 'base64') });
    } catch (error) {
      if (!(error instanceof Unsealable)) throw error;
      throw new KeyError(
        `master key "${master}" is not the one that this data was sealed with: give the one it began with`,
      );
    }
  }
  return keys;
}

class Ring implements DataKeys {
  readonly #raw: Store;
  #masters: KeyRing;
  readonly #suite: Suite;
  #stored: StoredKeys;
  readonly keys: Map<string, RingKey>;
  readonly #queue = new KeyedQueue();

  constructor(raw: Store, masters: KeyRing, suite: Suite, stored: StoredKeys, keys: Map<string, RingKey>) {
    this.#raw = raw;
    this.#masters = masters;
    this.#suite = suite;
    this.#stored = stored;
    this.keys = keys;
  }

  get current(): string {
    return this.#stored.current;
  }
  get oldest(): string {
    return this.#stored.digests;
  }
  get rotating(): boolean {
    return this.#stored.rotating;
  }

  alone<T>(change: () => Promise<T>): Promise<T> {
    return this.#queue.run('change', change);
  }

  list(): readonly DataKeyLine[] {
    const useOf = (id: string) => (id === this.current ? 'seals' : id === this.oldest ? 'digests' : 'opens');
    return this.#stored.keys.map(({ id, suite, master, at }) => ({ id, suite, master, madeAt: at, use: useOf(id) }));
  }

  async add(now: number, rotating = true): Promise<string> {
    const id = `d${this.keys.size}-${newId(20)}`;
    const key: RingKey = { bytes: randomBytes(BYTES), suite: this.#suite };
    const keys = [...this.#stored.keys, wrap(id, key, this.#masters, now)];
    // Readable before it is used: after a crash in between nothing is sealed with a key that nobody has.
    this.keys.set(id, key);
    await this.#write({ ...this.#stored, keys, current: id, rotating });
    return id;
  }

  async reload(): Promise<void> {
    const stored = await readStoredKeys(this.#raw);
    if (stored === null) return;
    for (const [id, key] of unwrapAll(stored, this.#masters)) this.keys.set(id, key);
    this.#stored = stored;
  }

  async finish(): Promise<void> {
    await this.#write({ ...this.#stored, rotating: false });
  }

  async rewrap(masters: KeyRing): Promise<number> {
    this.#masters = masters;
    const others = this.#stored.keys.filter(({ master }) => master !== masters.current);
    if (others.length === 0) return 0;
    const keys = this.#stored.keys.map((one) => {
      const key = this.keys.get(one.id);
      return key && one.master !== masters.current ? wrap(one.id, key, masters, one.at) : one;
    });
    await this.#write({ ...this.#stored, keys });
    return others.length;
  }

  async #write(next: StoredKeys): Promise<void> {
    await writeStoredKeys(this.#raw, next);
    this.#stored = next;
  }
}
