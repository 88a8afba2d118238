import type { Json } from '../../engine/model/json.ts';
import { KeyedQueue } from './queue.ts';
import { type CaseDocument, Conflict, INDEX_KIND, INDEX_MARK, type Store, type StoredDocument } from './store.ts';

/** A store without a disk, for tests and for the contract suite: same promises but durability. */
export function createMemoryStore(): Store {
  // Texts, not objects: nothing that a caller holds can change what is stored.
  const cases = new Map<string, string>();
  const documents = new Map<string, Map<string, string>>();
  const queue = new KeyedQueue();
  const spoil = (): void => void documents.get(INDEX_KIND)?.delete(INDEX_MARK);

  const kindOf = (kind: string): Map<string, string> => {
    const known = documents.get(kind) ?? new Map<string, string>();
    documents.set(kind, known);
    return known;
  };
  const parse = <T>(text: string | undefined): T | null => (text === undefined ? null : (JSON.parse(text) as T));

  return {
    readCase: async (id) => parse<CaseDocument>(cases.get(id)),
    createCase: (document) =>
      queue.run(document.state.id, async () => {
        if (cases.has(document.state.id)) throw new Conflict(`case ${document.state.id} exists`);
        spoil();
        cases.set(document.state.id, JSON.stringify(document));
      }),
    updateCase: (id, change, expected) =>
      queue.run(id, async () => {
        const now = parse<CaseDocument>(cases.get(id));
        if (now === null) throw new Conflict(`case ${id} does not exist`);
        if (expected !== undefined && now.state.revision !== expected) throw new Conflict(`case ${id} has moved on`);
        const next = change(now);
        if (next === null) return now;
        spoil();
        cases.set(id, JSON.stringify(next));
        return next;
      }),
    async *listCases() {
      yield* [...cases.keys()];
    },
    readDocument: async (kind, id) => parse<StoredDocument>(kindOf(kind).get(id)),
    writeDocument: async (kind: string, id: string, data: Json, expected?: number) => {
      const version = parse<StoredDocument>(kindOf(kind).get(id))?.version ?? 0;
      if (expected !== undefined && version !== expected) throw new Conflict(`${kind} ${id} has changed`);
      const next: StoredDocument = { version: version + 1, data };
      kindOf(kind).set(id, JSON.stringify(next));
      return next;
    },
    removeDocument: async (kind, id, expected) => {
      const version = parse<StoredDocument>(kindOf(kind).get(id))?.version ?? 0;
      if (expected !== undefined && version !== expected) throw new Conflict(`${kind} ${id} has changed`);
      kindOf(kind).delete(id);
    },
    async *listDocuments(kind) {
      for (const [id, text] of [...kindOf(kind)]) yield { id, document: JSON.parse(text) as StoredDocument };
    },
    damaged: () => [],
    // Its writes take no time.
    pause: (job) => job(),
    trouble: () => null,
    close: () => queue.idle(),
  };
}
