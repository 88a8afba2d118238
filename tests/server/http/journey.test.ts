import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseView } from '../../../engine/contract/view.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { Client, eventually, mineOf, offersOf, testServer } from '../../support/server.ts';

/** The happy path of a project over HTTP with the sandbox as the outside world: the whole server, no browser. */
describe('a case from its start to its end over HTTP', () => {
  let running: Running;
  beforeAll(async () => {
    running = await testServer({ sandbox: true });
  });
  afterAll(() => running.close());

  const client = (): Client => new Client(running.url);
  const at = (view: CaseView): string => mineOf(view)?.state ?? '';
  const until = (who: Client, id: string, state: string): Promise<CaseView> =>
    eventually(async () => {
      const view = await who.view(id);
      return at(view).endsWith(state) && view;
    }, state);

  test('the certificate process of szmg', async () => {
    const applicant = await client().logIn('applicant');
    const started = await applicant.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
    expect(started.status).toBe(200);
    const { id } = started.body;

    await press(running, applicant, id, 'NEXT');
    await press(running, applicant, id, 'NEXT');
    await press(running, applicant, id, 'NEXT');
    expect(at(await applicant.view(id))).toContain('paper.print');
    const pdf = await applicant.raw('GET', `/api/cases/${id}/documents/applicationForm.pdf`);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    await press(running, applicant, id, 'NEXT');
    await press(running, applicant, id, 'NEXT');

    // The phone: opened by the link of the desktop, in a browser without an account.
    const desktop = await applicant.view(id);
    const link = mineOf(desktop)?.sections.find((section) => section.kind === 'link');
    expect(link?.kind === 'link' && link.url).toContain('/link/');
    const token = (link?.kind === 'link' && link.url?.split('/link/')[1]) || '';
    const phone = client();
    expect((await phone.ask('POST', `/api/links/${token}`, {})).body).toEqual({ case: id });
    await press(running, phone, id, 'ID_UPLOADED');

    await until(applicant, id, 'payment.order');
    const order = offersOf(await applicant.view(id)).find(({ event }) => event === 'ORDER');
    await press(running, applicant, id, 'ORDER', {
      data: { mode: 'online', provider: 'wechat', ...order?.formValues },
    });
    await until(applicant, id, 'waiting');
    const number = (await applicant.view(id)).number;
    const orders = await applicant.ask<{ number: string; caseNumber: string }[]>(
      'GET',
      `/sandbox/api/orders?case=${number}`,
    );
    expect((await applicant.ask('POST', '/sandbox/api/pay', { order: orders.body[0]?.number })).status).toBe(200);

    await until(applicant, id, 'organization.code.handler');
    const statement = await applicant.ask<{ remark: string }[]>('GET', `/sandbox/api/statement?case=${number}`);
    const code = /\d{6}/.exec(statement.body.at(-1)?.remark ?? '')?.[0] ?? '';
    const wrong = code === '000000' ? '000001' : '000000';
    await press(running, applicant, id, 'CODE', { data: { code: wrong } });
    expect((await applicant.view(id)).notices[0]?.text).toContain('随机码不正确');
    await press(running, applicant, id, 'CODE', { data: { code } });

    const reviewer = await client().logIn('reviewer');
    const queue = await reviewer.ask<{ rows: { id: string }[] }>('GET', '/api/desk/queue?view=open');
    expect(queue.body.rows.map((row) => row.id)).toContain(id);
    await press(running, reviewer, id, 'CLAIM');
    await press(running, reviewer, id, 'APPROVE');

    const operations = await client().logIn('operations');
    const packed = await eventually(async () => {
      const view = await operations.view(id);
      return view.tasks.find((task) => task.mine && task.offers.some(({ event }) => event === 'HANDED_OVER'));
    }, 'packed');
    expect(packed.state).toBe('shipment.packed');
    await press(running, operations, id, 'HANDED_OVER', {
      data: { carrier: 'ems', tracking: 'SF0000000001' } as JsonObject,
    });
    // The button stands in a task of main; invoice and PIN move beside it and must not make it stale.
    await press(running, applicant, id, 'RECEIVED');
    await running.context.jobs.idle();
    const { document } = await running.context.cases.read(id);
    expect(document.state.active.join(' ')).toContain('main.work.fulfilment.received');
    expect(document.outbox).toEqual([]);
  }, 60_000);
});
