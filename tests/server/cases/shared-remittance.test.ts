import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '../../../engine/model/command.ts';
import type { Running } from '../../../server/server.ts';
import { pressBy, remitted, silent } from '../../support/remitted.ts';
import { testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** One company applies in three projects and remits once. The voucher is uploaded to each; the money is counted once. */
const finance: Actor = { id: 'finance-one', roles: ['finance'] };
const fee = 28_000;

let running: Running;
beforeAll(async () => {
  running = await testServer({}, { connectors: silent });
});
afterAll(() => running.close());

const matched = (id: string, amount = fee) =>
  pressBy(running, id, 'REMIT_MATCHED', finance, { receipt: { transaction: 'flow-2026-1', total: 3 * fee, amount } });

test('U-33 one remittance pays three orders of a company, and no fourth', async () => {
  const orders = await Promise.all(
    ['inner-mongolia', 'weigu', 'everbright'].map((project) => remitted(running, project)),
  );
  for (const id of orders) {
    expect((await matched(id)).kind).toBe('applied');
    const { state } = (await running.context.cases.read(id)).document;
    expect(Object.keys(state.facts)).toContain('paid');
    expect(state.active).toContain('main.work.review.queue');
    expect(state.records.receipts).toHaveLength(1);
  }
  const fourth = await remitted(running, 'example-exchange');
  const refused = await matched(fourth);
  expect(refused.kind).toBe('refused');
  expect(refused.kind === 'refused' && refused.blockers.map(({ code, message }) => [code, message])).toEqual([
    ['reserved', expect.stringContaining('余下的金额不够')],
  ]);
  const { state } = (await running.context.cases.read(fourth)).document;
  expect([state.active.includes('main.work.payment.remitCheck'), state.facts.paid]).toEqual([true, undefined]);
});
