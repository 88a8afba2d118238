import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../../engine/model/json.ts';
import {
  areSigned,
  fenOf,
  type Parameters,
  signParameters,
  written,
  yuanOf,
} from '../../connectors/payment/alipay-crypto.ts';
import { signRsa } from '../../connectors/payment/rsa.ts';
import type { TestIdentity } from './test-ca.ts';
import type { PlatformReply, PlatformRequest } from './wechat-pay.ts';

export interface AlipaySandboxOptions {
  readonly appId: string;
  readonly sellerId: string;
  readonly merchant: Pick<TestIdentity, 'publicKey'>;
  readonly platform: Pick<TestIdentity, 'privateKey'>;
  /** The time that payments are made at, epoch ms; messages are always of now. */
  now?(): number;
  codeUrl?(number: string): string;
  /** What a request does is kept before it is answered. */
  kept?(): Promise<void>;
}

export interface AlipayTrade {
  readonly number: string;
  readonly total: number;
  readonly notify: string;
  readonly description: string;
  /** What the merchant wrote on it for itself. */
  readonly attach: string;
  readonly at: number;
  /** None until somebody scans the code. */
  readonly transaction: string | null;
  readonly status: 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_CLOSED';
  readonly paidAt: string | null;
  readonly refunds: { readonly [request: string]: number };
}

/** A message as the platform would send it: a form. */
export interface FormMessage {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

const missing = { code: '40004', msg: 'Business Failed', sub_code: 'ACQ.TRADE_NOT_EXIST', sub_msg: '交易不存在' };

/** Alipay's gateway as a merchant sees it: signed requests in, signed answers and messages out. Trades are kept in memory, by their number. */
export class AlipaySandbox {
  /** The next refunds are refused: the merchant's account is empty. */
  refusesRefunds = false;
  readonly trades = new Map<string, AlipayTrade>();
  readonly #options: AlipaySandboxOptions;
  #sequence = 0;

  constructor(options: AlipaySandboxOptions) {
    this.#options = options;
  }

  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = 'GET', url = '/', headers } = request;
      const asked = { method, url, body: Buffer.concat(parts).toString('utf8'), headers };
      void this.reply(asked).then(({ status, headers: told, text }) => response.writeHead(status, told).end(text));
    });
  };

  async reply({ url, body }: PlatformRequest): Promise<PlatformReply> {
    const { searchParams } = new URL(url, 'http://sandbox');
    const form = new URLSearchParams(body);
    const text = this.#answer({ ...Object.fromEntries(searchParams), ...Object.fromEntries(form) });
    await this.#options.kept?.();
    return { status: 200, headers: { 'content-type': 'application/json;charset=utf-8' }, text };
  }

  /** Somebody scans and pays. @returns the message of it, with another amount or merchant where a fault is wanted */
  pay(number: string, told: Parameters = {}): FormMessage {
    const trade = this.trades.get(number);
    if (!trade || trade.status === 'TRADE_CLOSED') throw new Error(`${number} cannot be paid`);
    if (trade.transaction === null || trade.paidAt === null) this.trades.set(number, this.#paid(trade));
    return this.paidMessage(number, told);
  }

  /** Once more for the same order. @returns the key of that payment */
  payAgain(number: string): string {
    const trade = this.trades.get(number);
    if (!trade) throw new Error(`no trade ${number}`);
    let n = 2;
    while (this.trades.has(`${number}+${n}`)) n += 1;
    this.trades.set(`${number}+${n}`, { ...this.#paid(trade), refunds: {} });
    return `${number}+${n}`;
  }

  #paid(trade: AlipayTrade): AlipayTrade {
    const paidAt = written(this.#options.now?.() ?? Date.now());
    return { ...trade, transaction: this.#number('2026'), status: 'TRADE_SUCCESS', paidAt };
  }

  /** The message of a payment, signed anew each time. @param key of the payment */
  paidMessage(key: string, told: Parameters = {}): FormMessage {
    const trade = this.trades.get(key);
    if (!trade) throw new Error(`no trade ${key}`);
    const paid = { ...this.#told(trade), trade_status: 'TRADE_SUCCESS', gmt_payment: trade.paidAt ?? '' };
    return this.message(trade.notify, { ...paid, ...told });
  }

  message(url: string, content: Parameters): FormMessage {
    const { appId, sellerId, platform } = this.#options;
    const parameters: Parameters = {
      ...{ notify_id: this.#number('N'), notify_type: 'trade_status_sync', notify_time: written(Date.now()) },
      ...{ app_id: appId, seller_id: sellerId, charset: 'utf-8', version: '1.0', sign_type: 'RSA2' },
      ...content,
    };
    const sign = signParameters('message', parameters, platform.privateKey);
    return {
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams({ ...parameters, sign }).toString(),
    };
  }

  #answer(parameters: Parameters): string {
    const method = parameters.method ?? '';
    const name = `${method.replaceAll('.', '_')}_response`;
    const isOurs = parameters.app_id === this.#options.appId;
    const said =
      isOurs && areSigned('request', parameters, this.#options.merchant.publicKey)
        ? this.#do(method, JSON.parse(parameters.biz_content ?? '{}') as JsonObject, parameters.notify_url ?? '')
        : { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.invalid-signature', sub_msg: '验签出错' };
    const part = JSON.stringify(said);
    return `{"${name}":${part},"sign":"${signRsa(part, this.#options.platform.privateKey)}"}`;
  }

  #do(method: string, content: JsonObject, notify: string): JsonObject {
    const trade = this.#find(content);
    const ok = { code: '10000', msg: 'Success' };
    switch (method) {
      case 'alipay.trade.precreate': {
        const number = String(content.out_trade_no);
        const total = fenOf(content.total_amount);
        if (total === null || total === 0)
          return { code: '40004', sub_code: 'ACQ.INVALID_PARAMETER', msg: 'Business Failed' };
        if (trade && (trade.total !== total || trade.status !== 'WAIT_BUYER_PAY'))
          return { code: '40004', sub_code: 'ACQ.CONTEXT_INCONSISTENT', msg: 'Business Failed' };
        this.trades.set(number, {
          ...{ number, total, notify, transaction: null, status: 'WAIT_BUYER_PAY', paidAt: null, refunds: {} },
          ...{ description: String(content.subject ?? ''), attach: String(content.body ?? '') },
          at: this.#options.now?.() ?? Date.now(),
        });
        const code = this.#options.codeUrl?.(number) ?? `https://qr.alipay.com/${number.slice(-16)}`;
        return { ...ok, out_trade_no: number, qr_code: code };
      }
      case 'alipay.trade.query':
        if (!trade?.transaction) return missing;
        return { ...ok, ...this.#told(trade), ...(trade.paidAt ? { send_pay_date: trade.paidAt } : {}) };
      case 'alipay.trade.close':
        if (!trade?.transaction) {
          // The gateway knows no trade before the code is scanned.
          return missing;
        }
        return { code: '40004', msg: 'Business Failed', sub_code: 'ACQ.TRADE_STATUS_ERROR', sub_msg: '交易状态不合法' };
      case 'alipay.trade.refund':
        return this.#refund(trade, content);
      case 'alipay.trade.fastpay.refund.query': {
        if (!trade) return missing;
        const amount = trade.refunds[String(content.out_request_no)];
        if (amount === undefined) return ok;
        return {
          ...ok,
          refund_status: 'REFUND_SUCCESS',
          refund_amount: yuanOf(amount),
          total_amount: yuanOf(trade.total),
        };
      }
      default:
        return { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.invalid-method' };
    }
  }

  #refund(trade: AlipayTrade | undefined, content: JsonObject): JsonObject {
    if (!trade?.transaction) return missing;
    if (this.refusesRefunds)
      return {
        ...{ code: '40004', msg: 'Business Failed', sub_code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH' },
        sub_msg: '卖家余额不足',
      };
    const request = String(content.out_request_no);
    const amount = fenOf(content.refund_amount) ?? 0;
    const said = { code: '10000', msg: 'Success', trade_no: trade.transaction, out_trade_no: trade.number };
    if (trade.refunds[request] !== undefined) return { ...said, fund_change: 'Y', refund_fee: yuanOf(amount) };
    const sum = Object.values(trade.refunds).reduce((all, one) => all + one, 0);
    if (sum + amount > trade.total)
      return {
        code: '40004',
        msg: 'Business Failed',
        sub_code: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
        sub_msg: '退款金额超限',
      };
    const status = sum + amount === trade.total ? 'TRADE_CLOSED' : trade.status;
    const key = [...this.trades].find(([, one]) => one === trade)?.[0] ?? trade.number;
    this.trades.set(key, { ...trade, status, refunds: { ...trade.refunds, [request]: amount } });
    return { ...said, fund_change: 'Y', refund_fee: yuanOf(sum + amount) };
  }

  #find(content: JsonObject): AlipayTrade | undefined {
    const { out_trade_no: number, trade_no: transaction } = content;
    return [...this.trades.values()].find(
      (one) => one.number === number || (transaction && one.transaction === transaction),
    );
  }

  #told(trade: AlipayTrade): { [name: string]: string } {
    return {
      ...{ trade_no: trade.transaction ?? '', out_trade_no: trade.number },
      ...{ trade_status: trade.status, total_amount: yuanOf(trade.total) },
    };
  }

  #number(prefix: string): string {
    this.#sequence += 1;
    return `${prefix}${Date.now()}${String(this.#sequence).padStart(6, '0')}`;
  }
}
