import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Wechatpay } from 'wechatpay-axios-plugin';
import WxPay from 'wechatpay-node-v3';
import type { Outcome } from '../../../../server/connectors/connector.ts';
import { balance } from '../../../../server/connectors/payment/ledger.ts';
import { WechatPay } from '../../../../server/connectors/payment/wechat.ts';
import {
  authorization,
  decrypt,
  encrypt,
  isAuthorized,
  platformFault,
  platformHeaders,
  readAuthorization,
} from '../../../../server/connectors/payment/wechat-crypto.ts';
import { type TestIdentity, testIdentity } from '../../../../server/sandbox/providers/test-ca.ts';
import { WechatPaySandbox } from '../../../../server/sandbox/providers/wechat-pay.ts';
import { connectorOf, eventsOf, listen } from './world.ts';

const appid = 'wx0000000000000001';
const mchid = '1900000001';
const apiV3Key = 'an-api-v3-key-of-exactly-32-byte';
const publicKeyId = 'PUB_KEY_ID_0119000000012026112800000001';

let merchant: TestIdentity;
let platform: TestIdentity;
beforeAll(async () => {
  [merchant, platform] = await Promise.all([testIdentity('商户'), testIdentity('支付平台')]);
});

interface Side {
  readonly sandbox: WechatPaySandbox;
  readonly base: string;
  readonly client: WechatPay;
  close(): void;
}

async function open(mode: 'certificate' | 'publicKey'): Promise<Side> {
  const sandbox = new WechatPaySandbox({
    ...{ appid, mchid, apiV3Key, merchant, platform },
    ...(mode === 'publicKey' ? { publicKeyId } : {}),
  });
  const { base, outside, close } = await listen(sandbox.listener);
  const { serial, privateKey } = merchant;
  const platformKey = mode === 'publicKey' ? { id: publicKeyId, key: platform.publicKey } : null;
  const client = new WechatPay({ appid, mchid, apiV3Key, serial, privateKey, base, platformKey }, outside);
  return { sandbox, base, client, close };
}

let side: Side;
beforeAll(async () => {
  side = await open('certificate');
});
afterAll(() => side.close());

const order = (number: string, amount = 28_000) => ({
  number,
  amount,
  description: '数字证书',
  notify: 'https://hall.example.com/notify',
  attach: '99926112310424301',
});

describe('the SDKs and our sandbox', () => {
  test('wechatpay-axios-plugin makes, asks for, closes and refunds orders; it verifies every answer', async () => {
    for (const [id, key] of [
      [platform.serial, platform.certificate],
      [publicKeyId, platform.publicKey],
    ] as const) {
      const own = id === publicKeyId ? await open('publicKey') : side;
      const wxpay = new Wechatpay({
        ...{ mchid, serial: merchant.serial, privateKey: merchant.privateKey },
        certs: { [id]: key },
        baseURL: own.base,
      } as never) as never as { v3: Chain };
      const number = randomBytes(14).toString('hex');
      const made = await wxpay.v3.pay.transactions.native.post({
        ...{ appid, mchid, description: '数字证书', out_trade_no: number, notify_url: 'https://hall.example.com/n' },
        amount: { total: 1 },
      });
      expect(made.data.code_url).toMatch(/^weixin:/);
      own.sandbox.pay(number);
      const asked = await wxpay.v3.pay.transactions.outTradeNo[number].get({ params: { mchid } });
      expect(asked.data).toMatchObject({ trade_state: 'SUCCESS', out_trade_no: number });
      const refund = await wxpay.v3.refund.domestic.refunds.post({
        ...{ transaction_id: asked.data.transaction_id, out_refund_no: `r${number}`.slice(0, 28) },
        amount: { refund: 1, total: 1, currency: 'CNY' },
      });
      expect(refund.data.status).toBe('SUCCESS');
      if (own !== side) own.close();
    }
  });

  test('wechatpay-node-v3 fetches the certificates, makes orders, and believes our messages and not others', async () => {
    const pay = new WxPay({
      ...{ appid, mchid, serial_no: merchant.serial, key: apiV3Key },
      publicKey: Buffer.from(merchant.certificate),
      privateKey: Buffer.from(merchant.privateKey),
    });
    const to = (url: string) => url.replace('https://api.mch.weixin.qq.com', side.base);
    const answer = async (response: Response) => ({ status: response.status, data: await response.json() });
    pay.createHttp({
      post: async (url, params, headers) =>
        answer(await fetch(to(url), { method: 'POST', headers, body: JSON.stringify(params) })) as never,
      get: async (url, headers) => answer(await fetch(to(url), { headers })) as never,
      upload: () => Promise.reject(new Error('not used')),
    });
    const number = randomBytes(14).toString('hex');
    const made = await pay.transactions_native({
      ...{ description: '数字证书', out_trade_no: number, notify_url: 'https://hall.example.com/n' },
      amount: { total: 5 },
    });
    expect(made).toMatchObject({ status: 200, data: { code_url: expect.stringMatching(/^weixin:/) } });
    const message = side.sandbox.pay(number);
    const told = {
      timestamp: message.headers['wechatpay-timestamp']!,
      nonce: message.headers['wechatpay-nonce']!,
      serial: message.headers['wechatpay-serial']!,
      signature: message.headers['wechatpay-signature']!,
      apiSecret: apiV3Key,
    };
    expect(await pay.verifySign({ ...told, body: message.body })).toBe(true);
    expect(await pay.verifySign({ ...told, body: message.body.replace('TRANSACTION', 'TRANSACTIONS') })).toBe(false);
    const { resource } = JSON.parse(message.body);
    const plain = pay.decipher_gcm<{ out_trade_no: string }>(
      resource.ciphertext,
      resource.associated_data,
      resource.nonce,
      apiV3Key,
    );
    expect(plain.out_trade_no).toBe(number);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: the SDK builds its chain of names at run time
type Chain = any;

describe("the SDKs' verifiers and ours", () => {
  const { Rsa, Aes, Formatter } = Wechatpay as never as {
    Rsa: { sign(text: string, key: string): string; verify(text: string, signature: string, key: string): boolean };
    Aes: {
      AesGcm: {
        encrypt(plain: string, key: string, iv: string, aad: string): string;
        decrypt(sealed: string, key: string, iv: string, aad: string): string;
      };
    };
    Formatter: { joinedByLineFeed(...parts: string[]): string };
  };

  test('they verify our requests, we verify theirs', () => {
    const sent = { method: 'POST', path: '/v3/pay?x=1', body: '{"a":"中文"}', timestamp: 1_700_000_000 };
    const fields = readAuthorization(authorization({ mchid, ...merchant }, sent))!;
    const text = Formatter.joinedByLineFeed('POST', sent.path, fields.timestamp!, fields.nonce_str!, sent.body);
    expect(Rsa.verify(text, fields.signature!, merchant.publicKey)).toBe(true);
    const theirs = { ...fields, signature: Rsa.sign(text, merchant.privateKey) };
    expect(isAuthorized(theirs, sent, merchant.publicKey)).toBe(true);
    expect(isAuthorized(theirs, { ...sent, path: '/v3/pay?x=2' }, merchant.publicKey)).toBe(false);
    expect(isAuthorized(theirs, sent, platform.publicKey)).toBe(false);
  });

  test('they open what we seal, we open what they seal, nobody opens what was cut or changed', () => {
    const sealed = encrypt('{"金额":1}', apiV3Key, 'transaction');
    expect(Aes.AesGcm.decrypt(sealed.ciphertext, apiV3Key, sealed.nonce, 'transaction')).toBe('{"金额":1}');
    const theirs = { ...sealed, ciphertext: Aes.AesGcm.encrypt('{"b":2}', apiV3Key, sealed.nonce, 'transaction') };
    expect(decrypt(theirs, apiV3Key)).toBe('{"b":2}');
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    for (const length of [0, 4, 12, 15, bytes.length - 1])
      expect(decrypt({ ...sealed, ciphertext: bytes.subarray(0, length).toString('base64') }, apiV3Key)).toBe(null);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(decrypt({ ...sealed, ciphertext: changed.toString('base64') }, apiV3Key)).toBe(null);
    }
    expect(decrypt({ ...sealed, associated_data: 'refund' }, apiV3Key)).toBe(null);
    expect(decrypt({ ...sealed, algorithm: 'AES-128' }, apiV3Key)).toBe(null);
    expect(decrypt(sealed, apiV3Key.replace('a', 'b'))).toBe(null);
  });

  test('a message is believed within five minutes, by a known key, and never when it is a probe', () => {
    const now = 1_700_000_000_000;
    const headers = platformHeaders(platform, 'body', now / 1000);
    const keyOf = (serial: string) => (serial === platform.serial ? platform.publicKey : null);
    const body = Buffer.from('body');
    expect(platformFault(headers, body, keyOf, now)).toBe(null);
    expect(platformFault(headers, body, keyOf, now + 300_000)).toBe(null);
    expect(platformFault(headers, body, keyOf, now + 300_001)).toBe('replay');
    expect(platformFault(headers, body, keyOf, now - 300_001)).toBe('replay');
    expect(platformFault({ ...headers, 'wechatpay-timestamp': '1700000100' }, body, keyOf, now)).toBe('signature');
    expect(platformFault({ ...headers, 'wechatpay-serial': 'other' }, body, keyOf, now)).toBe('signature');
    const probe = { ...headers, 'wechatpay-signature': `WECHATPAY/SIGNTEST/${headers['wechatpay-signature']}` };
    expect(platformFault(probe, body, keyOf, now)).toBe('signature');
    expect(platformFault({}, body, keyOf, now)).toBe('signature');
  });
});

describe.each(['certificate', 'publicKey'] as const)('our client, %s mode', (mode) => {
  let own: Side;
  beforeAll(async () => {
    own = await open(mode);
  });
  afterAll(() => own.close());

  test('makes, repeats, asks for and closes orders', async () => {
    const number = randomBytes(14).toString('hex');
    expect(await own.client.query(number)).toBe(null);
    const { codeUrl } = await own.client.create(order(number));
    expect((await own.client.create(order(number))).codeUrl).toBe(codeUrl);
    await expect(own.client.create(order(number, 1))).rejects.toThrow(/OUT_TRADE_NO_USED/);
    expect(await own.client.query(number)).toBe(null);
    own.sandbox.pay(number);
    expect(await own.client.query(number)).toMatchObject({ orderNumber: number, amount: 28_000 });
    expect(await own.client.close(number)).toBe('paid');
    const other = randomBytes(14).toString('hex');
    await own.client.create(order(other));
    expect(await own.client.close(other)).toBe('closed');
    expect(await own.client.close(other)).toBe('closed');
    expect(await own.client.close(randomBytes(14).toString('hex'))).toBe('closed');
  });

  test('does not believe an answer that another platform signed', async () => {
    const false_ = await testIdentity('另一个平台');
    const liar = new WechatPaySandbox({
      appid,
      mchid,
      apiV3Key,
      merchant,
      platform: { ...false_, serial: platform.serial },
    });
    const { base, outside, close } = await listen(liar.listener);
    const { serial, privateKey } = merchant;
    const platformKey = { id: platform.serial, key: platform.publicKey };
    const client = new WechatPay({ appid, mchid, apiV3Key, serial, privateKey, base, platformKey }, outside);
    await expect(client.create(order('a'.repeat(28)))).rejects.toThrow(/signature is not right/);
    close();
  });
});

describe('the payment connector', () => {
  const made = async (key: string, amount = 28_000) => {
    const world = connectorOf(side.client);
    const input = { amount, provider: 'wechat', attempt: 1, description: '数字证书' };
    const result = (await world.connector.perform('createOrder', input, world.context(key))) as Outcome;
    return { ...world, number: String(result.data?.orderNumber), result };
  };
  beforeEach(() => {
    side.sandbox.nextRefund = 'SUCCESS';
  });

  test('an order has its own number, the same for the same request', async () => {
    const { connector, context, number, result } = await made('case-1:4:0');
    expect(result).toMatchObject({ outcome: 'CREATED', data: { amount: 28_000, codeUrl: expect.any(String) } });
    const input = { amount: 28_000, provider: 'wechat', attempt: 1, description: '数字证书' };
    expect(await connector.perform('createOrder', input, context('case-1:4:0'))).toEqual(result);
    const other = (await connector.perform('createOrder', input, context('case-1:9:0'))) as Outcome;
    expect(other.data?.orderNumber).not.toBe(number);
  });

  test('a notice, a query and a close tell the same payment', async () => {
    const { connector, context, number, receive, told } = await made('paid');
    expect(await connector.perform('query', { orderNumber: number }, context('q'))).toEqual({ outcome: 'UNPAID' });
    const message = side.sandbox.pay(number);
    const taken = await receive(message);
    expect(taken.reply).toMatchObject({ status: 200, text: '{"code":"SUCCESS"}' });
    const [notice] = eventsOf(taken);
    expect(notice).toMatchObject({ kind: 'event', caseId: 'case-1', event: 'notice' });
    expect(notice?.data).toMatchObject({ orderNumber: number, amount: 28_000, provider: 'wechat' });
    expect(await connector.perform('query', { orderNumber: number }, context('q'))).toEqual({ outcome: 'PAID' });
    expect(await connector.perform('close', { orderNumber: number }, context('c'))).toEqual({ outcome: 'PAID' });
    const same = { event: 'notice', caseId: 'case-1', data: notice?.data };
    expect(told).toEqual([same, same]);
  });

  test('what is forged, probed, replayed, changed, cut short, of another merchant, amount or order is refused', async () => {
    const { number, receive, ledger } = await made('refusals');
    const { sandbox } = side;
    const message = sandbox.pay(number);
    const refused = async (headers: { [name: string]: string }, body: string, now?: number) =>
      (await receive({ headers: { ...message.headers, ...headers }, body }, now)).refused?.reason;
    const bodyWith = (change: (resource: { [name: string]: string }) => object) => {
      const content = JSON.parse(message.body);
      const body = JSON.stringify({ ...content, resource: { ...content.resource, ...change(content.resource) } });
      return [platformHeaders(platform, body, Math.floor(Date.now() / 1000)), body] as const;
    };
    const signature = message.headers['wechatpay-signature']!;
    expect(
      await refused({ 'wechatpay-signature': signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) }, message.body),
    ).toBe('signature');
    expect(await refused({ 'wechatpay-signature': `WECHATPAY/SIGNTEST/${signature}` }, message.body)).toBe('signature');
    expect(await refused({ 'wechatpay-serial': 'FFFF' }, message.body)).toBe('signature');
    expect(await refused({}, message.body.replace('TRANSACTION.SUCCESS', 'TRANSACTION.SUCCES'))).toBe('signature');
    expect(await refused({}, message.body, Date.now() + 400_000)).toBe('replay');
    const forger = platformHeaders(
      { ...merchant, serial: platform.serial },
      message.body,
      Math.floor(Date.now() / 1000),
    );
    expect(await refused(forger, message.body)).toBe('signature');
    const flip = (text: string) => {
      const bytes = Buffer.from(text, 'base64');
      bytes[3]! ^= 1;
      return bytes.toString('base64');
    };
    expect(await refused(...bodyWith(({ ciphertext }) => ({ ciphertext: flip(ciphertext!) })))).toBe('tampered');
    const short = (text: string) => Buffer.from(text, 'base64').subarray(0, 12).toString('base64');
    expect(await refused(...bodyWith(({ ciphertext }) => ({ ciphertext: short(ciphertext!) })))).toBe('tampered');
    const minus = (text: string) => Buffer.from(text, 'base64').subarray(0, -4).toString('base64');
    expect(await refused(...bodyWith(({ ciphertext }) => ({ ciphertext: minus(ciphertext!) })))).toBe('tampered');
    for (const [told, reason] of [
      [{ mchid: '1900000009' }, 'merchant'],
      [{ appid: 'wx0000000000000009' }, 'merchant'],
      [{ amount: 27_999 }, 'amount'],
    ] as const) {
      const other = sandbox.pay(number, told);
      const taken = await receive(other);
      expect(taken.refused?.reason).toBe(reason);
      expect(taken.told).toBe(undefined);
      expect(taken.reply.status).toBeGreaterThanOrEqual(400);
    }
    const stranger = 'b'.repeat(28);
    await side.client.create(order(stranger));
    expect((await receive(sandbox.pay(stranger))).refused?.reason).toBe('orphan');
    expect((await receive(message)).refused).toBe(undefined);
    const strays = await ledger.read('suspense');
    expect(strays.map(({ open }) => open?.reason)).toEqual(['amount', 'orphan'].slice(-strays.length));
    expect(strays.every(({ open }) => open !== undefined && open.due > Date.now())).toBe(true);
  });

  const paid = async (key: string) => {
    const world = await made(key);
    const taken = await world.receive(side.sandbox.pay(world.number));
    const [notice] = eventsOf(taken);
    const transaction = String(notice?.data.transaction);
    const refund = (request: string) =>
      world.connector.perform('refund', { transaction, amount: 28_000 }, world.context(request));
    return { ...world, transaction, refund };
  };

  test('a refund is paid once, however often and by whichever request it is asked for', async () => {
    const { refund, transaction, ledger } = await paid('refund');
    const first = await refund('r1');
    expect(first).toMatchObject({ outcome: 'OK', data: { transaction, amount: 28_000 } });
    expect(await refund('r1')).toEqual(first);
    expect(await refund('r2')).toEqual(first);
    const postings = await ledger.read('case-1');
    expect(postings.map(({ id }) => id.split('/')[0])).toEqual(['payment', 'refund']);
    expect(balance(postings, 'provider:wechat')).toBe(0);
    expect(balance(postings, 'case:case-1')).toBe(0);
    const refunds = [...side.sandbox.refunds.values()].filter((one) => one.transaction === transaction);
    expect(refunds).toHaveLength(1);
  });

  test('a refund that takes time is known by its message and by asking, also after another request for it', async () => {
    const { refund, connector, context, receive, transaction } = await paid('slow');
    side.sandbox.nextRefund = 'PROCESSING';
    expect(await refund('s1')).toBe('pending');
    expect(await connector.poll('refund', context('s1'))).toBe('pending');
    expect(await refund('s2')).toBe('pending');
    const [one] = [...side.sandbox.refunds.values()].filter((each) => each.transaction === transaction);
    const taken = await receive(side.sandbox.settle(one!.number, 'SUCCESS'));
    const data = { transaction, refundNumber: one!.number, amount: 28_000 };
    expect(eventsOf(taken)).toEqual([
      { kind: 'outcome', caseId: 'case-1', operation: 'refund', call: 'main.pay', generation: 3, outcome: 'OK', data },
    ]);
    for (const key of ['s1', 's2'])
      expect(await connector.poll('refund', context(key))).toEqual({ outcome: 'OK', data });
  });

  test('a refund that was closed is tried under another number; one that is abnormal has failed', async () => {
    const closed = await paid('closed');
    side.sandbox.nextRefund = 'CLOSED';
    expect(await closed.refund('c1')).toMatchObject({ outcome: 'FAILED' });
    side.sandbox.nextRefund = 'SUCCESS';
    expect(await closed.refund('c2')).toMatchObject({ outcome: 'OK' });
    const abnormal = await paid('abnormal');
    side.sandbox.nextRefund = 'ABNORMAL';
    expect(await abnormal.refund('a1')).toMatchObject({
      outcome: 'FAILED',
      data: { reason: expect.stringContaining('异常') },
    });
  });

  test('nobody is paid back what this server never received', async () => {
    const { connector, context } = await made('nothing');
    const asked = connector.perform('refund', { transaction: '4200000000', amount: 1 }, context('x'));
    await expect(asked).rejects.toThrow(/no payment of this server/);
  });
});
