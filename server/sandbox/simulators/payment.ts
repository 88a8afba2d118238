import type { JsonObject } from '../../../engine/model/json.ts';
import type { Order, World } from '../state.ts';
import { type Ask, day, type Simulator, whole, word } from './simulator.ts';

/**
 * The payment provider: orders with a code to scan, paid or left in the wallet page. The notice is the truth about money:
 * whoever is told PAID gets the notice too, always the same one for the same payment.
 */
export const payment: Simulator = {
  id: 'payment',
  operations: {
    createOrder: {
      async effect(ask, outcome) {
        if (outcome !== 'CREATED') return {};
        const orderNumber = `SB${day(ask.now)}${String(await ask.world.number()).padStart(6, '0')}`;
        const order: Order = {
          number: orderNumber,
          at: ask.now,
          caseId: ask.context.caseId,
          caseNumber: ask.context.caseNumber,
          amount: whole(ask.input.amount),
          provider: word(ask.input.provider, 'wechat'),
          description: word(ask.input.description),
          status: 'open',
          payments: [],
          refused: 0,
        };
        await ask.world.change((state) => ({ ...state, orders: [...state.orders, order] }));
        return { codeUrl: `${ask.publicUrl}/sandbox/wallet/${orderNumber}`, orderNumber, amount: order.amount };
      },
    },
    query: {
      decide: (ask) => (find(ask)?.payments.length ? 'PAID' : 'UNPAID'),
      effect: tellTruth,
    },
    close: {
      decide: (ask) => (find(ask)?.payments.length ? 'PAID' : 'CLOSED'),
      async effect(ask, outcome) {
        const order = find(ask);
        if (order !== undefined && outcome === 'CLOSED')
          await changeOrder(ask.world, order.number, { status: 'closed' });
        return tellTruth(ask, outcome);
      },
    },
    refund: {
      async effect(ask, outcome) {
        if (outcome !== 'OK') return { reason: '付款账户已注销' };
        const order = find(ask);
        const transaction = word(ask.input.transaction, order?.payments.at(-1)?.transaction);
        if (order !== undefined)
          await changeOrder(ask.world, order.number, {
            payments: order.payments.map((one) => (one.transaction === transaction ? { ...one, refunded: true } : one)),
          });
        const refundNumber = `RF${day(ask.now)}${String(await ask.world.number()).padStart(6, '0')}`;
        return { transaction, refundNumber, amount: whole(ask.input.amount, order?.amount) };
      },
    },
  },
};

async function tellTruth(ask: Ask, outcome: string): Promise<JsonObject> {
  const order = find(ask);
  if (order === undefined || outcome !== 'PAID') return {};
  await ask.tell('payment', 'notice', await pay(ask.world, order, ask.now, false));
  return { orderNumber: order.number, amount: order.amount };
}

/** The order that is named, by its number or one of its payments, else the newest of the case. */
function find(ask: Ask): Order | undefined {
  const orders = ask.world.state.orders.filter((order) => order.caseId === ask.context.caseId);
  const named = orders.find(
    (order) =>
      order.number === ask.input.orderNumber || order.payments.some((one) => one.transaction === ask.input.transaction),
  );
  return named ?? orders.at(-1);
}

/**
 * Money moves. @param again false = the payment there is, or the first; true = one more, as when somebody pays twice
 * @returns the notice of that payment
 */
export async function pay(
  world: World,
  order: Order,
  now: number,
  again: boolean,
  amount = order.amount,
): Promise<JsonObject> {
  let payment = again ? undefined : order.payments.at(-1);
  if (payment === undefined) {
    const transaction = `42${day(now)}${String(await world.number()).padStart(10, '0')}`;
    payment = { transaction, amount, at: now, refunded: false };
    await changeOrder(world, order.number, { status: 'paid', payments: [...order.payments, payment] });
  }
  return {
    transaction: payment.transaction,
    orderNumber: order.number,
    amount: payment.amount,
    provider: order.provider,
    paidAt: new Date(payment.at).toISOString(),
  };
}

export async function changeOrder(world: World, number: string, change: Partial<Order>): Promise<void> {
  await world.change((state) => ({
    ...state,
    orders: state.orders.map((order) => (order.number === number ? { ...order, ...change } : order)),
  }));
}
