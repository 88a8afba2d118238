import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { JsonObject } from '../../engine/model/json.ts';
import { timeOf, yuanOf } from '../connectors/payment/alipay-crypto.ts';
import { type Asked, operationOf } from './asked.ts';
import type { Exchange } from './exchange.ts';
import type { SandboxMerchant } from './merchant.ts';
import { AlipaySandbox, type FormMessage } from './providers/alipay.ts';
import { type Message, WechatPaySandbox } from './providers/wechat-pay.ts';
import type { Order, PlatformNotice, Platforms, Request } from './state.ts';

/** Waiting times between tries of a message, real ms; after them the merchant has to ask. */
const patience = [300, 1_000, 3_000, 10_000, 30_000, 60_000, 180_000];

/**
 * The payment platforms of the sandbox in their own protocols, for the server's real clients: WeChat Pay below /v3/, Alipay at
 * /gateway.do. Orders outlive the process; messages are signed anew at every try, since an old signature is a replay.
 */
export class Payments {
  readonly #exchange: Exchange;
  readonly #wechat: WechatPaySandbox;
  readonly #alipay: AlipaySandbox;
  #delivering = false;

  constructor(exchange: Exchange, { wechat, alipay, merchant, platform }: SandboxMerchant) {
    this.#exchange = exchange;
    const common = {
      ...{ merchant, platform },
      now: () => exchange.now(),
      codeUrl: (number: string) => `${exchange.publicUrl}/sandbox/wallet/${number}`,
      kept: () => this.#keep(),
    };
    this.#wechat = new WechatPaySandbox({ ...wechat, ...common });
    this.#alipay = new AlipaySandbox({ ...alipay, ...common });
    const { platforms } = exchange.world.state;
    for (const [key, order] of platforms?.wechat.orders ?? []) this.#wechat.orders.set(key, order);
    for (const [key, refund] of platforms?.wechat.refunds ?? []) this.#wechat.refunds.set(key, refund);
    for (const [key, trade] of platforms?.alipay ?? []) this.#alipay.trades.set(key, trade);
  }

  async listen(): Promise<number> {
    const server: Server = createServer((request, response) => void this.#take(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Orders of both, oldest first, as the wallet shows them. */
  orders(): readonly Order[] {
    const refused = this.#exchange.world.state.platforms?.refused ?? {};
    const back = new Set(
      [...this.#wechat.refunds.values()].flatMap((one) => (one.status === 'SUCCESS' ? [one.transaction] : [])),
    );
    const made = [
      ...[...this.#wechat.orders.values()].map((one) => ({
        ...{ one, provider: 'wechat', amount: one.total, isClosed: one.state === 'CLOSED' },
        paidAt: one.paidAt === null ? null : Date.parse(one.paidAt),
        refunded: back.has(one.transaction ?? ''),
      })),
      ...[...this.#alipay.trades.values()].map((one) => ({
        ...{ one, provider: 'alipay', amount: one.total, paidAt: timeOf(one.paidAt) },
        isClosed: one.status === 'TRADE_CLOSED' && one.transaction === null,
        refunded: Object.keys(one.refunds).length > 0,
      })),
    ];
    const orders = new Map<string, Order>();
    for (const { one, provider, amount, paidAt, isClosed, refunded } of made) {
      const { number, at, attach, description, transaction } = one;
      const before = orders.get(number);
      const paid = transaction === null || paidAt === null ? [] : [{ transaction, amount, at: paidAt, refunded }];
      const payments = [...(before?.payments ?? []), ...paid];
      const status = payments.length > 0 ? 'paid' : isClosed ? 'closed' : 'open';
      orders.set(number, {
        ...{ number, at, caseId: '', caseNumber: attach, amount, provider, description, status, payments },
        refused: refused[number] ?? 0,
      });
    }
    return [...orders.values()].sort((a, b) => a.at - b.at);
  }

  /** @returns false when it is no order of the platforms, or nothing that a payer can do */
  async pay(number: string, deed: string): Promise<boolean> {
    const order = this.orders().find((one) => one.number === number);
    if (!order) return false;
    const platform = order.provider === 'alipay' ? this.#alipay : this.#wechat;
    const isPaid = order.payments.length > 0;
    const tell = (key: string, times = 1, told: JsonObject = {}) => this.#queue(order.provider, key, times, told);
    const other = { amount: order.amount - 1, total_amount: yuanOf(order.amount - 1) };
    switch (deed) {
      case 'pay':
      case 'duplicate':
      case 'other':
      case 'quiet':
        if (order.status !== 'open') return false;
        platform.pay(number);
        if (deed !== 'quiet') await tell(number, deed === 'duplicate' ? 2 : 1, deed === 'other' ? other : {});
        break;
      case 'again':
        await tell(platform.payAgain(number));
        break;
      case 'repeat':
        if (!isPaid) return false;
        await tell(number);
        break;
      case 'refuse':
        await this.#change((now) => ({ ...now, refused: { ...now.refused, [number]: order.refused + 1 } }));
        break;
      default:
        return false;
    }
    await this.#keep();
    void this.deliver();
    return true;
  }

  /** What is due of messages and of refunds that take their time. To be called every so often. */
  async tick(): Promise<void> {
    await this.deliver();
  }

  async deliver(): Promise<void> {
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      for (let next = this.#due(); next; next = this.#due()) await this.#send(next);
    } finally {
      this.#delivering = false;
    }
  }

  #due(): PlatformNotice | undefined {
    return this.#exchange.world.state.platforms?.notices.find(({ due }) => due <= Date.now());
  }

  async #send(notice: PlatformNotice): Promise<void> {
    const heard = await this.#post(this.#messageOf(notice)).catch(() => false);
    const wait = heard ? undefined : patience[notice.tries];
    await this.#change((now) => ({
      ...now,
      notices: now.notices.flatMap((one) =>
        one.id !== notice.id
          ? [one]
          : wait === undefined
            ? []
            : [{ ...one, tries: one.tries + 1, due: Date.now() + wait }],
      ),
    }));
  }

  #messageOf({ provider, kind, key, told }: PlatformNotice): Message | FormMessage {
    if (provider === 'alipay') {
      const other = typeof told.total_amount === 'string' ? { total_amount: told.total_amount } : {};
      return this.#alipay.paidMessage(key, other);
    }
    if (kind === 'refund') return this.#wechat.refundMessage(key);
    return this.#wechat.paidMessage(key, typeof told.amount === 'number' ? { amount: told.amount } : {});
  }

  async #post({ url, headers, body }: Message | FormMessage): Promise<boolean> {
    // The server may have moved to another port since the order was made.
    const address = this.#exchange.publicUrl + new URL(url).pathname;
    const answer = await fetch(address, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
    const text = await answer.text();
    return answer.status === 200 && (text === 'success' || text.includes('SUCCESS'));
  }

  async #queue(provider: string, key: string, times: number, told: JsonObject, kind: 'paid' | 'refund' = 'paid') {
    for (let n = 0; n < times; n += 1) {
      const id = await this.#exchange.world.number();
      const notice: PlatformNotice = { id, provider, kind, key, told, tries: 0, due: Date.now() + n * 1_000 };
      await this.#change((now) => ({ ...now, notices: [...now.notices, notice] }));
    }
  }

  /** A request of the server, taken in the manner that was chosen for its operation; noted down like every other. */
  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString('utf8');
    const asked = operationOf(request.method ?? 'GET', request.url ?? '/', text);
    const choice = asked && (await this.#exchange.take(`payment.${asked.operation}`));
    if (choice?.manner === 'unavailable') {
      response.writeHead(503).end();
      return;
    }
    const isLate = choice?.manner === 'late' || choice?.manner === 'silence' || choice?.manner === 'duplicate';
    const fails = asked?.operation === 'refund' && choice?.outcome === 'FAILED';
    this.#wechat.nextRefund = fails ? 'CLOSED' : isLate ? 'PROCESSING' : 'SUCCESS';
    this.#alipay.refusesRefunds = fails;
    const { method = 'GET', url = '/', headers } = request;
    const platform = url.startsWith('/v3/') ? this.#wechat : this.#alipay;
    const { status, headers: told, text: said } = await platform.reply({ method, url, headers, body: text });
    response.writeHead(status, told).end(said);
    if (asked) await this.#note(asked, isLate && choice?.manner !== 'silence' ? (choice?.seconds ?? 5) : null, fails);
  }

  async #note({ operation, number, input }: Asked, seconds: number | null, fails: boolean): Promise<void> {
    const refund = [...this.#wechat.refunds.values()].find((one) => one.number === number);
    const of = this.orders().find(
      (one) => one.number === number || one.payments.some(({ transaction }) => transaction === input.transaction),
    );
    const outcome =
      operation === 'createOrder'
        ? 'CREATED'
        : operation === 'query'
          ? of?.status === 'paid'
            ? 'PAID'
            : 'UNPAID'
          : operation === 'close'
            ? of?.status === 'paid'
              ? 'PAID'
              : 'CLOSED'
            : fails
              ? 'FAILED'
              : 'OK';
    const isOpen = refund?.status === 'PROCESSING';
    const { world } = this.#exchange;
    const id = await world.number();
    const noted: Request = {
      ...{ id, at: this.#exchange.now(), connector: 'payment', operation, input, manner: 'answer', answerAt: null },
      // The number of the order or the refund; of a case a platform knows what the merchant wrote on the order.
      context: { key: number, caseId: '', caseNumber: of?.caseNumber ?? '', project: '', call: '', generation: 0 },
      ...{ status: isOpen ? 'open' : 'answered', outcome: isOpen ? null : outcome, data: {} },
    };
    await world.change((state) => ({ ...state, requests: [...state.requests, noted] }));
    if (isOpen && seconds !== null)
      setTimeout(() => void this.#exchange.resolve(id, 'OK').catch(() => undefined), seconds * 1_000).unref();
  }

  /** Ends a refund that takes its time, and tells of it. */
  async settle(number: string, outcome: string): Promise<boolean> {
    if (this.#wechat.refunds.get(number)?.status !== 'PROCESSING') return false;
    this.#wechat.settle(number, outcome === 'OK' ? 'SUCCESS' : 'CLOSED');
    await this.#keep();
    await this.#queue('wechat', number, 1, {}, 'refund');
    void this.deliver();
    return true;
  }

  async #change(make: (now: Platforms) => Platforms): Promise<void> {
    await this.#exchange.world.change((state) => ({ ...state, platforms: make(state.platforms ?? none) }));
  }

  #keep(): Promise<void> {
    return this.#change((now) => ({
      ...now,
      wechat: { orders: [...this.#wechat.orders], refunds: [...this.#wechat.refunds] },
      alipay: [...this.#alipay.trades],
    }));
  }
}

const none: Platforms = { wechat: { orders: [], refunds: [] }, alipay: [], refused: {}, notices: [] };
