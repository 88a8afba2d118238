import type { Blocker } from '../../engine/model/blocker.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Conflict, type Store } from '../store/store.ts';

/**
 * Keys that only one open case of a project may hold. No transaction spans cases: the key is a document of its own,
 * written before the case is committed and removed when the case lets go of it. A document whose case does not hold the
 * key (a crash in between) is stale and may be taken over; a key whose commit is still to come is marked in memory, which
 * one process per data folder makes enough.
 */
export interface Reservations {
  /** Takes the keys that `next` holds and `before` does not. @returns blockers when another open case has one. */
  take(
    definition: Definition,
    before: CaseState | null,
    next: CaseState,
  ): Promise<{ readonly blockers: readonly Blocker[]; release: (committed: boolean) => Promise<void> }>;
}

interface Key {
  readonly reservation: string;
  readonly document: string;
}

export function createReservations(store: Store, crypto: Crypto): Reservations {
  const underWay = new Set<string>();

  /** The key may be a number of a person or a company: only its keyed hash is a document's name. */
  function keysOf(state: CaseState | null): Map<string, Key> {
    const keys = new Map<string, Key>();
    if (!state || state.over) return keys;
    for (const [reservation, key] of Object.entries(state.reservations)) {
      const document = crypto.digest('reservation', `${state.project}/${reservation}/${key}`);
      keys.set(document, { reservation, document });
    }
    return keys;
  }

  async function isHeld(document: string, holder: string, by: string): Promise<boolean> {
    if (holder === by) return false;
    const other = await store.readCase(holder);
    return other !== null && keysOf(other.state).has(document);
  }

  async function takeOne(document: string, caseId: string): Promise<boolean> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const stored = await store.readDocument('reservation', document);
      if (stored && (await isHeld(document, (stored.data as { caseId: string }).caseId, caseId))) return false;
      try {
        await store.writeDocument('reservation', document, { caseId }, stored?.version ?? 0);
        return true;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
    }
    return false;
  }

  /** Of two cases that ask for a key at once, the first to mark it is under way and the other is refused. */
  async function takeFirst(document: string, caseId: string): Promise<boolean> {
    if (underWay.has(document)) return false;
    underWay.add(document);
    const taken = await takeOne(document, caseId).catch((error: unknown) => {
      underWay.delete(document);
      throw error;
    });
    if (!taken) underWay.delete(document);
    return taken;
  }

  async function free(document: string, caseId: string): Promise<void> {
    const stored = await store.readDocument('reservation', document);
    if (!stored || (stored.data as { caseId: string }).caseId !== caseId) return;
    await store.removeDocument('reservation', document, stored.version).catch((error: unknown) => {
      if (!(error instanceof Conflict)) throw error;
    });
  }

  return {
    async take(definition, before, next) {
      const held = keysOf(before);
      const wanted = keysOf(next);
      const fresh = [...wanted.values()].filter(({ document }) => !held.has(document));
      const taken: string[] = [];
      const blockers: Blocker[] = [];
      for (const { reservation, document } of fresh) {
        if (!(await takeFirst(document, next.id))) {
          const { taken: text, title } = definition.declared.reservations[reservation] ?? { taken: '', title: '' };
          blockers.push({ code: 'reserved', params: { reservation: title }, message: text });
          continue;
        }
        taken.push(document);
      }
      return {
        blockers,
        release: async (committed) => {
          const letGo = committed ? [...held.keys()].filter((document) => !wanted.has(document)) : taken;
          for (const document of taken) underWay.delete(document);
          for (const document of letGo) await free(document, next.id);
        },
      };
    },
  };
}
