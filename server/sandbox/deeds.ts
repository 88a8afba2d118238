import type { Exchange } from './exchange.ts';
import { changeOrder, pay } from './simulators/payment.ts';

/**
 * What a payer does with an order in the wallet.
 * @param deed pay, duplicate (two notices), other (one fen less), quiet (no notice), refuse, again (one more payment),
 *   repeat (the last notice once more)
 * @returns false when there is no such order or deed
 */
export async function payBy(exchange: Exchange, number: string, deed: string): Promise<boolean> {
  if (await exchange.payments?.pay(number, deed)) return true;
  const order = exchange.world.state.orders.find((one) => one.number === number);
  if (order === undefined) return false;
  const { world } = exchange;
  const notice = async (times: number, again: boolean, amount = order.amount) => {
    const data = await pay(world, order, exchange.now(), again, amount);
    if (times > 0) await exchange.tell('payment', 'notice', order.caseId, data, times);
  };
  switch (deed) {
    case 'pay':
      await notice(1, false);
      return true;
    case 'duplicate':
      await notice(2, false);
      return true;
    case 'other':
      await notice(1, false, order.amount - 1);
      return true;
    case 'quiet':
      await notice(0, false);
      return true;
    case 'again':
      await notice(1, true);
      return true;
    case 'repeat':
      if (order.payments.length === 0) return false;
      await notice(1, false);
      return true;
    case 'refuse':
      await changeOrder(world, number, { refused: order.refused + 1 });
      return true;
    default:
      return false;
  }
}

/** The applicant's bank sends a small transfer back. @returns false when there is no such entry */
export async function bounce(exchange: Exchange, id: number): Promise<boolean> {
  const entry = exchange.world.state.statement.find((one) => one.id === id && !one.returned);
  if (entry === undefined) return false;
  await exchange.world.change((state) => ({
    ...state,
    statement: state.statement.map((one) => (one.id === id ? { ...one, returned: true } : one)),
  }));
  await exchange.tell('bank', 'bounced', entry.caseId, { flow: entry.flow, reason: '收款账户不存在' });
  return true;
}
