import { afterAll, expect, test, vi } from 'vitest';
import { filesOfProject, readReleaseFiles } from '../../../../server/releases/files.ts';
import { testIdentity } from '../../../../server/sandbox/providers/test-ca.ts';
import { type Message, WechatPaySandbox } from '../../../../server/sandbox/providers/wechat-pay.ts';
import type { Running } from '../../../../server/server.ts';
import { press } from '../../../support/filling.ts';
import { Client, DEFINITIONS, eventually, mineOf, offersOf, testServer } from '../../../support/server.ts';
import { listen } from './world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const appid = 'wx0000000000000001';
const mchid = '1900000001';
const apiV3Key = 'an-api-v3-key-of-exactly-32-byte';
let closing: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

/** The whole server with the real client, its environment as a CA fills it in, and the provider's protocol on a port. */
async function serve() {
  const [merchant, platform] = await Promise.all([testIdentity('商户'), testIdentity('支付平台')]);
  const wechat = new WechatPaySandbox({ appid, mchid, apiV3Key, merchant, platform });
  const provider = await listen(wechat.listener);
  closing.push(() => provider.close());
  const env = {
    CERTFLOW_WECHAT_MCHID: mchid,
    CERTFLOW_WECHAT_APPID: appid,
    CERTFLOW_WECHAT_SERIAL: merchant.serial,
    CERTFLOW_WECHAT_BASE: provider.base,
    CERTFLOW_SECRET_WECHAT_PRIVATE_KEY: merchant.privateKey,
    CERTFLOW_SECRET_WECHAT_APIV3_KEY: apiV3Key,
  };
  const files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  const outside = {
    hosts: [],
    privateHosts: [new URL(provider.base).host],
    publicUrl: 'https://hall.example.com',
    env,
  };
  const server = await testServer({ sandbox: true, outside }, { files });
  closing.push(() => server.close());
  return { server, wechat };
}

/** A case whose order waits to be paid. @returns its order's number */
async function ordered(server: Running, account: string): Promise<{ id: string; number: string }> {
  const client = await new Client(server.url).logIn(account);
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
  const { id } = body;
  // One open case of a company is enough: the second one is another company's.
  const over = account === 'applicant' ? {} : { organization: { number: '9144030071526726XG' } };
  for (let n = 0; n < 5; n += 1) await press(server, client, id, 'NEXT', { over });
  const link = mineOf(await client.view(id))?.sections.find((section) => section.kind === 'link');
  const phone = new Client(server.url);
  await phone.ask('POST', `/api/links/${link?.kind === 'link' ? link.url?.split('/link/')[1] : ''}`, {});
  await press(server, phone, id, 'ID_UPLOADED');
  const order = await eventually(async () => {
    const offers = offersOf(await client.view(id));
    return offers.find(({ event }) => event === 'ORDER') ?? null;
  }, 'the order');
  await press(server, client, id, 'ORDER', { data: { mode: 'online', provider: 'wechat', ...order.formValues } });
  const number = await eventually(async () => {
    const codes = (await server.context.cases.read(id)).document.state.records.codes ?? [];
    return codes.at(-1)?.data.orderNumber ?? null;
  }, 'a code to scan');
  return { id, number: String(number) };
}

test('1,000 messages about two payments, doubled, reordered and two at a time, among them forged ones, have one effect each', async () => {
  const { server, wechat } = await serve();
  const cases = [await ordered(server, 'applicant'), await ordered(server, 'applicant2')];
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
