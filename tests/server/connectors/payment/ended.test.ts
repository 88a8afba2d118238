import { cp } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openFileStore } from '../../../../server/store/file/file-store.ts';
import { type Store, StoreUnavailable } from '../../../../server/store/store.ts';
import { newDataDir } from '../../../support/server.ts';
import { ordered, tell, type WechatWorld, wechatWorld } from './wechat-server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let world: WechatWorld;
/** A folder with a case whose order waits to be paid, and nothing that runs on it. */
let folder: string;
let waiting: { readonly id: string; readonly number: string };
beforeAll(async () => {
  world = await wechatWorld();
  folder = await newDataDir();
  const server = await world.serve({ dataDir: folder });
  waiting = await ordered(server, 'applicant');
  await server.context.jobs.idle();
  await server.close();
});
afterAll(() => world.close());

/** A disk under a process that ends after so many more writes: what was written is there, nothing comes after it. */
async function endingStore(dataDir: string) {
  const store = await openFileStore({ folder: dataDir, onFatal: () => undefined });
  let left: number | null = null;
  const written: string[] = [];
  const write = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    if (left === null) return work();
    if (left === 0) throw new StoreUnavailable('the process has ended');
    left -= 1;
    written.push(what);
    return work();
  };
  const ending: Store = {
    ...store,
    readCase: (id) => store.readCase(id),
    readDocument: (kind, id) => store.readDocument(kind, id),
    listCases: () => store.listCases(),
    listDocuments: (kind) => store.listDocuments(kind),
    trouble: () => store.trouble(),
    close: () => store.close(),
    createCase: (document) => write('case', () => store.createCase(document)),
    updateCase: (id, change, expected) => write('case', () => store.updateCase(id, change, expected)),
    writeDocument: (kind, id, data, expected) => write(kind, () => store.writeDocument(kind, id, data, expected)),
    removeDocument: (kind, id, expected) => write(`-${kind}`, () => store.removeDocument(kind, id, expected)),
  };
  return {
    ending,
    written,
    endAfter(writes: number) {
      left = writes;
    },
  };
}

test.each([0, 1, 2, 3, 4, 5])(
  'a payment whose process ends after %i writes is in the books and in its case, once, after the next start',
  async (writes) => {
    const dataDir = await newDataDir();
    await cp(folder, dataDir, { recursive: true });
    const { ending, written, endAfter } = await endingStore(dataDir);
    const message = world.wechat.pay(waiting.number);
    const first = await world.serve({ dataDir, sandbox: false }, { store: ending });
    await first.context.jobs.idle();
    endAfter(writes);
    const status = await tell(first, message);
    await first.close();

    const second = await world.serve({ dataDir, sandbox: false });
    const look = async () => {
      const { document } = await second.context.cases.read(waiting.id);
      const postings = await second.context.ledger.read(waiting.id);
      return {
        heard: document.journal.filter(({ what }) => what === 'outside:PAY_NOTICE').length,
        payments: (document.state.records.payments ?? []).length,
        postings: postings.length,
      };
    };
    try {
      const once = { heard: 1, payments: 1, postings: 1 };
      // Nobody repeats the message: what was begun is finished by the start alone.
      expect(await look(), `after ${written.join(', ')}`).toEqual(
        writes === 0 ? { heard: 0, payments: 0, postings: 0 } : once,
      );
      expect(status === 200).toBe(written.includes('-untoldPayment'));
      expect(await tell(second, message)).toBe(200);
      expect(await look()).toEqual(once);
    } finally {
      await second.close();
    }
  },
);

test('the writes of a payment are these, in this order', async () => {
  const dataDir = await newDataDir();
  await cp(folder, dataDir, { recursive: true });
  const { ending, written, endAfter } = await endingStore(dataDir);
  const server = await world.serve({ dataDir, sandbox: false }, { store: ending });
  await server.context.jobs.idle();
  endAfter(1_000);
  expect(await tell(server, world.wechat.pay(waiting.number))).toBe(200);
  await server.close();
  // The intent first, the case before it is taken back; what jobs write afterwards is theirs.
  const own = written.filter((what) => ['untoldPayment', 'reference', 'ledger', '-untoldPayment'].includes(what));
  expect(own).toEqual(['untoldPayment', 'reference', 'ledger', '-untoldPayment']);
  expect(written.indexOf('case')).toBeGreaterThan(written.indexOf('ledger'));
});
