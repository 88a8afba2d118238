import { expect, test } from 'vitest';
import type { Outcome } from '../../../../server/connectors/connector.ts';
import { OtherAnswer } from '../../../../server/connectors/failure.ts';
import { balance, suspense } from '../../../../server/connectors/payment/ledger.ts';
import type { PaymentProvider } from '../../../../server/connectors/payment/provider.ts';
import { connectorOf } from './world.ts';

const order = { provider: 'one', amount: 28_000, attempt: 1, description: '示例' };

/** A platform at which every order was paid with one sum. */
function platform(amount: number): PaymentProvider {
  return {
    id: 'one',
    create: async () => ({ codeUrl: 'x://pay' }),
    query: async (orderNumber) => ({ orderNumber, transaction: 'T-1', amount, paidAt: '2026-11-29T02:00:00.000Z' }),
    close: async () => 'paid',
    refund: async () => ({ kind: 'pending' }),
    queryRefund: async () => ({ kind: 'none' }),
    hear: async () => ({ kind: 'nothing', reply: { status: 200 } }),
    refuse: (status) => ({ status }),
  };
}

test.each(['query', 'close'])(
  'another amount that a %s finds is not told to the case and waits in the books',
  async (operation) => {
    const { connector, context, ledger, told } = connectorOf(platform(1_000));
    const { data } = (await connector.perform('createOrder', order, context('a'))) as Outcome;
    const orderNumber = String(data?.orderNumber);
    for (let time = 0; time < 2; time += 1)
      await expect(connector.perform(operation, { orderNumber }, context('b'))).rejects.toThrow(OtherAnswer);
    expect(told).toEqual([]);
    const postings = await ledger.read(suspense);
    // However often it was asked: one sum, with a reason and a time by which somebody has to decide.
    expect(postings).toMatchObject([{ id: 'payment/T-1', open: { reason: 'amount', due: expect.any(Number) } }]);
    expect(-balance(postings, suspense)).toBe(1_000);
    expect(await ledger.read('case-1')).toEqual([]);
  },
);

test('the amount of the order is told', async () => {
  const { connector, context, ledger, told } = connectorOf(platform(28_000));
  const { data } = (await connector.perform('createOrder', order, context('a'))) as Outcome;
  const found = await connector.perform('query', { orderNumber: String(data?.orderNumber) }, context('b'));
  expect(found).toEqual({ outcome: 'PAID' });
  expect(told).toHaveLength(1);
  expect(await ledger.read(suspense)).toEqual([]);
});
