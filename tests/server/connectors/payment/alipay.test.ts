import { randomBytes } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../../../server/connectors/connector.ts';
import { Alipay } from '../../../../server/connectors/payment/alipay.ts';
import {
  areSigned,
  fenOf,
  signedPart,
  signParameters,
  yuanOf,
} from '../../../../server/connectors/payment/alipay-crypto.ts';
import { AlipaySandbox } from '../../../../server/sandbox/providers/alipay.ts';
import { type TestIdentity, testIdentity } from '../../../../server/sandbox/providers/test-ca.ts';
import { connectorOf, eventsOf, listen } from './world.ts';

const appId = '2026000000000001';
const sellerId = '2088000000000001';

let merchant: TestIdentity;
let platform: TestIdentity;
let sandbox: AlipaySandbox;
let gateway = '';
let client: Alipay;
let close: () => void = () => undefined;

beforeAll(async () => {
  [merchant, platform] = await Promise.all([testIdentity('商户'), testIdentity('支付平台')]);
  sandbox = new AlipaySandbox({ appId, sellerId, merchant, platform });
  const served = await listen(sandbox.listener);
  close = served.close;
  gateway = `${served.base}/gateway.do`;
  const { privateKey } = merchant;
  client = new Alipay({ appId, sellerId, privateKey, publicKey: platform.publicKey, gateway }, served.outside);
});
afterAll(() => close());

const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '');
const newNumber = () => randomBytes(14).toString('hex');

describe('the SDK and our sandbox', () => {
  const sdk = () =>
    new AlipaySdk({
      ...{ appId, gateway, keyType: 'PKCS8', privateKey: bare(merchant.privateKey) },
      alipayPublicKey: bare(platform.publicKey),
    } as never);
  const exec = (method: string, bizContent: object) =>
    sdk().exec(method, { notifyUrl: 'https://hall.example.com/n', bizContent }, { validateSign: true }) as Promise<{
      [name: string]: unknown;
    }>;

  test('it makes, asks for and refunds orders, and verifies every answer', async () => {
    const number = newNumber();
    const made = await exec('alipay.trade.precreate', {
      out_trade_no: number,
      total_amount: '0.01',
      subject: '数字证书',
    });
    expect(made).toMatchObject({ code: '10000', qrCode: expect.stringMatching(/^https:/) });
    sandbox.pay(number);
    const asked = await exec('alipay.trade.query', { out_trade_no: number });
    expect(asked).toMatchObject({ tradeStatus: 'TRADE_SUCCESS', totalAmount: '0.01' });
    const request = { trade_no: asked.tradeNo, out_request_no: 'r1', refund_amount: '0.01' };
    expect(await exec('alipay.trade.refund', request)).toMatchObject({ code: '10000', fundChange: 'Y' });
    expect(await exec('alipay.trade.fastpay.refund.query', request)).toMatchObject({ refundStatus: 'REFUND_SUCCESS' });
  });

  test('it believes our messages, and not when they are changed', async () => {
    const number = newNumber();
    await exec('alipay.trade.precreate', { out_trade_no: number, total_amount: '280.00', subject: '数字证书' });
    const told = Object.fromEntries(new URLSearchParams(sandbox.pay(number).body));
    expect(sdk().checkNotifySignV2(told)).toBe(true);
    expect(sdk().checkNotifySignV2({ ...told, total_amount: '2800.00' })).toBe(false);
  });
});

describe('money and signatures', () => {
  test('fen and yuan are the same sum, and nothing else is money', () => {
    fc.assert(fc.property(fc.nat({ max: 10 ** 11 }), (fen) => fenOf(yuanOf(fen)) === fen));
    expect(['280', '280.5', '0.01', '0'].map(fenOf)).toEqual([28_000, 28_050, 1, 0]);
    for (const wrong of ['', '-1', '1.001', '1e3', ' 1', '1,000.00', null, undefined, '０.０１', 'NaN'])
      expect(fenOf(wrong), String(wrong)).toBe(null);
  });

  test('any change of a parameter is noticed; the order of them does not matter', () => {
    const parameters = { b: '2', a: '中文 &=+', empty: '', sign_type: 'RSA2' };
    const sign = signParameters('message', parameters, platform.privateKey);
    expect(areSigned('message', { sign, a: '中文 &=+', b: '2', sign_type: 'other' }, platform.publicKey)).toBe(true);
    expect(areSigned('message', { ...parameters, b: '3', sign }, platform.publicKey)).toBe(false);
    expect(areSigned('message', { ...parameters, c: '1', sign }, platform.publicKey)).toBe(false);
    expect(areSigned('request', { ...parameters, sign }, platform.publicKey)).toBe(false);
  });

  test('the signed part of an answer is what stands between its braces, whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (content) => {
        const part = JSON.stringify(content);
        return signedPart(`{"x_response":${part},"sign":"}{"}`, 'x_response') === part;
      }),
    );
  });
});

describe('our client through the payment connector', () => {
  const made = async (key: string) => {
    const world = connectorOf(client);
    const input = { amount: 28_000, provider: 'alipay', attempt: 1, description: '数字证书' };
    const result = (await world.connector.perform('createOrder', input, world.context(key))) as Outcome;
    return { ...world, number: String(result.data?.orderNumber), result };
  };

  test('orders, asks, closes', async () => {
    const { connector, context, number, result, receive } = await made('a1');
    expect(result).toMatchObject({
      outcome: 'CREATED',
      data: { amount: 28_000, codeUrl: expect.stringMatching(/^https/) },
    });
    expect(await connector.perform('query', { orderNumber: number }, context('q'))).toEqual({ outcome: 'UNPAID' });
    expect(await connector.perform('close', { orderNumber: number }, context('c'))).toEqual({ outcome: 'CLOSED' });
    const taken = await receive(sandbox.pay(number));
    expect(taken.reply).toMatchObject({ status: 200, text: 'success' });
    expect(eventsOf(taken)[0]?.data).toMatchObject({ orderNumber: number, amount: 28_000, provider: 'alipay' });
    expect(await connector.perform('query', { orderNumber: number }, context('q'))).toEqual({ outcome: 'PAID' });
    expect(await connector.perform('close', { orderNumber: number }, context('c'))).toEqual({ outcome: 'PAID' });
  });

  test('what is forged, old, of another merchant, amount or order is refused', async () => {
    const { number, receive } = await made('a2');
    const message = sandbox.pay(number);
    const reason = async (one: { headers: { [name: string]: string }; body: string }, now?: number) =>
      (await receive(one, now)).refused?.reason;
    expect(await reason({ ...message, body: message.body.replace('280.00', '281.00') })).toBe('signature');
    expect(await reason({ ...message, body: `${message.body}&extra=1` })).toBe('signature');
    expect(await reason({ ...message, body: message.body.replace(/&sign=[^&]*/, '') })).toBe('signature');
    expect(await reason(message, Date.now() + 27 * 3_600_000)).toBe('replay');
    expect(await reason(sandbox.pay(number, { seller_id: '2088000000000009' }))).toBe('merchant');
    expect(await reason(sandbox.pay(number, { app_id: '2026000000000009' }))).toBe('merchant');
    expect(await reason(sandbox.pay(number, { total_amount: '279.99' }))).toBe('amount');
    const stranger = newNumber();
    await client.create({
      number: stranger,
      amount: 1,
      description: 'x',
      notify: 'https://hall.example.com/n',
      attach: '',
    });
    expect(await reason(sandbox.pay(stranger))).toBe('orphan');
    expect(await reason(message)).toBe(undefined);
  });

  test('a refund is paid once, by whichever request it is asked for', async () => {
    const { connector, context, number, receive } = await made('a3');
    const [notice] = eventsOf(await receive(sandbox.pay(number)));
    const input = { transaction: String(notice?.data.transaction), amount: 28_000 };
    const first = await connector.perform('refund', input, context('r1'));
    expect(first).toMatchObject({ outcome: 'OK', data: { amount: 28_000 } });
    expect(await connector.perform('refund', input, context('r2'))).toEqual(first);
    expect(Object.values(sandbox.trades.get(number)!.refunds)).toEqual([28_000]);
    const more = await connector.perform('refund', { ...input, amount: 1 }, context('r3'));
    expect(more).toMatchObject({ outcome: 'FAILED', data: { reason: expect.stringContaining('退款金额超限') } });
  });
});
