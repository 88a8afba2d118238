import type { JsonObject } from '../../../engine/model/json.ts';
import { objectIn } from '../../json.ts';
import type { Received, Reply } from '../connector.ts';
import { TechnicalFailure } from '../failure.ts';
import type { Outside } from '../outside/hosts.ts';
import {
  areSigned,
  fenOf,
  type Parameters,
  signedPart,
  signParameters,
  timeOf,
  written,
  yuanOf,
} from './alipay-crypto.ts';
import type { Heard, NewOrder, Paid, PaymentProvider, RefundState } from './provider.ts';
import { isSignedByRsa } from './rsa.ts';

export interface AlipaySettings {
  readonly appId: string;
  /** The merchant's account; messages for another one are refused. */
  readonly sellerId: string;
  readonly privateKey: string;
  /** The platform's key. */
  readonly publicKey: string;
  /** `https://openapi.alipay.com/gateway.do` */
  readonly gateway: string;
}

const patience = 10_000;
/** The provider repeats a message for about 25 hours. */
const window = 26 * 3_600_000;
/** As long as the process shows the code. */
const codeValid = '2h';

/** Alipay, payment by a code that is scanned. Answers and messages are verified with the platform's key. */
export class Alipay implements PaymentProvider {
  readonly id = 'alipay';
  readonly #settings: AlipaySettings;
  readonly #outside: Outside;

  constructor(settings: AlipaySettings, outside: Outside) {
    this.#settings = settings;
    this.#outside = outside;
  }

  async create(order: NewOrder) {
    const content = {
      out_trade_no: order.number,
      total_amount: yuanOf(order.amount),
      subject: order.description,
      body: order.attach,
      seller_id: this.#settings.sellerId,
      qr_code_timeout_express: codeValid,
    };
    const said = await this.#ask('alipay.trade.precreate', content, order.notify);
    if (said.code !== '10000' || typeof said.qr_code !== 'string') throw failure('create', said);
    return { codeUrl: said.qr_code };
  }

  async query(orderNumber: string): Promise<Paid | null> {
    const said = await this.#ask('alipay.trade.query', { out_trade_no: orderNumber });
    if (said.sub_code === 'ACQ.TRADE_NOT_EXIST') return null;
    if (said.code !== '10000') throw failure('query', said);
    // A trade that was paid back in full is closed; it was paid all the same.
    const isPaid = ['TRADE_SUCCESS', 'TRADE_FINISHED'].includes(String(said.trade_status)) || said.send_pay_date;
    if (!isPaid) return null;
    const paid = paidOf(said, said.send_pay_date);
    if (paid === null || paid.orderNumber !== orderNumber)
      throw new TechnicalFailure('payment.query', 'the answer is not of this order');
    return paid;
  }

  async close(orderNumber: string): Promise<'closed' | 'paid'> {
    const said = await this.#ask('alipay.trade.close', { out_trade_no: orderNumber });
    // A code that nobody scanned has no trade yet; what is paid by it later comes as a late payment.
    if (said.code === '10000' || said.sub_code === 'ACQ.TRADE_NOT_EXIST') return 'closed';
    const found = await this.#ask('alipay.trade.query', { out_trade_no: orderNumber });
    if (['TRADE_SUCCESS', 'TRADE_FINISHED'].includes(String(found.trade_status))) return 'paid';
    if (found.trade_status === 'TRADE_CLOSED') return 'closed';
    throw failure('close', said);
  }

  async refund(refund: { number: string; transaction: string; amount: number }): Promise<RefundState> {
    const content = {
      trade_no: refund.transaction,
      out_request_no: refund.number,
      refund_amount: yuanOf(refund.amount),
    };
    const said = await this.#ask('alipay.trade.refund', content);
    if (said.code === '10000')
      return said.fund_change === 'Y' ? { kind: 'done', amount: refund.amount } : { kind: 'pending' };
    if (said.code === '40004' && said.sub_code !== 'ACQ.SYSTEM_ERROR')
      return { kind: 'failed', reason: `${String(said.sub_code)} ${String(said.sub_msg ?? '')}`.trim().slice(0, 200) };
    throw failure('refund', said);
  }

  async queryRefund(refund: { number: string; transaction: string; amount: number }): Promise<RefundState> {
    const content = { trade_no: refund.transaction, out_request_no: refund.number };
    const said = await this.#ask('alipay.trade.fastpay.refund.query', content);
    if (said.code !== '10000' && said.sub_code !== 'ACQ.TRADE_NOT_EXIST') throw failure('refund', said);
    if (said.refund_status !== 'REFUND_SUCCESS') return { kind: 'none' };
    return { kind: 'done', amount: fenOf(said.refund_amount) ?? refund.amount };
  }

  async hear({ body, now }: Received): Promise<Heard> {
    const parameters: Parameters = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    const refused = (reason: 'signature' | 'replay' | 'merchant' | 'shape', status = 400): Heard => ({
      ...{ kind: 'refused', reason },
      reply: this.refuse(status, reason),
    });
    if (parameters.sign_type !== 'RSA2' || !areSigned('message', parameters, this.#settings.publicKey))
      return refused('signature', 401);
    const sent = timeOf(parameters.notify_time);
    if (sent === null || Math.abs(now - sent) > window) return refused('replay', 401);
    const { appId, sellerId } = this.#settings;
    if (parameters.app_id !== appId || parameters.seller_id !== sellerId) return refused('merchant');
    const reply: Reply = { status: 200, type: 'text/plain', text: 'success' };
    // A refund's message repeats the trade's state; what came back is asked for, not heard.
    const isPayment = ['TRADE_SUCCESS', 'TRADE_FINISHED'].includes(parameters.trade_status ?? '');
    if (!isPayment || parameters.refund_fee !== undefined) return { kind: 'nothing', reply };
    const paid = paidOf(parameters, parameters.gmt_payment);
    return paid === null ? refused('shape') : { kind: 'paid', paid, reply };
  }

  /** Anything but `success` is heard as a failure and repeated. */
  refuse(status: number, _message: string): Reply {
    return { status, type: 'text/plain', text: 'fail' };
  }

  async #ask(method: string, content: JsonObject, notify?: string): Promise<JsonObject> {
    const { appId, privateKey, publicKey, gateway } = this.#settings;
    const common: Parameters = {
      ...{ app_id: appId, method, format: 'JSON', charset: 'utf-8', sign_type: 'RSA2', version: '1.0' },
      timestamp: written(Date.now()),
      ...(notify === undefined ? {} : { notify_url: notify }),
      biz_content: JSON.stringify(content),
    };
    const sign = signParameters('request', common, privateKey);
    let answer: { status: number; body: Buffer };
    try {
      answer = await this.#outside.ask(`${gateway}?charset=utf-8`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: new URLSearchParams({ ...common, sign }).toString(),
        timeout: patience,
      });
    } catch (error) {
      throw new TechnicalFailure('payment', error instanceof Error ? error.message : 'no answer');
    }
    const text = answer.body.toString('utf8');
    const name = `${method.replaceAll('.', '_')}_response`;
    const whole = parsed(text);
    const part = signedPart(text, name);
    if (answer.status !== 200 || part === null) throw new TechnicalFailure('payment', `HTTP ${answer.status}`);
    if (!isSignedByRsa(part, String(whole.sign ?? ''), publicKey))
      throw new TechnicalFailure('payment', "the answer's signature is not right");
    return parsed(part);
  }
}

function failure(operation: string, { code, sub_code: sub }: JsonObject): TechnicalFailure {
  return new TechnicalFailure(`payment.${operation}`, `${String(code)} ${String(sub ?? '')}`.trim());
}

function paidOf(told: { readonly [name: string]: unknown }, paidAt: unknown): Paid | null {
  const amount = fenOf(told.total_amount);
  const time = timeOf(paidAt);
  const { trade_no: transaction, out_trade_no: orderNumber } = told;
  if (typeof transaction !== 'string' || typeof orderNumber !== 'string' || amount === null || time === null)
    return null;
  return { transaction, orderNumber, amount, paidAt: new Date(time).toISOString() };
}

function parsed(text: string): JsonObject {
  try {
    return objectIn(JSON.parse(text));
  } catch {
    return {};
  }
}
