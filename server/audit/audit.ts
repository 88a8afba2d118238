import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { KeyedQueue } from '../store/queue.ts';
import { Conflict, type Store } from '../store/store.ts';
import {
  type Anchor,
  AUDIT_KIND,
  digestOfOlder,
  HEAD_KIND,
  type Head,
  linkOf,
  nameOf,
  START,
  sealHead,
  seqOf,
} from './chain.ts';

/** Who looked at what of a person, or decided what, and why. */
export interface AuditFacts {
  readonly at: number;
  readonly person: string;
  readonly action: string;
  readonly [name: string]: Json;
}

export interface AuditEntry extends AuditFacts {
  readonly seq: number;
  readonly previous: string;
  readonly mac: string;
}

/**
 * The log of who did what. Every entry carries a keyed hash over itself and the one before: what is changed, removed or put
 * in later is found by `verify.ts`; what is cut off at its end is found by the head, and by an anchor that was kept elsewhere.
 */
export interface Audit {
  /** Durable when it returns. Any number at once, from several processes too, make one chain. */
  append(facts: AuditFacts): Promise<Anchor>;
  /** Where it ends now. */
  anchor(): Promise<Anchor>;
  /** The newest entries, newest first. */
  newest(most: number): Promise<readonly AuditEntry[]>;
  /** Removes the entries before this time from its beginning; that it was done is an entry. @returns how many */
  prune(before: number, now: number): Promise<number>;
}

export function createAudit(store: Store, crypto: Crypto): Audit {
  const queue = new KeyedQueue();
  /** The end as this process knows it; another one may have gone on. */
  let known: Anchor | null = null;

  const read = async (seq: number): Promise<AuditEntry | null> =>
    ((await store.readDocument(AUDIT_KIND, nameOf(seq)))?.data ?? null) as AuditEntry | null;
  async function readHead(): Promise<{ readonly version: number; readonly head: Head } | null> {
    const found = await store.readDocument(HEAD_KIND, 'head');
    return found && { version: found.version, head: found.data as unknown as Head };
  }

  /** An entry may stand there whose head was not written any more. */
  async function end(): Promise<Anchor> {
    if (known) return known;
    const stored = await readHead();
    let last: Anchor = stored ? { seq: stored.head.seq, mac: stored.head.mac } : START;
    for (let next = await read(last.seq + 1); next; next = await read(last.seq + 1))
      last = { seq: next.seq, mac: next.mac };
    return last;
  }

  async function older(without: readonly string[] = []): Promise<Head['before']> {
    const entries: { id: string; data: Json }[] = [];
    for await (const { id, document } of store.listDocuments(AUDIT_KIND))
      if (seqOf(id) === null && !without.includes(id)) entries.push({ id, data: document.data });
    return { count: entries.length, digest: digestOfOlder(crypto, entries) };
  }

  /** The head only goes forward. */
  async function writeHead(last: Anchor, change: Partial<Pick<Head, 'base' | 'before'>> = {}): Promise<void> {
    for (;;) {
      const stored = await readHead();
      const isBehind = stored !== null && stored.head.seq > last.seq;
      if (isBehind && Object.keys(change).length === 0) return;
      const next = {
        ...(isBehind ? { seq: stored.head.seq, mac: stored.head.mac } : last),
        base: change.base ?? stored?.head.base ?? START,
        before: change.before ?? stored?.head.before ?? (await older()),
      };
      try {
        const data = sealHead(crypto, next) as unknown as Json;
        await store.writeDocument(HEAD_KIND, 'head', data, stored?.version ?? 0);
        return;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
    }
  }

  async function add(facts: AuditFacts): Promise<Anchor> {
    for (;;) {
      const last = await end();
      // The head is there before the first entry: an end without a head is one that somebody took away.
      if (last.seq === 0) await writeHead(START);
      const entry = { ...facts, seq: last.seq + 1, previous: last.mac };
      const mac = linkOf(crypto, entry);
      try {
        await store.writeDocument(AUDIT_KIND, nameOf(entry.seq), { ...entry, mac }, 0);
        known = { seq: entry.seq, mac };
        await writeHead(known);
        return known;
      } catch (error) {
        known = null;
        // Another process wrote this number.
        if (!(error instanceof Conflict)) throw error;
      }
    }
  }

  return {
    append: (facts) => queue.run(AUDIT_KIND, () => add(facts)),
    anchor: () => queue.run(AUDIT_KIND, end),
    async newest(most) {
      const last = await queue.run(AUDIT_KIND, end);
      const base = (await readHead())?.head.base.seq ?? 0;
      const entries: AuditEntry[] = [];
      for (let seq = last.seq; seq > base && entries.length < most; seq -= 1) {
        const entry = await read(seq);
        if (entry) entries.push(entry);
      }
      return entries;
    },
    prune: (before, now) =>
      queue.run(AUDIT_KIND, async () => {
        const stored = await readHead();
        const last = await end();
        let base = stored?.head.base ?? START;
        for (let entry = await read(base.seq + 1); entry && entry.at < before && entry.seq < last.seq; ) {
          base = { seq: entry.seq, mac: entry.mac };
          entry = await read(base.seq + 1);
        }
        const names: string[] = [];
        let oldOnes = 0;
        for await (const { id, document } of store.listDocuments(AUDIT_KIND)) {
          const seq = seqOf(id);
          const isOver = seq === null ? ((document.data as JsonObject).at as number) < before : seq <= base.seq;
          if (isOver) names.push(id);
          if (isOver && seq === null) oldOnes += 1;
        }
        if (names.length === 0) return 0;
        await add({ at: now, person: 'system', action: 'audit-pruned', count: names.length, upTo: base.seq });
        // The chain begins later before anything of it is gone: a crash in between leaves entries that go the next time.
        await writeHead(await end(), { base, ...(oldOnes > 0 && { before: await older(names) }) });
        for (const id of names) await store.removeDocument(AUDIT_KIND, id);
        return names.length;
      }),
  };
}
