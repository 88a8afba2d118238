import type { Json, JsonObject } from '../../engine/model/json.ts';
import { type Crypto, Unsealable } from '../crypto/crypto.ts';
import { type Store, StoreCorrupt } from '../store/store.ts';
import type { AuditEntry } from './audit.ts';
import {
  type Anchor,
  AUDIT_KIND,
  digestOfOlder,
  HEAD_KIND,
  type Head,
  isTrueHead,
  linkOf,
  nameOf,
  START,
  seqOf,
} from './chain.ts';

export interface AuditReport {
  /** Entries that were looked at, those before the chain among them. */
  readonly entries: number;
  /** Where the chain ends: keep it elsewhere. */
  readonly end: Anchor;
  readonly wrong: readonly AuditWrong[];
}

export interface AuditWrong {
  /** Number of the entry, where it is one. */
  readonly seq: number | null;
  readonly kind: 'missing' | 'unreadable' | 'changed' | 'unlinked' | 'cut' | 'head' | 'older' | 'anchor';
}

/**
 * Goes through the whole chain. @param raw the store as it is sealed, to see names of what does not open
 * @param anchor where it ended once, as somebody wrote it down elsewhere
 */
export async function verifyAudit(
  { store, raw, crypto }: { readonly store: Store; readonly raw: Store; readonly crypto: Crypto },
  anchor: Anchor | null = null,
): Promise<AuditReport> {
  const wrong: AuditWrong[] = [];
  const names: string[] = [];
  for await (const { id } of raw.listDocuments(AUDIT_KIND)) names.push(id);
  const numbers = names.flatMap((name) => seqOf(name) ?? []);
  const head = (await opened(() => store.readDocument(HEAD_KIND, 'head')))?.data as unknown as Head | undefined;
  const isTrue = head !== undefined && isTrueHead(crypto, head);
  if (!isTrue && numbers.length > 0) wrong.push({ seq: null, kind: 'head' });
  const base = isTrue ? head.base : START;

  let end = base;
  let trusted = true;
  const newest = Math.max(isTrue ? head.seq : 0, ...numbers);
  for (let seq = base.seq + 1; seq <= newest; seq += 1) {
    const found = await opened(() => store.readDocument(AUDIT_KIND, nameOf(seq)));
    const entry = found?.data as unknown as AuditEntry | undefined;
    if (!entry) {
      const isThere = numbers.includes(seq);
      // Whatever is missing up to the head was there; at the very end it was cut off.
      wrong.push({ seq, kind: isThere ? 'unreadable' : numbers.some((one) => one > seq) ? 'missing' : 'cut' });
      trusted = false;
      continue;
    }
    const isWhole = entry.seq === seq && crypto.same(linkOf(crypto, entry as JsonObject), String(entry.mac));
    if (!isWhole) wrong.push({ seq, kind: 'changed' });
    else if (trusted && entry.previous !== end.mac) wrong.push({ seq, kind: 'unlinked' });
    trusted = isWhole;
    end = { seq, mac: entry.mac };
    if (isTrue && seq === head.seq && entry.mac !== head.mac) wrong.push({ seq, kind: 'head' });
    if (anchor?.seq === seq && anchor.mac !== entry.mac) wrong.push({ seq, kind: 'anchor' });
  }
  if (anchor && anchor.seq > end.seq) wrong.push({ seq: anchor.seq, kind: 'anchor' });
  if (isTrue && !(await olderAreWhole(names, head))) wrong.push({ seq: null, kind: 'older' });
  return { entries: names.length, end, wrong };

  async function olderAreWhole(all: readonly string[], { before }: Head): Promise<boolean> {
    const entries: { id: string; data: Json }[] = [];
    for (const id of all.filter((name) => seqOf(name) === null)) {
      const found = await opened(() => store.readDocument(AUDIT_KIND, id));
      if (!found) return false;
      entries.push({ id, data: found.data });
    }
    return entries.length === before.count && crypto.same(digestOfOlder(crypto, entries), before.digest);
  }
}

/** Null when there is none, or when it does not open. */
async function opened<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unsealable || error instanceof StoreCorrupt || error instanceof SyntaxError) return null;
    throw error;
  }
}
