import type { CaseView } from '../../engine/contract/view.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Running } from '../../server/server.ts';
import { creditCode } from './credit-code.ts';
import { press } from './filling.ts';
import { Client, mineOf } from './server.ts';

/** A new case of a new applicant, after so many 下一步 of the wizard. */
export async function caseAt(
  running: Running,
  presses: number,
): Promise<{ readonly client: Client; readonly id: string }> {
  const client = new Client(running.url);
  const account = `user${Math.random().toString(36).slice(2)}`;
  const made = await client.ask('POST', '/api/accounts', { account, password: 'a good phrase', name: '张三' });
  if (made.status !== 200) throw new Error(`account: ${JSON.stringify(made.body)}`);
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
  for (let n = 0; n < presses; n += 1) {
    await press(running, client, body.id, 'NEXT', { over: { organization: { number: freshNumber() } } });
  }
  return { client, id: body.id };
}

/** Another valid credit code every time, since one company may have one open case only. */
let serial = 0;
export function freshNumber(): string {
  serial += 1;
  return creditCode(serial);
}

/** What a form of the caller's task shows. */
export function valuesOf(view: CaseView, form: string): JsonObject | null {
  const section = mineOf(view)?.sections.find((one) => one.kind === 'form' && one.form === form);
  return section?.kind === 'form' ? section.values : null;
}
