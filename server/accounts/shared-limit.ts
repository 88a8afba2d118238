import type { Crypto } from '../crypto/crypto.ts';
import { changeDocument } from '../store/change.ts';
import type { Store } from '../store/store.ts';
import { createLimit, type Limit } from './limits.ts';

/** A limit that holds on all nodes together. */
export interface SharedLimit {
  /** @returns ms until the next one is allowed, 0 when it is (and is counted). */
  take(key: string): number | Promise<number>;
}

/** Makes limits. @param name tells them apart */
export type Limits = (name: string, most: number, within: number) => SharedLimit;

const kind = 'limit';
const HOUR = 3_600_000;

/** One process counts in memory. */
export const limitsHere =
  (clock: () => number): Limits =>
  (_name, most, within): Limit =>
    createLimit(most, within, clock);

/** Several nodes count in the store, under keyed hashes: what is counted may be a number of a person. */
export function limitsInStore(store: Store, crypto: Crypto, clock: () => number): Limits {
  return (name, most, within) => ({
    async take(key) {
      let wait = 0;
      await changeDocument(store, kind, crypto.digest('limit', `${name}\0${key}`), (data) => {
        const now = clock();
        const { times } = (data ?? { times: [] }) as { times: number[] };
        const recent = times.filter((time) => time > now - within);
        const [first] = recent;
        wait = recent.length >= most && first !== undefined ? first + within - now : 0;
        return wait > 0 ? undefined : { times: [...recent, now], until: now + within };
      });
      return wait;
    },
  });
}

/** Forgets what counts nothing any more. */
export async function sweepLimits(store: Store, now: number): Promise<void> {
  const over: { id: string; version: number }[] = [];
  for await (const { id, document } of store.listDocuments(kind))
    if ((document.data as { until: number }).until < now - HOUR) over.push({ id, version: document.version });
  for (const { id, version } of over) await store.removeDocument(kind, id, version).catch(() => undefined);
}
