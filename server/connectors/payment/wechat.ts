import { X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../../engine/model/json.ts';
import { objectIn } from '../../json.ts';
import type { Received, Reply } from '../connector.ts';
import { TechnicalFailure } from '../failure.ts';
import type { Outside } from '../outside/hosts.ts';
import type { Heard, NewOrder, Paid, PaymentProvider, RefundState } from './provider.ts';
import { authorization, decrypt, isSigned, type Merchant, platformFault, type Resource } from './wechat-crypto.ts';

export interface WechatSettings extends Merchant {
  readonly appid: string;
  /** 32 bytes. */
  readonly apiV3Key: string;
  readonly base: string;
  /** Public-key mode: `PUB_KEY_ID_…` and its key. Without it the platform's certificates are fetched. */
  readonly platformKey: { readonly id: string; readonly key: string } | null;
}

const patience = 10_000;
/** Certificates are asked for at most so often, whoever sends messages with unknown serials. */
const refresh = 60_000;

interface Said {
  readonly status: number;
  readonly body: JsonObject;
}

/** WeChat Pay APIv3, Native. Every answer with a body is verified like a message; redirects and unsigned answers are failures. */
export class WechatPay implements PaymentProvider {
  readonly id = 'wechat';
  readonly #settings: WechatSettings;
  readonly #outside: Outside;
  readonly #keys = new Map<string, string>();
  #fetched = Number.NEGATIVE_INFINITY;

  constructor(settings: WechatSettings, outside: Outside) {
    this.#settings = settings;
    this.#outside = outside;
    if (settings.platformKey) this.#keys.set(settings.platformKey.id, settings.platformKey.key);
  }

  async create(order: NewOrder) {
    const { appid, mchid } = this.#settings;
    const { status, body } = await this.#ask('POST', '/v3/pay/transactions/native', {
      appid,
      mchid,
      description: order.description,
      out_trade_no: order.number,
      attach: order.attach,
      notify_url: order.notify,
      amount: { total: order.amount, currency: 'CNY' },
    });
    const codeUrl = body.code_url;
    if (status !== 200 || typeof codeUrl !== 'string') throw this.#failure('create', status, body);
    return { codeUrl };
  }

  async query(orderNumber: string): Promise<Paid | null> {
    const { mchid } = this.#settings;
    const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(orderNumber)}?mchid=${mchid}`;
    const { status, body } = await this.#ask('GET', path);
    if (status === 404) return null;
    if (status !== 200) throw this.#failure('query', status, body);
    if (!['SUCCESS', 'REFUND'].includes(String(body.trade_state))) return null;
    const paid = paidOf(body);
    if (paid === null || this.#isForeign(body))
      throw new TechnicalFailure('payment.query', 'the answer is not of this order');
    return paid;
  }

  async close(orderNumber: string): Promise<'closed' | 'paid'> {
    const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(orderNumber)}`;
    const { status, body } = await this.#ask('POST', `${path}/close`, { mchid: this.#settings.mchid });
    if (status === 204) return 'closed';
    // Paid, closed before, or never made: the order itself says it.
    const found = await this.#ask('GET', `${path}?mchid=${this.#settings.mchid}`);
    if (found.status === 404) return 'closed';
    if (found.status === 200 && ['SUCCESS', 'REFUND'].includes(String(found.body.trade_state))) return 'paid';
    if (found.status === 200 && ['CLOSED', 'REVOKED'].includes(String(found.body.trade_state))) return 'closed';
    throw this.#failure('close', status, body);
  }

  async refund(refund: { number: string; transaction: string; amount: number; notify: string }): Promise<RefundState> {
    const { mchid } = this.#settings;
    const paid = await this.#ask(
      'GET',
      `/v3/pay/transactions/id/${encodeURIComponent(refund.transaction)}?mchid=${mchid}`,
    );
    const total = objectIn(paid.body.amount).total;
    if (paid.status !== 200 || typeof total !== 'number') throw this.#failure('refund', paid.status, paid.body);
    const { status, body } = await this.#ask('POST', '/v3/refund/domestic/refunds', {
      transaction_id: refund.transaction,
      out_refund_no: refund.number,
      notify_url: refund.notify,
      amount: { refund: refund.amount, total, currency: 'CNY' },
    });
    if (status === 200) return refundOf(body);
    // The provider's own refusals: trying again with the same words is no use. Others may pass.
    const code = String(body.code ?? '');
    if (['NOT_ENOUGH', 'USER_ACCOUNT_ABNORMAL', 'INVALID_REQUEST', 'PARAM_ERROR', 'MCH_NOT_EXISTS'].includes(code))
      return { kind: 'failed', reason: `${code} ${String(body.message ?? '')}`.trim().slice(0, 200) };
    throw this.#failure('refund', status, body);
  }

  async queryRefund({ number }: { number: string }): Promise<RefundState> {
    const { status, body } = await this.#ask('GET', `/v3/refund/domestic/refunds/${encodeURIComponent(number)}`);
    if (status === 404) return { kind: 'none' };
    if (status !== 200) throw this.#failure('refund', status, body);
    return refundOf(body);
  }

  async hear({ headers, body, now }: Received): Promise<Heard> {
    if (!isSigned(headers)) return { kind: 'refused', reason: 'signature', reply: this.refuse(401, 'signature') };
    try {
      await this.#know(headers['wechatpay-serial'] ?? '');
    } catch (error) {
      if (!(error instanceof TechnicalFailure)) throw error;
      // It may be true: the provider sends it again, and by then the key may be here.
      return { kind: 'refused', reason: 'unverified', reply: this.refuse(503, 'later') };
    }
    const fault = platformFault(headers, body, (serial) => this.#keys.get(serial) ?? null, now);
    if (fault !== null) return { kind: 'refused', reason: fault, reply: this.refuse(401, fault) };
    const message = parsed(body.toString('utf8'));
    const plain = decrypt(objectIn(message.resource) as Partial<Resource>, this.#settings.apiV3Key);
    if (plain === null) return { kind: 'refused', reason: 'tampered', reply: this.refuse(400, 'tampered') };
    const told = parsed(plain);
    const type = String(message.event_type ?? '');
    const reply: Reply = { status: 200, type: 'application/json', text: '{"code":"SUCCESS"}' };
    if (told.mchid !== this.#settings.mchid)
      return { kind: 'refused', reason: 'merchant', reply: this.refuse(400, 'merchant') };
    if (type.startsWith('REFUND.')) {
      return { kind: 'refund', number: String(told.out_refund_no ?? ''), state: refundOf(told), reply };
    }
    if (type !== 'TRANSACTION.SUCCESS' || told.trade_state !== 'SUCCESS') return { kind: 'nothing', reply };
    if (this.#isForeign(told)) return { kind: 'refused', reason: 'merchant', reply: this.refuse(400, 'merchant') };
    const paid = paidOf(told);
    if (paid === null) return { kind: 'refused', reason: 'shape', reply: this.refuse(400, 'shape') };
    return { kind: 'paid', paid, reply };
  }

  refuse(status: number, message: string): Reply {
    return { status, type: 'application/json', text: JSON.stringify({ code: 'FAIL', message }) };
  }

  #isForeign(body: JsonObject): boolean {
    return body.mchid !== this.#settings.mchid || body.appid !== this.#settings.appid;
  }

  async #ask(method: string, path: string, content?: JsonObject): Promise<Said> {
    const answer = await this.#raw(method, path, content);
    await this.#know(answer.headers['wechatpay-serial'] ?? '');
    const fault = platformFault(answer.headers, answer.body, (serial) => this.#keys.get(serial) ?? null, Date.now());
    const text = answer.body.toString('utf8');
    // A refusal may come from before the provider's signing (a gateway): it is believed to be a failure, nothing more.
    const isBelieved = fault === null || (answer.status >= 500 && answer.status < 600) || answer.status === 429;
    if (!isBelieved)
      throw new TechnicalFailure('payment', `the answer's ${fault} is not right (HTTP ${answer.status})`);
    return { status: answer.status, body: parsed(text) };
  }

  async #raw(method: string, path: string, content?: JsonObject) {
    const body = content === undefined ? '' : JSON.stringify(content);
    const timestamp = Math.floor(Date.now() / 1000);
    try {
      return await this.#outside.ask(this.#settings.base + path, {
        method,
        headers: {
          accept: 'application/json',
          'user-agent': 'certflow',
          authorization: authorization(this.#settings, { method, path, body, timestamp }),
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
          ...(this.#settings.platformKey ? { 'wechatpay-serial': this.#settings.platformKey.id } : {}),
        },
        timeout: patience,
        ...(content === undefined ? {} : { body }),
      });
    } catch (error) {
      throw new TechnicalFailure('payment', error instanceof Error ? error.message : 'no answer');
    }
  }

  /** Certificate mode: the list of certificates is encrypted with our key, and then signed by one of them. */
  async #know(serial: string): Promise<void> {
    if (this.#settings.platformKey || this.#keys.has(serial) || Date.now() - this.#fetched < refresh) return;
    this.#fetched = Date.now();
    const answer = await this.#raw('GET', '/v3/certificates');
    const list = parsed(answer.body.toString('utf8')).data;
    const fresh = new Map<string, string>();
    for (const item of Array.isArray(list) ? list : []) {
      const { serial_no: name, encrypt_certificate: sealed } = objectIn(item);
      const pem = decrypt(objectIn(sealed) as Partial<Resource>, this.#settings.apiV3Key);
      if (pem === null || typeof name !== 'string') continue;
      const { publicKey } = new X509Certificate(pem);
      fresh.set(name, publicKey.export({ type: 'spki', format: 'pem' }).toString());
    }
    const fault = platformFault(answer.headers, answer.body, (name) => fresh.get(name) ?? null, Date.now());
    if (fault !== null) throw new TechnicalFailure('payment', 'the list of certificates is not signed by one of them');
    for (const [name, key] of fresh) this.#keys.set(name, key);
  }

  #failure(operation: string, status: number, body: JsonObject): TechnicalFailure {
    return new TechnicalFailure(`payment.${operation}`, `HTTP ${status} ${String(body.code ?? '')}`.trim());
  }
}

function paidOf(body: JsonObject): Paid | null {
  const amount = objectIn(body.amount);
  const { transaction_id: transaction, out_trade_no: orderNumber, success_time: time } = body;
  const isWhole = Number.isSafeInteger(amount.total) && (amount.currency === undefined || amount.currency === 'CNY');
  if (typeof transaction !== 'string' || typeof orderNumber !== 'string' || !isWhole) return null;
  const paidAt = new Date(String(time));
  if (Number.isNaN(paidAt.getTime())) return null;
  return { transaction, orderNumber, amount: Number(amount.total), paidAt: paidAt.toISOString() };
}

function refundOf(body: JsonObject): RefundState {
  const amount = objectIn(body.amount).refund;
  switch (body.status ?? body.refund_status) {
    case 'SUCCESS':
      return { kind: 'done', amount: Number(amount) };
    case 'CLOSED':
      return { kind: 'closed' };
    case 'ABNORMAL':
      return { kind: 'failed', reason: '退款异常，付款账户不能收款，请在商户平台处理' };
    default:
      return { kind: 'pending' };
  }
}

function parsed(text: string): JsonObject {
  try {
    return objectIn(JSON.parse(text));
  } catch {
    return {};
  }
}
