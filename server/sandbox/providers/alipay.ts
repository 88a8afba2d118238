import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../../engine/model/json.ts';
import { zoneMinutes } from '../../../engine/zone.ts';
import { areSigned, fenOf, type Parameters, signParameters, yuanOf } from '../../connectors/payment/alipay-crypto.ts';
import { signRsa } from '../../connectors/payment/rsa.ts';
import type { TestIdentity } from './test-ca.ts';

export interface AlipaySandboxOptions {
  readonly appId: string;
  readonly sellerId: string;
  readonly merchant: Pick<TestIdentity, 'publicKey'>;
  readonly platform: Pick<TestIdentity, 'privateKey'>;
}

interface Trade {
  readonly number: string;
  readonly total: number;
  readonly notify: string;
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

/** Alipay's gateway as a merchant sees it: signed requests in, signed answers and messages out. Trades are kept in memory. */
export class AlipaySandbox {
  readonly trades = new Map<string, Trade>();
  readonly #options: AlipaySandboxOptions;
  #sequence = 0;

  constructor(options: AlipaySandboxOptions) {
    this.#options = options;
  }

  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://sandbox');
      const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
      const text = this.#answer({ ...Object.fromEntries(url.searchParams), ...Object.fromEntries(form) });
      response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' });
      response.end(text);
    });
  };

  /** Somebody scans and pays. @returns the message of it, with another amount or merchant where a fault is wanted */
  pay(number: string, told: Parameters = {}): FormMessage {
    const trade = this.trades.get(number);
    if (!trade || trade.status === 'TRADE_CLOSED') throw new Error(`${number} cannot be paid`);
    const paid: Trade =
      trade.transaction !== null && trade.paidAt !== null
        ? trade
        : { ...trade, transaction: this.#number('2026'), status: 'TRADE_SUCCESS', paidAt: written(Date.now()) };
    this.trades.set(number, paid);
    return this.message(trade.notify, { ...this.#told(paid), gmt_payment: paid.paidAt ?? '', ...told });
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
        });
        return { ...ok, out_trade_no: number, qr_code: `https://qr.alipay.com/${number.slice(-16)}` };
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

  #refund(trade: Trade | undefined, content: JsonObject): JsonObject {
    if (!trade?.transaction) return missing;
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
    this.trades.set(trade.number, { ...trade, status, refunds: { ...trade.refunds, [request]: amount } });
    return { ...said, fund_change: 'Y', refund_fee: yuanOf(sum + amount) };
  }

  #find(content: JsonObject): Trade | undefined {
    const { out_trade_no: number, trade_no: transaction } = content;
    return [...this.trades.values()].find(
      (one) => one.number === number || (transaction && one.transaction === transaction),
    );
  }

  #told(trade: Trade): { [name: string]: string } {
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

function written(time: number): string {
  return new Date(time + zoneMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
