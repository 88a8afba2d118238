import type { Running } from '../../server/server.ts';
import { press } from './filling.ts';
import { Client, mineOf } from './server.ts';
import { caseAt } from './walk.ts';

/** A case of which another system was just asked something, and the trace of the step that wanted it. */
export async function outsideCall(running: Running): Promise<{ readonly id: string; readonly trace: string }> {
  const { client, id } = await caseAt(running, 3);
  for (const event of ['NEXT', 'NEXT']) await press(running, client, id, event);
  const link = mineOf(await client.view(id))?.sections.find((section) => section.kind === 'link');
  const token = (link?.kind === 'link' && link.url?.split('/link/')[1]) || '';
  const phone = new Client(running.url);
  await phone.ask('POST', `/api/links/${token}`, {});
  await press(running, phone, id, 'ID_UPLOADED');
  const { outbox } = (await running.context.cases.read(id)).document;
  const trace = outbox.find(({ effect }) => effect.kind === 'call')?.trace ?? '';
  await running.context.jobs.idle();
  return { id, trace };
}
