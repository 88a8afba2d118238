import type { Crypto } from '../../../server/crypto/crypto.ts';
import type { CaseDocument, Store } from '../../../server/store/store.ts';

const most = 20_000;

/**
 * What is sealed says the same whenever it is opened, and what has not changed may be sealed as it was: a campaign that
 * writes a case often does both once in the life of a process. The next one opens what it finds.
 */
export function rememberingCrypto(crypto: Crypto): Crypto {
  const opened = new Map<string, string>();
  const sealed = new Map<string, string>();
  function once(known: Map<string, string>, key: string, work: () => string): string {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = work();
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  }
  return {
    ...crypto,
    openText: (purpose, text, context) =>
      once(opened, `${purpose} ${context} ${text}`, () => crypto.openText(purpose, text, context)),
    sealText: (purpose, plain, context) =>
      once(sealed, `${purpose} ${context} ${plain}`, () => crypto.sealText(purpose, plain, context)),
  };
}

/**
 * A case that was read or written is remembered: only this process writes its folder. Whoever changes a case reads it
 * from the disk all the same, and so does the next process.
 */
export function rememberingStore(store: Store): Store {
  const read = new Map<string, CaseDocument>();
  /** How often each was written: a read that a write has overtaken is not remembered. */
  const writes = new Map<string, number>();
  const wrote = (id: string): void => {
    writes.set(id, (writes.get(id) ?? 0) + 1);
    read.delete(id);
  };
  return {
    readDocument: (kind, id) => store.readDocument(kind, id),
    writeDocument: (kind, id, data, expected) => store.writeDocument(kind, id, data, expected),
    removeDocument: (kind, id, expected) => store.removeDocument(kind, id, expected),
    listDocuments: (kind) => store.listDocuments(kind),
    listCases: () => store.listCases(),
    damaged: () => store.damaged(),
    pause: (job) => store.pause(job),
    trouble: () => store.trouble(),
    close: () => store.close(),
    async readCase(id) {
      const known = read.get(id);
      if (known) return known;
      const before = writes.get(id);
      const document = await store.readCase(id);
      if (document && writes.get(id) === before) read.set(id, document);
      return document;
    },
    async createCase(document) {
      await store.createCase(document);
      wrote(document.state.id);
    },
    async updateCase(id, change, expected) {
      wrote(id);
      const document = await store.updateCase(id, change, expected);
      wrote(id);
      read.set(id, document);
      return document;
    },
  };
}
