import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SuspenseView } from '../../../engine/contract/routes.ts';
import { balance, type Posting, suspense } from '../../../server/connectors/payment/ledger.ts';
import type { Running } from '../../../server/server.ts';
import { Client, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running;
beforeAll(async () => {
  running = await testServer();
  await stray('payment/4200001', 'wechat', 27_999, { reason: 'amount', due: 2_000 });
});
afterAll(() => running.close());

/** Money that came and belongs to no case. */
function stray(id: string, provider: string, amount: number, open: NonNullable<Posting['open']>): Promise<unknown> {
  const entries = [
    { account: `provider:${provider}`, amount },
    { account: suspense, amount: -amount },
  ];
  return running.context.ledger.post(suspense, { id, at: open.due - 1_000, entries, open });
}

const as = (account: string): Promise<Client> => new Client(running.url).logIn(account);
const listed = async (client: Client): Promise<readonly SuspenseView[]> =>
  (await client.ask<{ postings: SuspenseView[] }>('GET', '/api/operations/suspense')).body.postings;
const held = async (): Promise<number> => balance(await running.context.ledger.read(suspense), 'provider:wechat');

test('money without an owner is sent back by one person and confirmed by another; then the books are even', async () => {
  const [one, two, other] = [await as('finance'), await as('finance2'), await as('reviewer')];
  const id = 'payment/4200001';
  const given = { id, refund: 'R2026112900001', note: '付款人多点了一次，已联系' };
  expect((await listed(one))[0]).toMatchObject({ id, amount: 27_999, provider: 'wechat', open: { reason: 'amount' } });
  for (const path of ['settle', 'confirm'])
    expect((await other.ask('POST', `/api/operations/suspense/${path}`, given)).status).toBe(403);

  const settle = (body: object) => one.ask('POST', '/api/operations/suspense/settle', body);
  for (const wrong of [
    { ...given, refund: '1' },
    { ...given, note: ' ' },
    { ...given, refund: '<b>123456</b>' },
  ])
    expect((await settle(wrong)).status).toBe(400);
  expect((await settle({ ...given, id: 'payment/none' })).status).toBe(404);
  expect((await two.ask('POST', '/api/operations/suspense/confirm', { id })).status).toBe(404);

  expect((await settle(given)).status).toBe(200);
  // One refund settles one sum.
  await stray('payment/4200002', 'alipay', 100, { reason: 'orphan', due: 2_500 });
  expect((await settle({ ...given, id: 'payment/4200002' })).status).toBe(400);
  expect((await listed(two))[0]?.settled).toMatchObject({ refund: given.refund, note: given.note });
  expect(await held()).toBe(27_999);
  // Not by the same person, and not before somebody else has looked.
  expect((await one.ask('POST', '/api/operations/suspense/confirm', { id })).status).toBe(400);
  expect(await held()).toBe(27_999);
  expect((await two.ask('POST', '/api/operations/suspense/confirm', { id })).status).toBe(200);
  expect(await held()).toBe(0);
  expect((await listed(one))[0]?.settled?.confirmed).toMatchObject({ by: expect.any(String) });
  // Under the platform's number: its statement and the ledger agree.
  expect((await running.context.ledger.read(suspense)).map((posting) => posting.id)).toContain('refund/R2026112900001');
  for (const client of [one, two])
    expect((await client.ask('POST', '/api/operations/suspense/confirm', { id })).status).toBe(400);
  expect((await settle(given)).status).toBe(400);
  expect(await held()).toBe(0);
});
