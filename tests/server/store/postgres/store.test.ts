import { afterAll, describe, expect, test, vi } from 'vitest';
import type { JournalEntry } from '../../../../engine/model/case.ts';
import { DatabaseUnusable, SeatTaken, STRUCK_OFF } from '../../../../server/store/postgres/errors.ts';
import { migrate } from '../../../../server/store/postgres/migrate.ts';
import { openPostgres } from '../../../../server/store/postgres/open.ts';
import { steps } from '../../../../server/store/postgres/schema.ts';
import { type CaseDocument, Conflict, type Store, StoreDead } from '../../../../server/store/store.ts';
import { caseDocument, caseState } from '../../../support/case-document.ts';
import { ask, clientOf, testPostgres } from '../../../support/postgres.ts';
import { tapped } from '../../../support/tapped.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const onFatal = (message: string): never => {
  throw new Error(message);
};
const postgres = await testPostgres({ durable: true });
afterAll(() => postgres?.stop());
const fresh = (): Promise<string> => postgres!.fresh();

const numbered = (id: string): CaseDocument =>
  caseDocument(id, { state: caseState(id, { number: `number of ${id}` }) });
const bump = (now: CaseDocument): CaseDocument => ({
  ...now,
  state: { ...now.state, revision: now.state.revision + 1 },
  journal: [...now.journal, { what: `step ${now.state.revision}` } as JournalEntry],
});

describe.skipIf(postgres === null)('a database', () => {
  test('is brought to the form of this program from every step of it, once, also by two nodes at once', async () => {
    for (let version = 0; version <= steps.length; version += 1) {
      const url = await fresh();
      const client = await clientOf(url);
      await migrate(client, version);
      await client.end();
      const opened: Store[] = [];
      const both = [0, 1].map(async () => {
        const { store } = await openPostgres({ url, onFatal, standBy: true });
        opened.push(store);
        await store.writeDocument('thing', String(opened.length), {}, 0);
        await store.close();
      });
      await Promise.all(both);
      const done = await ask<{ n: number; title: string }>(url, 'SELECT n, title FROM schema_steps ORDER BY n');
      expect(done).toEqual(steps.map(({ title }, n) => ({ n: n + 1, title })));
    }
  });

  test('a step that fails changes nothing, and the next start does it', async () => {
    const url = await fresh();
    const client = await clientOf(url);
    const broken = [...steps, { title: 'broken', sql: 'CREATE TABLE half (a integer); SELECT 1 / 0' }];
    await expect(migrate(client, broken.length, broken)).rejects.toThrow('division by zero');
    expect(await ask(url, `SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    const mended = [...steps, { title: 'mended', sql: 'CREATE TABLE half (a integer)' }];
    expect(await migrate(client, mended.length, mended)).toEqual(['mended']);
    await client.end();
    // This program does not know that step.
    await expect(openPostgres({ url, onFatal })).rejects.toThrow(DatabaseUnusable);
  });

  test('that cannot be reached is said in a sentence, without its password', async () => {
    const error = await openPostgres({ url: 'postgres://certflow:secret@127.0.0.1:1/x', onFatal }).catch(
      (e: Error) => e,
    );
    expect(error).toBeInstanceOf(DatabaseUnusable);
    expect((error as Error).message).toContain('ECONNREFUSED');
    expect((error as Error).message).not.toContain('secret');
  });

  test('refuses by itself what must not be: a number twice, a revision of 0, a journal without its case', async () => {
    const url = await fresh();
    const { store } = await openPostgres({ url, onFatal });
    await store.createCase(numbered('a'));
    const same = caseDocument('b', { state: caseState('b', { number: 'number of a' }) });
    await expect(store.createCase(same)).rejects.toBeInstanceOf(Conflict);
    expect(await store.readCase('b')).toBeNull();
    await expect(ask(url, 'UPDATE cases SET revision = 0')).rejects.toThrow('cases_revision_check');
    await expect(ask(url, `INSERT INTO journal VALUES ('nobody', 1, now(), '{}')`)).rejects.toThrow(
      'journal_case_id_fkey',
    );
    await store.close();
  });

  test('a case and its journal change together or not at all', async () => {
    const url = await fresh();
    const { store } = await openPostgres({ url, onFatal });
    await store.createCase(numbered('a'));
    // The statement fails in its last part.
    await ask(url, `ALTER TABLE journal ADD CHECK (entry ->> 'what' <> 'step 2')`);
    await store.updateCase('a', bump);
    await expect(store.updateCase('a', bump)).rejects.toThrow('cannot write');
    expect(store.trouble()).toBe('23514');
    expect((await store.readCase('a'))?.state.revision).toBe(2);
    expect((await store.readCase('a'))?.journal).toHaveLength(1);
    await ask(url, 'ALTER TABLE journal DROP CONSTRAINT journal_entry_check');
    expect((await store.updateCase('a', bump)).state.revision).toBe(3);
    expect(store.trouble()).toBeNull();
    await store.close();
  });

  test('a row that somebody changed by hand is read again and not written over', async () => {
    const url = await fresh();
    const { store } = await openPostgres({ url, onFatal });
    await store.createCase(numbered('a'));
    await ask(url, `UPDATE cases SET version = version + 1, body = replace(body::text, 'person-1', 'person-2')::json`);
    expect((await store.updateCase('a', bump)).state).toMatchObject({ owner: 'person-2', revision: 2 });
    await store.close();
  });
});

describe.skipIf(postgres === null)('a node that has the database for itself', () => {
  test('another node is refused while one serves, or waits, and is let in when it goes', async () => {
    const url = await fresh();
    const first = await openPostgres({ url, onFatal });
    await expect(openPostgres({ url, onFatal })).rejects.toBeInstanceOf(SeatTaken);
    const waits: string[] = [];
    const second = openPostgres({ url, onFatal, standBy: true, onWait: (holder) => waits.push(holder) });
    await vi.waitFor(() => expect(waits).toHaveLength(1), 60_000);
    expect(waits[0]).toContain(`:${process.pid}`);
    await first.store.createCase(numbered('a'));
    await first.store.close();
    const { store } = await second;
    expect((await store.readCase('a'))?.state.revision).toBe(1);
    await store.close();
  });

  test('a node that lost it writes nothing any more, not even what was under way, and ends', async () => {
    const url = await fresh();
    const fatal: string[] = [];
    const old = await openPostgres({ url, onFatal: (message) => fatal.push(message) });
    for (let n = 0; n < 8; n += 1) await old.store.createCase(numbered(`c${n}`));
    let isOver = false;
    const acknowledged = new Map<string, number>();
    const worker = async (n: number): Promise<void> => {
      while (!isOver) {
        const { state } = await old.store.updateCase(`c${n}`, bump);
        acknowledged.set(state.id, state.revision);
      }
    };
    const work = Promise.allSettled(Array.from({ length: 8 }, (_, n) => worker(n)));
    await vi.waitFor(() => expect(acknowledged.size).toBe(8), 60_000);
    // As if it had been silent for too long: it is struck off while writes are under way.
    const next = openPostgres({ url, onFatal, standBy: true });
    await vi.waitFor(async () => {
      const [row] = await ask<{ gone: boolean }>(url, 'SELECT strike_off(epoch, seen) AS gone FROM nodes');
      expect(row?.gone).toBe(true);
    });
    const { store } = await next;
    const seen = new Map<string, number>();
    for (const id of acknowledged.keys()) seen.set(id, (await store.readCase(id))!.state.revision);
    const ends = await work;
    isOver = true;
    expect(ends.every((end) => end.status === 'rejected' && end.reason instanceof StoreDead)).toBe(true);
    expect(fatal).toEqual([STRUCK_OFF]);
    await expect(old.store.writeDocument('thing', 'a', {})).rejects.toBeInstanceOf(StoreDead);
    for (const [id, revision] of acknowledged) {
      expect(seen.get(id)).toBeGreaterThanOrEqual(revision);
      const [row] = await ask<{ revision: number }>(url, 'SELECT revision FROM cases WHERE id = $1', [id]);
      expect(row?.revision).toBe(seen.get(id));
    }
    await store.close();
    await old.store.close();
  });
});

describe.skipIf(postgres === null)('an answer that is lost', () => {
  test('and the look at what became of it, too: it is known in the end, and done once', async () => {
    const line = await tapped(await fresh());
    const { store } = await openPostgres({ url: line.url, onFatal });
    await store.createCase(numbered('c1'));
    // The change, and twice the question whether it was one's own.
    line.lose(/UPDATE cases/);
    line.lose(/FROM cases WHERE id = \$1 AND writing/);
    line.lose(/FROM cases WHERE id = \$1 AND writing/);
    expect((await store.updateCase('c1', bump, 1)).state.revision).toBe(2);
    expect(line.lost()).toBe(3);
    line.lose(/INTO documents/);
    line.lose(/FROM documents WHERE kind = \$1 AND id = \$2 AND writing/);
    expect((await store.writeDocument('thing', 'one', {}, 0)).version).toBe(1);
    line.lose(/DELETE FROM documents/);
    line.lose(/SELECT version, data FROM documents/);
    await store.removeDocument('thing', 'one', 1);
    expect(line.lost()).toBe(7);
    const document = await store.readCase('c1');
    expect(document?.journal.map(({ what }) => what)).toEqual(['step 1']);
    expect(await store.readDocument('thing', 'one')).toBeNull();
    expect(store.trouble()).toBeNull();
    await store.close();
    await line.close();
  });
});

describe.skipIf(!postgres?.crash)('a database that is killed under load', () => {
  test('nothing acknowledged is lost, nothing is done twice, and writing goes on', async () => {
    const url = await fresh();
    const { store } = await openPostgres({ url, onFatal });
    const acknowledged = new Map<string, number>();
    let isOver = false;
    const work = Array.from({ length: 8 }, async (_, n) => {
      await store.createCase(numbered(`c${n}`));
      let count = 1;
      while (!isOver) {
        try {
          count = (await store.updateCase(`c${n}`, bump, count)).state.revision;
          acknowledged.set(`c${n}`, count);
        } catch (error) {
          // Refused: nothing has changed, and the next try expects the same revision.
          expect((error as Error).name).toBe('StoreUnavailable');
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    });
    for (let round = 0; round < 3; round += 1) {
      const before = [...acknowledged.values()].reduce((sum, count) => sum + count, 0);
      await vi.waitFor(() => {
        const now = [...acknowledged.values()].reduce((sum, count) => sum + count, 0);
        expect(now).toBeGreaterThan(before + 40);
      }, 60_000);
      await postgres!.crash!(300);
    }
    const last = new Map(acknowledged);
    await vi.waitFor(() => {
      for (const [id, count] of last) expect(acknowledged.get(id)).toBeGreaterThan(count);
    }, 60_000);
    isOver = true;
    await Promise.all(work);
    // Who was refused last, while others were served again, is what is told until the next write.
    acknowledged.set('c0', (await store.updateCase('c0', bump)).state.revision);
    expect(store.trouble()).toBeNull();
    await store.close();
    const again = await openPostgres({ url, onFatal });
    for (const [id, count] of acknowledged) {
      const document = await again.store.readCase(id);
      expect(document?.state.revision).toBe(count);
      expect(document?.journal.map(({ what }) => what)).toEqual(
        Array.from({ length: count - 1 }, (_, n) => `step ${n + 1}`),
      );
    }
    await again.store.close();
  });
});
