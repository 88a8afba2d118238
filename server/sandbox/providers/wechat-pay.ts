import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../../engine/model/json.ts';
import { encrypt, isAuthorized, platformHeaders, readAuthorization } from '../../connectors/payment/wechat-crypto.ts';
import type { TestIdentity } from './test-ca.ts';

export interface WechatSandboxOptions {
  readonly appid: string;
  readonly mchid: string;
  readonly apiV3Key: string;
  readonly merchant: Pick<TestIdentity, 'serial' | 'publicKey'>;
  readonly platform: TestIdentity;
  /** Public-key mode: answers are signed under this id instead of the certificate's serial. */
  readonly publicKeyId?: string;
  /** The time that payments are made at, epoch ms; signatures are always of now. */
  now?(): number;
  /** What is on the code of an order. */
  codeUrl?(number: string): string;
  /** What a request does is kept before it is answered. */
  kept?(): Promise<void>;
}

export interface WechatOrder {
  readonly number: string;
  readonly total: number;
  readonly notify: string;
  readonly description: string;
  /** What the merchant wrote on it for itself. */
  readonly attach: string;
  readonly at: number;
  readonly state: 'NOTPAY' | 'SUCCESS' | 'CLOSED' | 'REFUND';
  readonly transaction: string | null;
  readonly paidAt: string | null;
}

export interface WechatRefund {
  readonly number: string;
  readonly id: string;
  readonly transaction: string;
  readonly orderNumber: string;
  readonly amount: number;
  readonly total: number;
  readonly notify: string;
  readonly status: 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL';
}

class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A request to a platform, and what it answers. */
export interface PlatformRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
export interface PlatformReply {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
}

/** A signed, encrypted message as the platform would send it. */
export interface Message {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/**
 * WeChat Pay APIv3 as a merchant sees it: the merchant's signature is verified, answers are signed, messages encrypted.
 * Orders are kept in memory, by their number (`number+2` where somebody paid twice); a test or a page pays them.
 */
export class WechatPaySandbox {
  readonly orders = new Map<string, WechatOrder>();
  readonly refunds = new Map<string, WechatRefund>();
  /** State that the next refunds take. */
  nextRefund: WechatRefund['status'] = 'SUCCESS';
  readonly #options: WechatSandboxOptions;
  #sequence = 0;

  constructor(options: WechatSandboxOptions) {
    this.#options = options;
  }

  /** A listener of `node:http`. Answers everything below /v3/. */
  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = 'GET', url = '/', headers } = request;
      const asked = { method, url, body: Buffer.concat(parts).toString('utf8'), headers };
      void this.reply(asked).then(({ status, headers: told, text }) => response.writeHead(status, told).end(text));
    });
  };

  async reply({ method, url, body, headers }: PlatformRequest): Promise<PlatformReply> {
    const said = this.#answer(method, url, body, String(headers.authorization ?? ''));
    await this.#options.kept?.();
    const text = said.body === null ? '' : JSON.stringify(said.body);
    return { status: said.status, headers: { 'content-type': 'application/json', ...this.#sign(text) }, text };
  }

  /** Somebody pays. @returns the message of it; `amount` tells another sum than was asked for (a fault of the platform). */
  pay(
    number: string,
    told: { readonly amount?: number; readonly mchid?: string; readonly appid?: string } = {},
  ): Message {
    const order = this.#order(number);
    if (order.state === 'CLOSED') throw new Error(`${number} is closed`);
    if (order.transaction === null) this.orders.set(number, this.#paid(order));
    return this.paidMessage(number, told);
  }

  /** Once more for the same order, or after it was closed. @returns the key of that payment */
  payAgain(number: string): string {
    const order = this.#order(number);
    let n = 2;
    while (this.orders.has(`${number}+${n}`)) n += 1;
    this.orders.set(`${number}+${n}`, this.#paid(order));
    return `${number}+${n}`;
  }

  #paid(order: WechatOrder): WechatOrder {
    const paidAt = new Date(this.#options.now?.() ?? Date.now()).toISOString();
    return { ...order, state: 'SUCCESS', transaction: this.#number('4200'), paidAt };
  }

  /** The message of a payment, signed anew each time. @param key of the payment */
  paidMessage(
    key: string,
    told: { readonly amount?: number; readonly mchid?: string; readonly appid?: string } = {},
  ): Message {
    const order = this.#order(key);
    const transaction = { ...this.#transaction(order), ...told };
    if (told.amount !== undefined) Object.assign(transaction, { amount: { total: told.amount, currency: 'CNY' } });
    return this.message(order.notify, 'TRANSACTION.SUCCESS', 'transaction', transaction);
  }

  /** What became of a refund that was being processed. */
  settle(number: string, status: WechatRefund['status']): Message {
    const refund = this.refunds.get(number);
    if (!refund) throw new Error(`no refund ${number}`);
    this.refunds.set(number, { ...refund, status });
    return this.refundMessage(number);
  }

  refundMessage(number: string): Message {
    const refund = this.refunds.get(number);
    if (!refund) throw new Error(`no refund ${number}`);
    const { status, ...about } = this.#refund(refund);
    return this.message(refund.notify, `REFUND.${refund.status}`, 'refund', {
      ...about,
      mchid: this.#options.mchid,
      refund_status: status ?? null,
    });
  }

  message(url: string, type: string, original: string, content: JsonObject): Message {
    const body = JSON.stringify({
      id: this.#number('EV-'),
      create_time: new Date().toISOString(),
      event_type: type,
      resource_type: 'encrypt-resource',
      summary: type,
      resource: { original_type: original, ...encrypt(JSON.stringify(content), this.#options.apiV3Key, original) },
    });
    return { url, headers: { 'content-type': 'application/json', ...this.#sign(body) }, body };
  }

  /** The headers of a message with this body; another time makes an old one. */
  headersFor(body: string, now = Date.now()): { readonly [name: string]: string } {
    return this.#sign(body, now);
  }

  #sign(body: string, now = Date.now()): { [name: string]: string } {
    const { platform, publicKeyId } = this.#options;
    const signer = { serial: publicKeyId ?? platform.serial, privateKey: platform.privateKey };
    return platformHeaders(signer, body, Math.floor(now / 1000));
  }

  #answer(method: string, path: string, body: string, header: string): { status: number; body: JsonObject | null } {
    try {
      this.#authorize(method, path, body, header);
      return this.#route(method, new URL(path, 'http://sandbox'), body === '' ? {} : (JSON.parse(body) as JsonObject));
    } catch (error) {
      if (error instanceof Refused) return { status: error.status, body: { code: error.code, message: error.message } };
      return { status: 400, body: { code: 'PARAM_ERROR', message: 'not understood' } };
    }
  }

  #authorize(method: string, path: string, body: string, header: string): void {
    const { mchid, merchant } = this.#options;
    const fields = readAuthorization(header);
    const isFresh = Math.abs(Date.now() / 1000 - Number(fields?.timestamp)) <= 300;
    if (!fields || fields.mchid !== mchid || fields.serial_no !== merchant.serial || !isFresh)
      throw new Refused(401, 'SIGN_ERROR', 'the authorization is not of this merchant');
    if (!isAuthorized(fields, { method, path, body }, merchant.publicKey))
      throw new Refused(401, 'SIGN_ERROR', 'the signature is not right');
  }

  #route(method: string, url: URL, body: JsonObject): { status: number; body: JsonObject | null } {
    const step = url.pathname.split('/').slice(2);
    const [kind, area, by, number, deed] = step;
    if (method === 'GET' && url.pathname === '/v3/certificates') return { status: 200, body: this.#certificates() };
    if (method === 'POST' && url.pathname === '/v3/pay/transactions/native')
      return { status: 200, body: this.#create(body) };
    if (kind === 'pay' && area === 'transactions' && number !== undefined) {
      if (method === 'POST' && deed === 'close') return this.#close(number, body);
      const order =
        by === 'id' ? [...this.orders.values()].find((one) => one.transaction === number) : this.orders.get(number);
      if (url.searchParams.get('mchid') !== this.#options.mchid) throw new Refused(400, 'PARAM_ERROR', 'mchid');
      if (!order) throw new Refused(404, 'ORDER_NOT_EXIST', '订单不存在');
      return { status: 200, body: this.#transaction(order) };
    }
    if (kind === 'refund' && by === 'refunds') {
      if (method === 'POST') return { status: 200, body: this.#refundNow(body) };
      const refund = this.refunds.get(number ?? '');
      if (!refund) throw new Refused(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
      return { status: 200, body: this.#refund(refund) };
    }
    throw new Refused(404, 'NOT_FOUND', 'no such interface');
  }

  #create(body: JsonObject): JsonObject {
    const { appid, mchid } = this.#options;
    const amount = (body.amount ?? {}) as JsonObject;
    const number = String(body.out_trade_no ?? '');
    if (body.appid !== appid || body.mchid !== mchid)
      throw new Refused(400, 'APPID_MCHID_NOT_MATCH', 'appid、mchid 不匹配');
    if (!/^[\w*|-]{6,32}$/.test(number)) throw new Refused(400, 'PARAM_ERROR', 'out_trade_no');
    if (!Number.isSafeInteger(amount.total) || Number(amount.total) < 1)
      throw new Refused(400, 'PARAM_ERROR', 'amount.total');
    if (typeof body.description !== 'string' || body.description.length > 127)
      throw new Refused(400, 'PARAM_ERROR', 'description');
    const before = this.orders.get(number);
    if (before && before.state !== 'NOTPAY')
      throw new Refused(400, before.state === 'CLOSED' ? 'ORDER_CLOSED' : 'ORDERPAID', '订单已关闭或已支付');
    if (before && before.total !== amount.total) throw new Refused(400, 'OUT_TRADE_NO_USED', '商户订单号重复');
    this.orders.set(number, {
      ...{ number, total: Number(amount.total), notify: String(body.notify_url ?? ''), description: body.description },
      ...{ attach: String(body.attach ?? ''), at: this.#options.now?.() ?? Date.now() },
      ...{ state: 'NOTPAY', transaction: null, paidAt: null },
    });
    return { code_url: this.#options.codeUrl?.(number) ?? `weixin://wxpay/bizpayurl?pr=${number.slice(-9)}` };
  }

  #close(number: string, body: JsonObject): { status: number; body: JsonObject | null } {
    const order = this.#order(number);
    if (body.mchid !== this.#options.mchid) throw new Refused(400, 'PARAM_ERROR', 'mchid');
    if (order.state === 'SUCCESS' || order.state === 'REFUND') throw new Refused(400, 'ORDERPAID', '订单已支付');
    this.orders.set(number, { ...order, state: 'CLOSED' });
    return { status: 204, body: null };
  }

  #refundNow(body: JsonObject): JsonObject {
    const number = String(body.out_refund_no ?? '');
    const amount = (body.amount ?? {}) as JsonObject;
    const [key, order] = [...this.orders].find(([, one]) => one.transaction === body.transaction_id) ?? [];
    if (key === undefined || !order) throw new Refused(404, 'RESOURCE_NOT_EXISTS', '订单不存在');
    const before = this.refunds.get(number);
    if (before) return this.#refund(before);
    if (amount.total !== order.total) throw new Refused(400, 'INVALID_REQUEST', '订单金额不一致');
    const done = [...this.refunds.values()].filter(
      (one) => one.transaction === order.transaction && one.status !== 'CLOSED',
    );
    const sum = done.reduce((all, one) => all + one.amount, 0) + Number(amount.refund);
    if (sum > order.total) throw new Refused(400, 'INVALID_REQUEST', '退款金额大于可退金额');
    const refund: WechatRefund = {
      ...{ number, id: this.#number('5030'), transaction: order.transaction ?? '', orderNumber: order.number },
      ...{ amount: Number(amount.refund), total: order.total, notify: String(body.notify_url ?? '') },
      status: this.nextRefund,
    };
    this.refunds.set(number, refund);
    this.orders.set(key, { ...order, state: 'REFUND' });
    return this.#refund(refund);
  }

  #certificates(): JsonObject {
    const { platform, apiV3Key } = this.#options;
    return {
      data: [
        {
          serial_no: platform.serial,
          effective_time: new Date(Date.now() - 86_400_000).toISOString(),
          expire_time: new Date(Date.now() + 86_400_000).toISOString(),
          encrypt_certificate: { ...encrypt(platform.certificate, apiV3Key, 'certificate') },
        },
      ],
    };
  }

  #order(number: string): WechatOrder {
    const order = this.orders.get(number);
    if (!order) throw new Refused(404, 'ORDER_NOT_EXIST', '订单不存在');
    return order;
  }

  #transaction(order: WechatOrder): JsonObject {
    const { appid, mchid } = this.#options;
    return {
      ...{ appid, mchid, out_trade_no: order.number, trade_type: 'NATIVE', trade_state: order.state },
      ...(order.attach === '' ? {} : { attach: order.attach }),
      ...(order.transaction === null ? {} : { transaction_id: order.transaction, success_time: order.paidAt }),
      amount: { total: order.total, payer_total: order.total, currency: 'CNY', payer_currency: 'CNY' },
    };
  }

  #refund(refund: WechatRefund): JsonObject {
    return {
      ...{ refund_id: refund.id, out_refund_no: refund.number, transaction_id: refund.transaction },
      ...{ out_trade_no: refund.orderNumber, channel: 'ORIGINAL', status: refund.status },
      amount: { total: refund.total, refund: refund.amount, currency: 'CNY' },
    };
  }

  #number(prefix: string): string {
    this.#sequence += 1;
    return `${prefix}${String(Date.now())}${String(this.#sequence).padStart(6, '0')}`;
  }
}
