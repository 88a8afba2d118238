import type { CaseState } from '../../../../engine/model/case.ts';
import type { JsonObject } from '../../../../engine/model/json.ts';
import type { Books, Payment } from '../books.ts';

/**
 * After every step the case's ledger agrees with what provider and bank hold, as far as the case can know it: no payment
 * that nobody made, none twice, none that it was told of and forgot, none given back while the case counts it as paid,
 * and every fen that is held belongs to the fee or is on its way back. [I5]
 */
export function ledgerProblem(state: CaseState, books: Books): string | null {
  return onlineProblem(state, books) ?? remittanceProblem(state, books);
}

const dataOf = (state: CaseState, record: string): readonly JsonObject[] =>
  (state.records[record] ?? []).map(({ data }) => data);
const sumOf = (entries: readonly JsonObject[]): number =>
  entries.reduce((sum, { amount }) => sum + Number(amount ?? 0), 0);
const isAt = (state: CaseState, part: string): boolean =>
  state.active.some((address) => address === part || address.startsWith(`${part}.`));

function onlineProblem(state: CaseState, books: Books): string | null {
  const made = books.paymentsOf(state.id);
  const payments = dataOf(state, 'payments');
  const surplus = dataOf(state, 'surplus');
  const known = [...payments, ...surplus];
  const names = known.map(({ transaction }) => String(transaction));
  for (const { transaction, amount } of known) {
    const payment = made.find((one) => one.transaction === transaction);
    if (!payment) return `${transaction} was taken for a payment, which nobody made`;
    if (payment.amount !== amount) return `${transaction} brought ${payment.amount} fen, the case says ${amount}`;
    if (names.filter((name) => name === transaction).length > 1) return `${transaction} stands in the case twice`;
  }
  const forgotten = made.find(({ told, transaction }) => told && !names.includes(transaction));
  if (forgotten) return `${forgotten.transaction} was told and confirmed, and the case does not know it`;

  const kept = isAt(state, 'money.paid') && state.facts.remitted === undefined ? payments.at(-1) : undefined;
  if (isAt(state, 'money.paid') && state.facts.remitted === undefined) {
    const price = Number(dataOf(state, 'orders').at(-1)?.price);
    if (kept === undefined) return 'the case says that it is paid, and nobody has paid';
    if (Number(kept.amount) !== price)
      return `${kept.transaction} of ${kept.amount} fen was taken for the fee of ${price}`;
  }
  const returned = new Set(dataOf(state, 'returned').map(({ transaction }) => transaction));
  const goingBack =
    isAt(state, 'money.refunding') || isAt(state, 'money.refundFailed') || isAt(state, 'money.refundReview');
  for (const payment of made) {
    const problem = owner(payment, { kept, payments, surplus, returned, goingBack });
    if (problem !== null) return `${payment.transaction} ${problem}, at ${state.active.join(' ')}`;
  }
  return null;
}

interface Ledger {
  readonly kept: JsonObject | undefined;
  readonly payments: readonly JsonObject[];
  readonly surplus: readonly JsonObject[];
  readonly returned: ReadonlySet<unknown>;
  readonly goingBack: boolean;
}

/** To whom the money of a payment belongs now. @returns what is wrong with it, or null */
function owner(payment: Payment, { kept, payments, surplus, returned, goingBack }: Ledger): string | null {
  const { transaction } = payment;
  const isBack = payment.refunded >= payment.amount;
  if (kept?.transaction === transaction) return isBack ? 'counts as the fee and was given back' : null;
  if (surplus.some((one) => one.transaction === transaction))
    return returned.has(transaction) && !isBack ? 'counts as given back and was not' : null;
  const place = payments.findIndex((one) => one.transaction === transaction);
  // Its notice is on its way.
  if (place < 0) return isBack ? 'was given back, and the case does not know it' : null;
  if (place < payments.length - 1) return isBack ? null : 'was followed by another one and is still held';
  return isBack || goingBack ? null : 'is held, and the case neither counts it as the fee nor gives it back';
}

function remittanceProblem(state: CaseState, books: Books): string | null {
  const receipts = dataOf(state, 'receipts');
  for (const { transaction, amount } of receipts) {
    const came = books.remittances.find((one) => one.caseId === state.id && one.transaction === transaction);
    if (!came || came.amount !== amount) return `${transaction} of ${amount} fen was registered, and did not come so`;
    if (receipts.filter((one) => one.transaction === transaction).length > 1)
      return `${transaction} was registered twice`;
  }
  const left = sumOf(receipts) - books.returned(state.id);
  if (left < 0) return `the bank sent back ${-left} fen more than came`;
  if (sumOf(dataOf(state, 'sentBack')) > books.returned(state.id))
    return 'counts as sent back what the bank has not sent';
  if (!isAt(state, 'money.paid') || state.facts.remitted === undefined) return null;
  const price = Number(dataOf(state, 'orders').at(-1)?.price);
  return left < price ? `the case says that ${price} fen were remitted, ${left} are there` : null;
}

/**
 * What the provider holds of a case is what the case says of its money, once everything has come to rest: nothing
 * when it says that nothing was paid or everything went back, its price when it says paid. What finance still has to
 * pay back by hand is owned by a task.
 */
export function moneyProblem(state: CaseState, books: Books): string | null {
  const isOwned = state.active.some((address) => /^(money|surplus)\..*(failed|review)$/i.test(address));
  if (isOwned) return null;
  const isPaid = isAt(state, 'money.paid');
  const price = Number(dataOf(state, 'orders').at(-1)?.price ?? 0);
  const online = isPaid && state.facts.remitted === undefined ? price : 0;
  const held = books.held(state.id);
  if (held !== online) return `the provider holds ${held} fen, the case at ${state.active.join(' ')} has ${online}`;
  const left = sumOf(dataOf(state, 'receipts')) - books.returned(state.id);
  const remitted = isPaid && state.facts.remitted !== undefined ? price : 0;
  // A part that came waits with the case for the rest of it.
  const mayWait = !state.over && isAt(state, 'money.unpaid');
  return left === remitted || mayWait ? null : `the bank keeps ${left} fen of a case that has ${remitted}`;
}
