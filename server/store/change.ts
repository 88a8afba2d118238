import type { Json } from '../../engine/model/json.ts';
import { Conflict, type Store } from './store.ts';

/** Somebody who is faster that often is no other node but a mistake. */
const MOST_TRIES = 50;

/** What becomes of a document: other data, none any more (null), or nothing (undefined). */
export type Next = Json | null | undefined;

/**
 * Reads a document, changes it and writes it, if nobody has written it meanwhile; else from the beginning. `change` gets
 * null where there is none, and may run again.
 * @returns what is stored now, null where there is none. @throws Conflict when others are faster again and again
 */
export async function changeDocument(
  store: Pick<Store, 'readDocument' | 'writeDocument' | 'removeDocument'>,
  kind: string,
  id: string,
  change: (now: Json | null) => Next | Promise<Next>,
): Promise<Json | null> {
  for (let tries = 1; ; tries += 1) {
    const stored = await store.readDocument(kind, id);
    const now = stored?.data ?? null;
    const next = await change(now);
    if (next === undefined || (next === null && stored === null)) return now;
    try {
      if (next === null) await store.removeDocument(kind, id, stored?.version);
      else await store.writeDocument(kind, id, next, stored?.version ?? 0);
      return next;
    } catch (error) {
      if (!(error instanceof Conflict) || tries === MOST_TRIES) throw error;
    }
  }
}
