import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../engine/model/case.ts';
import { type CaseDocument, Conflict, type Store } from '../../server/store/store.ts';
import { caseDocument as bare, caseState } from '../support/case-document.ts';

/** Each with a number of its own. */
const caseDocument = (id: string): CaseDocument => bare(id, { state: caseState(id, { number: `number of ${id}` }) });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const entry = (what: string) => ({ what }) as JournalEntry;

const bump = (now: CaseDocument): CaseDocument => ({
  ...now,
  state: { ...now.state, revision: now.state.revision + 1 },
});

/** What every implementation of the Store port promises. An implementation joins by calling this. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`store contract: ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    test('a case that does not exist is null', async () => {
      expect(await store.readCase('nobody')).toBeNull();
    });

    test('a created case is read back as it was given', async () => {
      const document = caseDocument('a');
      await store.createCase(document);
      expect(await store.readCase('a')).toEqual(document);
    });

    test('a case id is taken once, also by two at the same time', async () => {
      const results = await Promise.allSettled([
        store.createCase(caseDocument('a')),
        store.createCase(caseDocument('a')),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((results.find((result) => result.status === 'rejected') as PromiseRejectedResult).reason).toBeInstanceOf(
        Conflict,
      );
    });

    test('an update is visible to the next reader and returned', async () => {
      await store.createCase(caseDocument('a'));
      const stored = await store.updateCase('a', bump);
      expect(stored.state.revision).toBe(2);
      expect((await store.readCase('a'))?.state.revision).toBe(2);
    });

    test('hundred updates at the same time: none is lost', async () => {
      await store.createCase(caseDocument('a'));
      await Promise.all(Array.from({ length: 100 }, () => store.updateCase('a', bump)));
      expect((await store.readCase('a'))?.state.revision).toBe(101);
    });

    test('of two that expect the same revision one wins', async () => {
      await store.createCase(caseDocument('a'));
      const results = await Promise.allSettled([store.updateCase('a', bump, 1), store.updateCase('a', bump, 1)]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((await store.readCase('a'))?.state.revision).toBe(2);
    });

    test('a change that answers null leaves the document as it is', async () => {
      await store.createCase(caseDocument('a'));
      await store.updateCase('a', () => null);
      expect((await store.readCase('a'))?.state.revision).toBe(1);
    });

    test('a change that throws leaves the document as it is and the next one works', async () => {
      await store.createCase(caseDocument('a'));
      await expect(
        store.updateCase('a', () => {
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect((await store.updateCase('a', bump)).state.revision).toBe(2);
    });

    test('an update of a case that does not exist is a conflict', async () => {
      await expect(store.updateCase('nobody', bump)).rejects.toBeInstanceOf(Conflict);
    });

    test('what a caller does with a document that it read changes nothing', async () => {
      await store.createCase(caseDocument('a'));
      const read = (await store.readCase('a')) as { state: { revision: number } };
      read.state.revision = 99;
      expect((await store.readCase('a'))?.state.revision).toBe(1);
    });

    test('the journal is read as it was written: longer, with an entry that was written anew, shorter', async () => {
      await store.createCase({ ...caseDocument('a'), journal: [entry('one')] });
      const journals = [
        [entry('one'), entry('two'), entry('three')],
        [entry('one'), entry('another'), entry('three')],
        [entry('one')],
        [],
      ];
      for (const journal of journals) {
        await store.updateCase('a', (now) => ({ ...bump(now), journal }));
        expect((await store.readCase('a'))?.journal).toEqual(journal);
      }
    });

    test('a change may go on with what it was given, and entries stay in their order', async () => {
      await store.createCase(caseDocument('a'));
      const names = Array.from({ length: 12 }, (_, n) => `step ${n}`);
      for (const name of names)
        await store.updateCase('a', (now) => ({ ...bump(now), journal: [...now.journal, entry(name)] }));
      expect((await store.readCase('a'))?.journal.map(({ what }) => what)).toEqual(names);
    });

    test('texts of all kinds come back as they were: quotes, backslashes, zero, half a pair, what looks like a number', async () => {
      const notices = ['"\\', '\u0000', '\ud83d', '😀', '{}', "it's", '1e400', '$1'].map((text, at) => ({ at, text }));
      await store.createCase({ ...caseDocument('a'), notices, journal: [entry('"\\\u0000,{}')] });
      const read = await store.readCase('a');
      expect(read?.notices).toEqual(notices);
      expect(read?.journal[0]?.what).toBe('"\\\u0000,{}');
      const data = { list: [null, 0.1, 1e21, -0.5, true, '', []], nothing: null };
      await store.writeDocument('thing', 'a', data);
      expect((await store.readDocument('thing', 'a'))?.data).toEqual(data);
    });

    test('all cases are listed, whatever their ids', async () => {
      const ids = ['a', 'b/../c', '中文', 'x'.repeat(300), '~', 'con'];
      for (const id of ids) await store.createCase(caseDocument(id));
      expect((await all(store.listCases())).sort()).toEqual([...ids].sort());
      for (const id of ids) expect((await store.readCase(id))?.state.id).toBe(id);
    });

    test('a document has a version that rises, and 0 stands for "must not exist"', async () => {
      expect(await store.readDocument('thing', 'a')).toBeNull();
      expect(await store.writeDocument('thing', 'a', { n: 1 }, 0)).toEqual({ version: 1, data: { n: 1 } });
      await expect(store.writeDocument('thing', 'a', { n: 2 }, 0)).rejects.toBeInstanceOf(Conflict);
      expect(await store.writeDocument('thing', 'a', { n: 2 }, 1)).toEqual({ version: 2, data: { n: 2 } });
      expect(await store.writeDocument('thing', 'a', { n: 3 })).toEqual({ version: 3, data: { n: 3 } });
      expect(await store.readDocument('thing', 'a')).toEqual({ version: 3, data: { n: 3 } });
    });

    test('of fifty that reserve the same key one gets it', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, n) => store.writeDocument('number', '01626112310000001', { n }, 0)),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    test('documents of one kind are listed with their ids; another kind is apart', async () => {
      await store.writeDocument('thing', '甲/乙', { n: 1 });
      await store.writeDocument('thing', 'b', { n: 2 });
      await store.writeDocument('other', 'b', { n: 3 });
      const listed = await all(store.listDocuments('thing'));
      expect(listed.map(({ id, document }) => [id, document.data]).sort()).toEqual([
        ['b', { n: 2 }],
        ['甲/乙', { n: 1 }],
      ]);
    });

    test('a removed document is gone, and removing it again is no error', async () => {
      await store.writeDocument('thing', 'a', { n: 1 });
      await expect(store.removeDocument('thing', 'a', 7)).rejects.toBeInstanceOf(Conflict);
      await store.removeDocument('thing', 'a', 1);
      expect(await store.readDocument('thing', 'a')).toBeNull();
      await store.removeDocument('thing', 'a');
      expect(await all(store.listDocuments('thing'))).toEqual([]);
    });

    test('a document that was removed begins anew, and one of many kinds is found among them', async () => {
      await store.writeDocument('thing', 'a', { n: 1 });
      await store.writeDocument('thing', 'a', { n: 2 });
      await store.removeDocument('thing', 'a');
      expect((await store.writeDocument('thing', 'a', { n: 3 }, 0)).version).toBe(1);
      await store.writeDocument('thing', 'a', null);
      expect(await store.readDocument('thing', 'a')).toEqual({ version: 2, data: null });
    });

    test('more documents than are read at once are all listed', async () => {
      await Promise.all(Array.from({ length: 1_203 }, (_, n) => store.writeDocument('many', `n${n}`, { n })));
      const listed = await all(store.listDocuments('many'));
      expect(new Set(listed.map(({ id }) => id)).size).toBe(1_203);
      expect(listed).toHaveLength(1_203);
    });

    test('no write is under way in a pause, and those that come are done after it', async () => {
      await store.createCase(caseDocument('a'));
      let during: Promise<CaseDocument> | null = null;
      await store.pause(async () => {
        during = store.updateCase('a', bump);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect((await store.readCase('a'))?.state.revision).toBe(name === 'memory' ? 2 : 1);
      });
      await during;
      expect((await store.readCase('a'))?.state.revision).toBe(2);
    });

    test('no trouble while writes are possible', () => {
      expect(store.trouble()).toBeNull();
    });
  });
}
