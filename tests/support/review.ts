import type { CaseView } from '../../engine/contract/view.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Running } from '../../server/server.ts';
import { press, type Uploads } from './filling.ts';
import { Client, eventually, mineOf, offersOf } from './server.ts';
import { freshNumber } from './walk.ts';

/** A paid case of szmg in the reviewers' queue. The server has to have its sandbox. @param over fields that are filled in otherwise */
export async function inReview(
  running: Running,
  over: { readonly [form: string]: JsonObject } = {},
  uploads: Uploads = {},
): Promise<{ readonly id: string; readonly client: Client }> {
  const client = await new Client(running.url).logIn('applicant');
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
  const { id } = body;
  const filled = { ...over, organization: { number: freshNumber(), ...over.organization } };
  for (let n = 0; n < 5; n += 1) await press(running, client, id, 'NEXT', { over: filled, uploads });
  const link = mineOf(await client.view(id))?.sections.find((section) => section.kind === 'link');
  const phone = new Client(running.url);
  await phone.ask('POST', `/api/links/${link?.kind === 'link' ? link.url?.split('/link/')[1] : ''}`, {});
  await press(running, phone, id, 'ID_UPLOADED', { over });
  await until(client, id, 'payment.order');
  const order = offersOf(await client.view(id)).find(({ event }) => event === 'ORDER');
  await press(running, client, id, 'ORDER', { data: { mode: 'online', provider: 'wechat', ...order?.formValues } });
  await until(client, id, 'waiting');
  const { number } = await client.view(id);
  const orders = await client.ask<{ number: string }[]>('GET', `/sandbox/api/orders?case=${number}`);
  await client.ask('POST', '/sandbox/api/pay', { order: orders.body[0]?.number });
  await until(client, id, 'organization.code.handler');
  const statement = await client.ask<{ remark: string }[]>('GET', `/sandbox/api/statement?case=${number}`);
  await press(running, client, id, 'CODE', {
    data: { code: /\d{6}/.exec(statement.body.at(-1)?.remark ?? '')?.[0] ?? '' },
  });
  return { id, client };
}

function until(client: Client, id: string, state: string): Promise<CaseView> {
  return eventually(async () => {
    const view = await client.view(id);
    return (mineOf(view)?.state ?? '').endsWith(state) && view;
  }, state);
}
