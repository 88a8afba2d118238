import type { Json, JsonObject } from '../../engine/model/json.ts';
import { canonical } from '../../engine/read/canonical.ts';
import type { Crypto } from '../crypto/crypto.ts';

export const AUDIT_KIND = 'audit';
export const HEAD_KIND = 'auditHead';

/** A place in the chain; kept elsewhere it is an anchor: whoever cuts the chain before it is found out. */
export interface Anchor {
  readonly seq: number;
  readonly mac: string;
}

/** Where the chain ends and begins. `check` is keyed, so that nobody without the key writes another one. */
export interface Head extends Anchor {
  /** The last entry that was removed when its time was over; 0 when none was. */
  readonly base: Anchor;
  /** Entries that are older than the chain. */
  readonly before: { readonly count: number; readonly digest: string };
  readonly check: string;
}

export const START: Anchor = { seq: 0, mac: '' };

/** Names of entries sort as they were written; older ones have names without order. */
export const nameOf = (seq: number): string => String(seq).padStart(12, '0');
export const seqOf = (name: string): number | null => (/^\d{12}$/.test(name) ? Number(name) : null);

/** The link of an entry: it covers everything in it, its number and the link before. */
export function linkOf(crypto: Crypto, entry: JsonObject): string {
  const { mac: _, ...rest } = entry;
  return crypto.digest('audit', canonical(rest));
}

export function sealHead(crypto: Crypto, head: Omit<Head, 'check'>): Head {
  const { seq, mac, base, before } = head;
  const facts = {
    seq,
    mac,
    base: { seq: base.seq, mac: base.mac },
    before: { count: before.count, digest: before.digest },
  };
  return { ...facts, check: crypto.digest('audit-head', canonical(facts as unknown as Json)) };
}

export function isTrueHead(crypto: Crypto, head: Head): boolean {
  return crypto.same(sealHead(crypto, head).check, String(head.check));
}

/** What stands for entries that are older than the chain. */
export function digestOfOlder(
  crypto: Crypto,
  entries: readonly { readonly id: string; readonly data: Json }[],
): string {
  const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
  return crypto.digest('audit-older', canonical(sorted as unknown as Json));
}

/** `12:3f…`, as it is printed and given back. */
export const textOfAnchor = ({ seq, mac }: Anchor): string => `${seq}:${mac}`;

/** @returns null when it is none */
export function parseAnchor(text: string): Anchor | null {
  const [, seq, mac] = /^(\d{1,12}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  return seq === undefined || mac === undefined ? null : { seq: Number(seq), mac };
}
