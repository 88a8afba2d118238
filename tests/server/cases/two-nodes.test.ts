import { afterEach, expect, test, vi } from 'vitest';
import { begin, walkTo } from '../../../engine/index.ts';
import type { Connectors } from '../../../server/connectors/index.ts';
import { createInbox } from '../../../server/jobs/inbox.ts';
import { createLog } from '../../../server/log.ts';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { Conflict, type Store } from '../../../server/store/store.ts';
import { DEFINITIONS, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000 });

const nodes: Running[] = [];
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.close();
});

/** A store at the end of a line: a write takes a moment. Counts how often a node came too late with its own. */
function remote(store: Store): { readonly store: Store; readonly late: () => number } {
  let late = 0;
  const updateCase: Store['updateCase'] = async (...args) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return store.updateCase(...args).catch((error: unknown) => {
      if (error instanceof Conflict) late += 1;
      throw error;
    });
  };
  return { store: { ...store, updateCase }, late: () => late };
}

test('U-25 the same notice, in parallel on two nodes and again and again, pays once', async () => {
  const { store, late } = remote(createMemoryStore());
  const files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  const key = `2026:${Buffer.alloc(32, 7).toString('base64')}`;
  // Nobody answers: what the case asked for stays open, so that only the notices move it.
  const connectors: Connectors = {
    perform: async () => 'pending',
    poll: async () => 'pending',
    send: async () => undefined,
  };
  for (let n = 0; n < 2; n += 1) nodes.push(await testServer({ key }, { store, files, connectors }));
  const [one, two] = nodes as [Running, Running];

  const definition = one.context.inForce()[0]!;
  const waiting = walkTo(begin(definition), 'main.work.payment.open.live.waiting')!;
  const { id } = waiting.state;
  const { journal } = waiting;
  const document = { state: waiting.state, journal, outbox: [], secrets: {}, notices: [], consumed: [] };
  await one.context.store.createCase(document);
  // Each has loaded the release, so that they begin together.
  for (const { context } of nodes) await context.cases.read(id);

  const data = { transaction: 'tx-1', orderNumber: 'order-1', amount: 28_000 };
  const inboxes = nodes.map(({ context }) => createInbox(context.cases, createLog('silent')));
  const notices = Array.from({ length: 28 }, (_, n) =>
    inboxes[n % 2]!.event('payment', 'notice', { caseId: id }, data),
  );
  expect(await Promise.all(notices)).toEqual(notices.map(() => true));
  // They did meet: one of the nodes had read the case before the other wrote it.
  expect(late()).toBeGreaterThan(0);

  const after = (await two.context.cases.read(id)).document;
  const told = after.journal.slice(journal.length).filter(({ what }) => what.endsWith(':PAY_NOTICE'));
  expect(told.map(({ proved }) => proved)).toEqual([['paid']]);
  expect(after.consumed.filter((each) => each.includes('tx-1'))).toHaveLength(1);
  expect(after.state.records.payments).toHaveLength(1);
  expect(after.state.active).toContain('surplus.none');
});
