import type { JsonObject } from '../../../../engine/model/json.ts';
import { filesOfProject, readReleaseFiles } from '../../../../server/releases/files.ts';
import { testIdentity } from '../../../../server/sandbox/providers/test-ca.ts';
import { type Message, WechatPaySandbox } from '../../../../server/sandbox/providers/wechat-pay.ts';
import type { Running, ServerOptions } from '../../../../server/server.ts';
import { press } from '../../../support/filling.ts';
import { Client, DEFINITIONS, eventually, mineOf, offersOf, testServer } from '../../../support/server.ts';
import { listen } from './world.ts';

const appid = 'wx0000000000000001';
const mchid = '1900000001';
const apiV3Key = 'an-api-v3-key-of-exactly-32-byte';

/** The provider's protocol on a port, and servers with the real client whose environment is filled in as a CA does it. */
export interface WechatWorld {
  readonly wechat: WechatPaySandbox;
  serve(
    how?: { readonly dataDir?: string; readonly sandbox?: boolean },
    more?: Partial<ServerOptions>,
  ): Promise<Running>;
  close(): void;
}

export async function wechatWorld(): Promise<WechatWorld> {
  const [merchant, platform] = await Promise.all([testIdentity('商户'), testIdentity('支付平台')]);
  const wechat = new WechatPaySandbox({ appid, mchid, apiV3Key, merchant, platform });
  const provider = await listen(wechat.listener);
  const env = {
    CERTFLOW_WECHAT_MCHID: mchid,
    CERTFLOW_WECHAT_APPID: appid,
    CERTFLOW_WECHAT_SERIAL: merchant.serial,
    CERTFLOW_WECHAT_BASE: provider.base,
    CERTFLOW_SECRET_WECHAT_PRIVATE_KEY: merchant.privateKey,
    CERTFLOW_SECRET_WECHAT_APIV3_KEY: apiV3Key,
  };
  const outside = {
    hosts: [],
    privateHosts: [new URL(provider.base).host],
    publicUrl: 'https://hall.example.com',
    env,
  };
  const files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  return {
    wechat,
    serve: ({ sandbox = true, ...how } = {}, more = {}) => testServer({ ...how, sandbox, outside }, { files, ...more }),
    close: () => provider.close(),
  };
}

/** The provider tells of it. @returns the status that the server answered with */
export async function tell(server: Running, { headers, body }: Message): Promise<number> {
  const answer = await fetch(`${server.url}/connectors/payment/callback/wechat`, { method: 'POST', headers, body });
  return answer.status;
}

/**
 * A case whose order waits to be paid. One open case of a company is enough, so that another one needs another company.
 * @param company its number @returns the order's number
 */
export async function ordered(
  server: Running,
  account: string,
  company?: string,
  forms: { readonly [form: string]: JsonObject } = {},
  { project = 'szmg', provider = 'wechat' }: { readonly project?: string; readonly provider?: string } = {},
): Promise<{ id: string; number: string }> {
  const client = await new Client(server.url).logIn(account);
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project });
  const { id } = body;
  const over = { ...forms, ...(company === undefined ? {} : { organization: { number: company } }) };
  for (let n = 0; n < 5; n += 1) await press(server, client, id, 'NEXT', { over });
  const link = mineOf(await client.view(id))?.sections.find((section) => section.kind === 'link');
  const phone = new Client(server.url);
  await phone.ask('POST', `/api/links/${link?.kind === 'link' ? link.url?.split('/link/')[1] : ''}`, {});
  await press(server, phone, id, 'ID_UPLOADED');
  const order = await eventually(async () => {
    const offers = offersOf(await client.view(id));
    return offers.find(({ event }) => event === 'ORDER') ?? null;
  }, 'the order');
  await press(server, client, id, 'ORDER', { data: { mode: 'online', ...order.formValues, provider } });
  const number = await eventually(async () => {
    const codes = (await server.context.cases.read(id)).document.state.records.codes ?? [];
    return codes.at(-1)?.data.orderNumber ?? null;
  }, 'a code to scan');
  return { id, number: String(number) };
}
