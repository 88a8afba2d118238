import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { Connector, Inbox, Outcome, Received, RequestContext, Taken, Told } from '../connector.ts';
import { ContractViolation, OtherAnswer, TechnicalFailure } from '../failure.ts';
import { type Reference, type References, referenceOf } from '../outside/references.ts';
import { type Ledger, type Posting, suspense } from './ledger.ts';
import type { Paid, PaymentProvider, RefundState } from './provider.ts';
import type { Untold } from './untold.ts';

export interface PaymentTools {
  readonly providers: readonly PaymentProvider[];
  readonly references: References;
  readonly inbox: Pick<Inbox, 'event'>;
  readonly ledger: Pick<Ledger, 'post'>;
  readonly untold: Untold;
  /** Something that is left for the next start. */
  readonly warn: (reason: string) => void;
  now(): number;
  /** Where providers reach us, without a slash at the end. */
  publicUrl(): string;
}

const id = 'payment';
/** Within this time somebody has to decide about money that no case takes. */
const decisionTime = 3 * 86_400_000;
/** A refund that the provider closed is tried under another number. */
const mostRefunds = 5;

/**
 * Online payment by any provider. An order's number is its reference: who asked, for how much, at whom. Whoever learns that
 * an order is paid (notice, query, close) tells the case the same notice, which is known by its transaction.
 */
export class PaymentConnector implements Connector {
  readonly id = id;
  readonly #tools: PaymentTools;

  constructor(tools: PaymentTools) {
    this.#tools = tools;
  }

  async perform(operation: string, input: JsonObject, request: RequestContext): Promise<Outcome | 'pending'> {
    switch (operation) {
      case 'createOrder':
        return this.#create(input, request);
      case 'query':
        return this.#query(String(input.orderNumber));
      case 'close':
        return this.#close(String(input.orderNumber));
      case 'refund':
        return this.#refund(input, request);
      default:
        throw new ContractViolation(`${id}.${operation}`, 'no provider does this');
    }
  }

  /** Only refunds are pending. */
  async poll(operation: string, request: RequestContext): Promise<Outcome | 'pending'> {
    if (operation !== 'refund') return 'pending';
    const found = await this.#tools.references.find(referenceOf(id, operation, request.key));
    if (!found) return 'pending';
    const { provider, number, transaction, amount } = found.about;
    const refund = { number: String(number), transaction: String(transaction), amount: Number(amount) };
    const at = this.#provider(String(provider));
    const state = await at.queryRefund(refund);
    await this.#posted(at, found.caseId, state, refund);
    return outcomeOf(state, refund);
  }

  async receive(message: Received): Promise<Taken | null> {
    const provider = this.#tools.providers.find((one) => one.id === message.part);
    if (!provider) return null;
    const heard = await provider.hear(message);
    switch (heard.kind) {
      case 'refused':
        return { reply: heard.reply, refused: { reason: heard.reason } };
      case 'nothing':
        return { reply: heard.reply };
      case 'paid':
        return this.#paid(provider, heard.paid, heard.reply);
      case 'refund':
        return this.#refunded(provider, heard.number, heard.state, heard.reply);
    }
  }

  /** Payments that are in the books, or on their way there, and whose cases may not know it. */
  async recover(): Promise<void> {
    for (const { provider, paid } of await this.#tools.untold.list()) {
      try {
        const order = await this.#tools.references.find(paid.orderNumber);
        if (order) await this.#deliver(order, this.#provider(provider), paid);
      } catch (error) {
        // One case that cannot be read must not keep the hall shut; it stays for the next start, and for the provider's repeat.
        this.#tools.warn(`${paid.transaction} is not told to its case: ${(error as Error).message}`);
      }
    }
  }

  async #create(input: JsonObject, request: RequestContext): Promise<Outcome> {
    const provider = this.#provider(String(input.provider));
    const amount = Number(input.amount);
    const about = { amount, provider: provider.id };
    const number = await this.#tools.references.remember(id, 'createOrder', request, about);
    const description = String(input.description);
    const { codeUrl } = await provider.create({
      ...{ number, amount, description, notify: this.#notify(provider) },
      attach: request.caseNumber.slice(0, 40),
    });
    return { outcome: 'CREATED', data: { orderNumber: number, codeUrl, amount } };
  }

  async #query(orderNumber: string): Promise<Outcome> {
    const { order, provider } = await this.#orderOf(orderNumber);
    const paid = await provider.query(orderNumber);
    if (paid === null) return { outcome: 'UNPAID' };
    await this.#deliver(order, provider, paid);
    return { outcome: 'PAID' };
  }

  async #close(orderNumber: string): Promise<Outcome> {
    const { order, provider } = await this.#orderOf(orderNumber);
    if ((await provider.close(orderNumber)) === 'closed') return { outcome: 'CLOSED' };
    const paid = await provider.query(orderNumber);
    if (paid === null) throw new TechnicalFailure(`${id}.close`, 'paid, and then not');
    await this.#deliver(order, provider, paid);
    return { outcome: 'PAID' };
  }

  /**
   * By the transaction, not by the request: the process may ask again after a failure, and money must not go back twice.
   * What was asked before is looked up first.
   */
  async #refund(input: JsonObject, request: RequestContext): Promise<Outcome | 'pending'> {
    const { references } = this.#tools;
    const transaction = String(input.transaction);
    const amount = Number(input.amount);
    const payment = await references.find(paymentId(transaction));
    if (!payment) throw new ContractViolation(`${id}.refund`, 'no payment of this server has this transaction');
    const provider = this.#provider(String(payment.about.provider));
    const { key, caseId, call, generation } = request;
    for (let n = 1; n <= mostRefunds; n += 1) {
      const number = refundNumber(transaction, amount, n);
      const refund = { number, transaction, amount };
      const before = await provider.queryRefund(refund);
      if (before.kind === 'closed') continue;
      const reference: Reference = {
        ...{ caseId, connector: id, operation: 'refund', call, generation },
        about: { provider: provider.id, ...refund },
      };
      await references.put(number, reference);
      await references.put(referenceOf(id, 'refund', key), reference);
      const state =
        before.kind === 'none' ? await provider.refund({ ...refund, notify: this.#notify(provider) }) : before;
      await this.#posted(provider, caseId, state, refund);
      return outcomeOf(state, refund);
    }
    return { outcome: 'FAILED', data: { reason: '退款多次被关闭，请在商户平台处理' } };
  }

  async #paid(provider: PaymentProvider, paid: Paid, reply: Taken['reply']): Promise<Taken> {
    const order = await this.#tools.references.find(paid.orderNumber);
    const reference = paid.orderNumber;
    if (!order || order.connector !== id || order.about.provider !== provider.id)
      return this.#stray(provider, paid, 'orphan', { reply: provider.refuse(404, 'unknown order') });
    if (order.about.amount !== paid.amount)
      return this.#stray(provider, paid, 'amount', { reply: provider.refuse(400, 'amount') }, reference);
    await this.#note(order, provider, paid);
    const done = () => this.#tools.untold.told(paymentId(paid.transaction));
    return { reply, told: [noticeOf(order, provider, paid)], done };
  }

  /** Money that came and that no case takes: refused, and kept in the books until somebody has decided. */
  async #stray(
    provider: PaymentProvider,
    paid: Paid,
    reason: 'orphan' | 'amount',
    { reply }: Pick<Taken, 'reply'>,
    reference?: string,
  ): Promise<Taken> {
    await this.#keep(provider, paid, reason);
    return { reply, refused: { reason, ...(reference === undefined ? {} : { reference }) } };
  }

  #keep(provider: PaymentProvider, paid: Paid, reason: 'orphan' | 'amount'): Promise<void> {
    return this.#tools.ledger.post(suspense, {
      ...movement(`payment/${paid.transaction}`, Date.parse(paid.paidAt), provider, suspense, paid.amount),
      open: { reason, due: this.#tools.now() + decisionTime },
    });
  }

  /** What went back by the provider, once for a refund's number. */
  async #posted(
    provider: PaymentProvider,
    caseId: string,
    state: RefundState,
    refund: { number: string; amount: number },
  ): Promise<void> {
    if (state.kind !== 'done') return;
    const id = `refund/${refund.number}`;
    const posting = movement(id, this.#tools.now(), provider, `case:${caseId}`, -refund.amount);
    await this.#tools.ledger.post(caseId, posting);
  }

  async #refunded(
    provider: PaymentProvider,
    number: string,
    state: RefundState,
    reply: Taken['reply'],
  ): Promise<Taken> {
    const found = await this.#tools.references.find(number);
    if (found?.operation !== 'refund' || found.about.provider !== provider.id)
      return { reply: provider.refuse(404, 'unknown refund'), refused: { reason: 'orphan' } };
    const { caseId, operation, call, generation, about } = found;
    const refund = { number, transaction: String(about.transaction), amount: Number(about.amount) };
    if (state.kind === 'done' && state.amount !== refund.amount)
      return { reply: provider.refuse(400, 'amount'), refused: { reason: 'amount', reference: number } };
    await this.#posted(provider, caseId, state, refund);
    const result = outcomeOf(state, refund);
    if (result === 'pending') return { reply };
    const { outcome, data = {} } = result;
    return { reply, told: [{ kind: 'outcome', caseId, operation, call, generation, outcome, data }] };
  }

  async #deliver(order: Reference, provider: PaymentProvider, paid: Paid): Promise<void> {
    if (order.about.amount !== paid.amount) {
      // Whoever tells it: it is money of somebody's, and stands in the books until finance has decided.
      await this.#keep(provider, paid, 'amount');
      throw new OtherAnswer(`${id}.query`, 'amount', 'PAID');
    }
    await this.#note(order, provider, paid);
    const notice = noticeOf(order, provider, paid);
    if (notice.kind === 'event') await this.#tools.inbox.event(id, notice.event, { caseId: order.caseId }, notice.data);
    await this.#tools.untold.told(paymentId(paid.transaction));
  }

  /** Which provider a transaction belongs to, for the way back; and the books. What was noted before costs no write. */
  async #note(order: Reference, provider: PaymentProvider, paid: Paid): Promise<void> {
    const { references, untold } = this.#tools;
    const payment = paymentId(paid.transaction);
    const about = { provider: provider.id, amount: paid.amount, orderNumber: paid.orderNumber };
    if (!(await references.find(payment))) await untold.note(payment, { provider: provider.id, paid });
    await references.put(payment, { ...order, operation: 'payment', about });
    const { caseId } = order;
    const id = `payment/${paid.transaction}`;
    const posting = movement(id, Date.parse(paid.paidAt), provider, `case:${caseId}`, paid.amount);
    await this.#tools.ledger.post(caseId, posting);
  }

  async #orderOf(orderNumber: string): Promise<{ order: Reference; provider: PaymentProvider }> {
    const order = await this.#tools.references.find(orderNumber);
    if (!order) throw new ContractViolation(`${id}.query`, 'no order of this server has this number');
    return { order, provider: this.#provider(String(order.about.provider)) };
  }

  #provider(wanted: string): PaymentProvider {
    const found = this.#tools.providers.find((one) => one.id === wanted);
    if (!found) throw new ContractViolation(id, `the provider ${wanted} is not configured`);
    return found;
  }

  #notify(provider: PaymentProvider): string {
    return `${this.#tools.publicUrl()}/connectors/${id}/callback/${provider.id}`;
  }
}

function noticeOf(order: Reference, provider: PaymentProvider, paid: Paid): Told {
  const { orderNumber, transaction, amount, paidAt } = paid;
  const data = { transaction, orderNumber, amount, provider: provider.id, paidAt };
  return { kind: 'event', caseId: order.caseId, event: 'notice', data };
}

function outcomeOf(
  state: RefundState,
  { number, transaction, amount }: { number: string; transaction: string; amount: number },
): Outcome | 'pending' {
  switch (state.kind) {
    case 'done':
      return { outcome: 'OK', data: { transaction, refundNumber: number, amount } };
    case 'failed':
      return { outcome: 'FAILED', data: { reason: state.reason.slice(0, 200) } };
    case 'closed':
      return { outcome: 'FAILED', data: { reason: '退款已被关闭' } };
    case 'pending':
    case 'none':
      return 'pending';
  }
}

/** Above zero: the provider holds more of ours, and owes it to the other account. */
function movement(id: string, at: number, provider: PaymentProvider, other: string, amount: number): Posting {
  const entries = [
    { account: `provider:${provider.id}`, amount },
    { account: other, amount: -amount },
  ];
  return { id, at, entries };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 28);
const paymentId = (transaction: string): string => digest(`payment/${transaction}`);
const refundNumber = (transaction: string, amount: number, n: number): string =>
  digest(`refund/${transaction}/${amount}/${n}`);
