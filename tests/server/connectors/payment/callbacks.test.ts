import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Message } from '../../../../server/sandbox/providers/wechat-pay.ts';
import type { Running } from '../../../../server/server.ts';
import { ordered, tell, type WechatWorld, wechatWorld } from './wechat-server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let world: WechatWorld;
let server: Running;
beforeAll(async () => {
  world = await wechatWorld();
  server = await world.serve();
});
afterAll(async () => {
  await server.close();
  world.close();
});

test('1,000 messages about two payments, doubled, reordered and two at a time, among them forged ones, have one effect each', async () => {
  const { wechat } = world;
  const cases = [await ordered(server, 'applicant'), await ordered(server, 'applicant2', '9144030071526726XG')];
  const messages: { message: Message; believed: boolean }[] = [];
  for (let n = 0; n < 1_000; n += 1) {
    const { number } = cases[n % 2]!;
    if (n % 20 === 7) messages.push({ message: wechat.pay(number, { amount: 1 }), believed: false });
    else if (n % 20 === 13) {
      const message = wechat.pay(number);
      messages.push({ message: { ...message, body: message.body.replace('SUCCESS', 'SUCCES') }, believed: false });
    } else messages.push({ message: wechat.pay(number), believed: true });
  }
  // A fixed shuffle: the order that went wrong can be played again.
  let seed = 20261128;
  for (let at = messages.length - 1; at > 0; at -= 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    const other = seed % (at + 1);
    [messages[at], messages[other]] = [messages[other]!, messages[at]!];
  }
  const statuses = new Map<string, number>();
  const send = async ({ message, believed }: (typeof messages)[number]) => {
    const { headers, body } = message;
    const url = `${server.url}/connectors/payment/callback/wechat`;
    const post = () => fetch(url, { method: 'POST', headers, body });
    // A provider that was not heard (a connection that had just been closed) sends again.
    const response = await post().catch(post);
    const key = `${believed ? 'believed' : 'false'} ${response.status}`;
    statuses.set(key, (statuses.get(key) ?? 0) + 1);
  };
  for (let at = 0; at < messages.length; at += 2) await Promise.all([send(messages[at]!), send(messages[at + 1]!)]);

  expect(Object.fromEntries(statuses)).toEqual({ 'believed 200': 900, 'false 400': 50, 'false 401': 50 });
  for (const { id } of cases) {
    const { document } = await server.context.cases.read(id);
    expect(document.state.records.payments).toHaveLength(1);
    expect(document.state.records.surplus ?? []).toEqual([]);
    expect(document.journal.filter(({ what }) => what === 'outside:PAY_NOTICE')).toHaveLength(1);
    expect(document.state.facts.paid).toBeDefined();
  }
  expect(server.context.outside.refusals.counts()).toEqual({ 'payment.amount': 50, 'payment.signature': 50 });
});

test('every way in which a message may be wrong is refused over HTTP and recorded; the case hears none of them', async () => {
  const { wechat } = world;
  const { id, number } = await ordered(server, 'applicant2', '91110000101623741K');
  const before = { ...server.context.outside.refusals.counts() };
  const post = (message: Message) => tell(server, message);
  const good = wechat.pay(number);
  const resigned = (change: (resource: { [name: string]: string }) => object): Message => {
    const content = JSON.parse(good.body);
    const body = JSON.stringify({ ...content, resource: { ...content.resource, ...change(content.resource) } });
    return { ...good, body, headers: { ...good.headers, ...wechat.headersFor(body) } };
  };
  const cut = (text: string, bytes: number) => Buffer.from(text, 'base64').subarray(0, bytes).toString('base64');
  const { 'wechatpay-signature': signature = '', ...unsigned } = good.headers;
  const wrong: readonly (readonly [string, Message, number])[] = [
    ['signature', { ...good, headers: unsigned }, 401],
    [
      'signature',
      { ...good, headers: { ...good.headers, 'wechatpay-signature': `WECHATPAY/SIGNTEST/${signature}` } },
      401,
    ],
    ['signature', { ...good, body: good.body.replace('TRANSACTION', 'TRANSACTIONS') }, 401],
    ['replay', { ...good, headers: { ...good.headers, ...wechat.headersFor(good.body, Date.now() - 301_000) } }, 401],
    ['tampered', resigned(({ ciphertext }) => ({ ciphertext: cut(ciphertext!, 12) })), 400],
    ['tampered', resigned(({ ciphertext }) => ({ ciphertext: cut(ciphertext!, -4) })), 400],
    ['tampered', resigned(() => ({ associated_data: 'refund' })), 400],
    ['merchant', wechat.pay(number, { mchid: '1900000009' }), 400],
    ['merchant', wechat.pay(number, { appid: 'wx0000000000000009' }), 400],
    ['amount', wechat.pay(number, { amount: 1 }), 400],
  ];
  for (const [reason, message, status] of wrong) expect(await post(message), reason).toBe(status);
  const after = server.context.outside.refusals.counts();
  const counted = (reason: string) => (after[`payment.${reason}`] ?? 0) - (before[`payment.${reason}`] ?? 0);
  for (const reason of ['signature', 'replay', 'tampered', 'merchant', 'amount'])
    expect(counted(reason), reason).toBe(wrong.filter(([one]) => one === reason).length);
  const { document } = await server.context.cases.read(id);
  expect(document.journal.some(({ what }) => what.startsWith('outside:PAY'))).toBe(false);
  expect(await post(good)).toBe(200);
  expect((await server.context.cases.read(id)).document.state.facts.paid).toBeDefined();
});
