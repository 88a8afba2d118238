import type { Blocker } from '../../engine/model/blocker.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { Nodes, Release } from '../store/nodes.ts';
import { Conflict, type Store } from '../store/store.ts';

/** A document that others write at the same time is read again; then they all wait for somebody who is stuck. */
const MOST_TRIES = 5;

/** The place of keys that are held among the cases of all projects: no project has this name. */
const ALL = '*';

/**
 * Keys that only one open case may hold, of a project or of all, and things that several cases share (`of`). No
 * transaction spans cases: the key is a document of its own, written before the case is committed and removed when the
 * case lets go of it. A document whose case does not hold the key (a crash in between) is stale and may be taken over; a
 * key whose commit is still to come is marked in memory, which is enough for one process; of several nodes, one after the
 * other takes keys of one place (`hold`), until its case is committed. What is shared
 * keeps its document for good: it names the cases, and their own states say what each has taken.
 */
export interface Reservations {
  /** Takes the keys that `next` holds and `before` does not. @returns blockers when another open case has one. */
  take(
    definition: Definition,
    before: CaseState | null,
    next: CaseState,
    /** Under which `before` was made, when that is another release. */
    former?: Definition,
  ): Promise<{ readonly blockers: readonly Blocker[]; release: (committed: boolean) => Promise<void> }>;

  /** Open cases that hold a key now. */
  holders(definition: Definition, reservation: string, key: string): Promise<readonly string[]>;

  /** What cases have taken of a thing that they share, in its own unit, and which cases. */
  taken(
    definition: Definition,
    reservation: string,
    key: string,
  ): Promise<{ readonly sum: number; readonly cases: readonly string[] }>;
}

interface Key {
  readonly reservation: string;
  readonly document: string;
  /** Where cases of this project keep it whose release says otherwise about `across`. */
  readonly elsewhere: string;
  /** What is under way while this key is being taken: two cases of one project meet here whatever their releases say. */
  readonly marks: readonly string[];
  /** What the case takes of a thing that is shared; null for a key that open cases hold. */
  readonly share: { readonly part: number; readonly whole: number } | null;
  /** How many open cases may hold it. */
  readonly places: number;
}

/** The cases that took a part, or have one of several places; a document of a key that one case holds names that one. */
interface Holders {
  readonly caseId?: string;
  readonly cases?: readonly string[];
}

/** @param nodes the others, where the store has several */
export function createReservations(store: Store, crypto: Crypto, nodes: Nodes | null = null): Reservations {
  /** Place of a key -> the cases whose commit is still to come. */
  const underWay = new Map<string, Set<string>>();

  /** The key may be a number of a person or a company: only its keyed hash is a document's name. */
  function documentOf(project: string, reservation: string, key: string): string {
    return crypto.digest('reservation', `${project}/${reservation}/${key}`);
  }

  function keysOf(state: CaseState | null, definition: Definition): Map<string, Key> {
    const keys = new Map<string, Key>();
    if (!state) return keys;
    const placesOf = (reservation: string, key: string): Pick<Key, 'document' | 'elsewhere' | 'marks'> => {
      const [all, own] = [documentOf(ALL, reservation, key), documentOf(state.project, reservation, key)];
      const across = definition.declared.reservations[reservation]?.across === true;
      return across
        ? { document: all, elsewhere: own, marks: [all, own] }
        : { document: own, elsewhere: all, marks: [own] };
    };
    for (const [reservation, key] of state.over ? [] : Object.entries(state.reservations)) {
      const places = placesOf(reservation, key);
      keys.set(places.document, { reservation, ...places, share: null, places: state.places?.[reservation] ?? 1 });
    }
    for (const [reservation, shares] of Object.entries(state.shares ?? {})) {
      for (const { key, part, whole } of shares) {
        const places = placesOf(reservation, key);
        const before = keys.get(places.document)?.share?.part ?? 0;
        keys.set(places.document, { reservation, ...places, share: { part: before + part, whole }, places: 1 });
      }
    }
    return keys;
  }

  /** The cases that a document names; `project`: only those of that project. */
  async function holdersOf(document: string, project: string | null): Promise<readonly string[]> {
    const holders = (await store.readDocument('reservation', document))?.data as Holders | undefined;
    const found: string[] = [];
    for (const id of holders?.cases ?? (holders?.caseId === undefined ? [] : [holders.caseId])) {
      if (project === null || (await store.readCase(id))?.state.project === project) found.push(id);
    }
    return found;
  }

  /** Another case holds the key; its release is not looked at, so that both places are tried. */
  async function isHeld(document: string, holder: string, by: string): Promise<boolean> {
    if (holder === by) return false;
    const state = (await store.readCase(holder))?.state;
    if (!state || state.over) return false;
    return Object.entries(state.reservations).some(([reservation, key]) =>
      [ALL, state.project].some((project) => documentOf(project, reservation, key) === document),
    );
  }

  /** What other cases have taken of it, and how much each of them was told there is. */
  async function takenOf(document: string, cases: readonly string[], by: string) {
    let sum = 0;
    const wholes = new Set<number>();
    for (const id of cases) {
      const state = id === by ? null : (await store.readCase(id))?.state;
      for (const [reservation, shares] of Object.entries(state?.shares ?? {})) {
        for (const { key, part, whole } of shares) {
          const places = [ALL, state!.project].map((project) => documentOf(project, reservation, key));
          if (!places.includes(document)) continue;
          sum += part;
          wholes.add(whole);
        }
      }
    }
    return { sum, wholes };
  }

  /** A part fits when all parts together are no more than the whole, and everybody says the same whole. */
  async function takePart(
    key: Key,
    share: NonNullable<Key['share']>,
    { id: caseId, project }: CaseState,
  ): Promise<boolean> {
    const { document } = key;
    const elsewhere = await holdersOf(key.elsewhere, project);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const stored = await store.readDocument('reservation', document);
      const cases = (stored?.data as Holders | undefined)?.cases ?? [];
      const { sum, wholes } = await takenOf(document, [...new Set([...cases, ...elsewhere])], caseId);
      wholes.add(share.whole);
      if (wholes.size > 1 || sum + share.part > share.whole) return false;
      if (cases.includes(caseId)) return true;
      try {
        await store.writeDocument('reservation', document, { cases: [...cases, caseId] }, stored?.version ?? 0);
        return true;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
    }
    return false;
  }

  /** Other open cases that hold the key, and those that are about to. */
  async function rivalsOf({ document, elsewhere, marks }: Key, { id: caseId, project }: CaseState): Promise<string[]> {
    const found = new Set(marks.flatMap((mark) => [...(underWay.get(mark) ?? [])]));
    for (const [place, holders] of [
      [document, await holdersOf(document, null)],
      [elsewhere, await holdersOf(elsewhere, project)],
    ] as const)
      for (const holder of holders) if (await isHeld(place, holder, caseId)) found.add(holder);
    found.delete(caseId);
    return [...found];
  }

  async function takeOne(key: Key, state: CaseState): Promise<boolean> {
    const { document, share, places } = key;
    const { id: caseId } = state;
    if (share !== null) return takePart(key, share, state);
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const stored = await store.readDocument('reservation', document);
      const rivals = await rivalsOf(key, state);
      if (rivals.length >= places) return false;
      const holders = places === 1 ? { caseId } : { cases: [...rivals, caseId] };
      try {
        await store.writeDocument('reservation', document, holders, stored?.version ?? 0);
        return true;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
    }
    return false;
  }

  function unmark(marks: readonly string[], caseId: string): void {
    for (const mark of marks) {
      const cases = underWay.get(mark);
      cases?.delete(caseId);
      if (cases?.size === 0) underWay.delete(mark);
    }
  }

  /** Of cases that ask for a key at once, those that mark it first are under way and the others find fewer places. */
  async function takeFirst(key: Key, state: CaseState): Promise<boolean> {
    const { marks, share, places } = key;
    const others = new Set(marks.flatMap((mark) => [...(underWay.get(mark) ?? [])]));
    others.delete(state.id);
    if (others.size >= (share === null ? places : 1)) return false;
    for (const mark of marks) underWay.set(mark, (underWay.get(mark) ?? new Set()).add(state.id));
    const taken = await takeOne(key, state).catch((error: unknown) => {
      unmark(marks, state.id);
      throw error;
    });
    if (!taken) unmark(marks, state.id);
    return taken;
  }

  async function free(document: string, caseId: string): Promise<void> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const stored = await store.readDocument('reservation', document);
      const holders = stored?.data as Holders | undefined;
      const others = holders?.cases?.filter((id) => id !== caseId) ?? [];
      const isHolder = holders?.caseId === caseId || holders?.cases?.includes(caseId) === true;
      if (!stored || !isHolder) return;
      try {
        if (others.length === 0) await store.removeDocument('reservation', document, stored.version);
        else await store.writeDocument('reservation', document, { cases: others }, stored.version);
        return;
      } catch (error) {
        // Whoever was faster may have left the case in: it does not hold the key any more, and is not counted.
        if (!(error instanceof Conflict)) throw error;
      }
    }
  }

  return {
    async taken(definition, reservation, key) {
      const across = definition.declared.reservations[reservation]?.across === true;
      const document = documentOf(across ? ALL : definition.project.id, reservation, key);
      const cases = await holdersOf(document, null);
      return { sum: (await takenOf(document, cases, '')).sum, cases };
    },
    async holders(definition, reservation, key) {
      const across = definition.declared.reservations[reservation]?.across === true;
      const { id: project } = definition.project;
      const places = [documentOf(ALL, reservation, key), documentOf(project, reservation, key)];
      const found = new Set<string>();
      for (const document of places)
        for (const holder of await holdersOf(document, across || document !== places[0] ? null : project))
          if (await isHeld(document, holder, '')) found.add(holder);
      return [...found];
    },
    async take(definition, before, next, former = definition) {
      const held = keysOf(before, former);
      const wanted = keysOf(next, definition);
      const fresh = [...wanted.values()].filter(({ document, share }) => {
        const had = held.get(document);
        return had === undefined || (share !== null && share.part !== had.share?.part);
      });
      const taken: Key[] = [];
      const blockers: Blocker[] = [];
      const giveBack = nodes?.isShared && fresh.length > 0 ? await holdAll(nodes, fresh) : null;
      try {
        for (const key of fresh) {
          if (await takeFirst(key, next)) {
            taken.push(key);
            continue;
          }
          blockers.push(blockerOf(definition, key));
        }
      } catch (error) {
        for (const { marks } of taken) unmark(marks, next.id);
        await giveBack?.();
        throw error;
      }
      return {
        blockers,
        release: async (committed) => {
          const letGo = committed
            ? [...held.keys()].filter((document) => !wanted.has(document))
            : taken.map(({ document }) => document);
          for (const { marks } of taken) unmark(marks, next.id);
          try {
            for (const document of letGo) await free(document, next.id);
          } finally {
            if (giveBack) await giveBack();
          }
        },
      };
    },
  };
}

/** Against other nodes: a case of theirs that is about to have one of these keys is committed, or gone, before this one looks. */
function holdAll(nodes: Nodes, fresh: readonly Key[]): Promise<Release> {
  return nodes.hold(fresh.flatMap(({ marks }) => marks.map((mark) => `reservation ${mark}`)));
}

function blockerOf(definition: Definition, { reservation }: Pick<Key, 'reservation'>): Blocker {
  const { taken, title } = definition.declared.reservations[reservation] ?? { taken: '', title: '' };
  return { code: 'reserved', params: { reservation: title }, message: taken };
}
