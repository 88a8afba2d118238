import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { Client, mineOf, testServer } from '../../support/server.ts';
import { caseAt } from '../../support/walk.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running;
beforeAll(async () => {
  // No outside world: calls stay unanswered, which is all that these tests need.
  running = await testServer();
});
afterAll(() => running.close());

const at = (presses: number) => caseAt(running, presses);

describe('the one-time link', () => {
  async function atPhone() {
    const { client, id } = await at(3);
    await press(running, client, id, 'NEXT');
    await press(running, client, id, 'NEXT');
    const link = mineOf(await client.view(id))?.sections.find((section) => section.kind === 'link');
    return { client, id, token: (link?.kind === 'link' && link.url?.split('/link/')[1]) || '' };
  }

  test('opens that one task and nothing else of the case, and no other case', async () => {
    const { client, id, token } = await atPhone();
    const other = await at(0);
    const phone = new Client(running.url);
    expect((await phone.ask('POST', `/api/links/${token}`, {})).status).toBe(200);
    const view = await phone.view(id);
    expect(view.tasks.filter(({ mine }) => mine).map(({ via }) => via)).toEqual(['agentQr']);
    expect((await phone.send(id, 'WITHDRAW')).status).toBe(409);
    expect((await phone.ask('GET', `/api/cases/${other.id}`)).status).toBe(404);
    expect((await phone.ask('GET', '/api/cases')).status).toBe(401);
    expect((await phone.raw('GET', `/api/cases/${id}/documents/applicationForm.pdf`)).status).toBe(404);
    expect(JSON.stringify(view)).not.toContain(token);
    const owner = await client.view(id);
    expect(owner.timeline.length).toBeGreaterThan(3);
    expect(owner.number).not.toBe('');
    expect(view).toMatchObject({ number: '', amount: null, timeline: [], facts: [], steps: [], notices: [] });
    expect(view.tasks).toHaveLength(1);
    expect(view.subject).toBe(owner.subject);
    expect(mineOf(await client.view(id))?.via).toBeUndefined();
  });

  test('is burnt by the first phone: another one is told so, the same one may open it again', async () => {
    const { id, token } = await atPhone();
    const [phone, thief] = [new Client(running.url), new Client(running.url)];
    expect((await phone.ask('POST', `/api/links/${token}`, {})).status).toBe(200);
    const again = await thief.ask<{ error: { code: string } }>('POST', `/api/links/${token}`, {});
    expect([again.status, again.body.error.code]).toEqual([410, 'link-used']);
    expect((await phone.ask('POST', `/api/links/${token}`, {})).body).toEqual({ case: id });
    expect((await thief.ask('GET', `/api/cases/${id}`)).status).toBe(401);
  });

  test('of two phones at the same time one gets in', async () => {
    const { token } = await atPhone();
    const answers = await Promise.all([1, 2].map(() => new Client(running.url).ask('POST', `/api/links/${token}`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  test('a changed token, an invented one, one of another generation are dead', async () => {
    const { client, id, token } = await atPhone();
    const phone = new Client(running.url);
    const codeOf = async (text: string) =>
      (await phone.ask<{ error: { code: string } }>('POST', `/api/links/${encodeURIComponent(text)}`, {})).body.error
        .code;
    expect(await codeOf(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBe('link-dead');
    expect(await codeOf('../../x')).toBe('link-dead');
    expect((await client.send(id, 'RENEW_QR')).status).toBe(200);
    expect(await codeOf(token)).toBe('link-dead');
  });

  test('of which there is a newer one gives no way in any more, also to whoever had opened it', async () => {
    const { client, id, token } = await atPhone();
    const [phone, newer] = [new Client(running.url), new Client(running.url)];
    expect((await phone.ask('POST', `/api/links/${token}`, {})).status).toBe(200);
    expect(mineOf(await phone.view(id))?.via).toBe('agentQr');
    expect((await client.send(id, 'RENEW_QR')).status).toBe(200);
    expect((await phone.ask('GET', `/api/cases/${id}`)).status).toBe(404);
    const link = mineOf(await client.view(id))?.sections.find((section) => section.kind === 'link');
    const next = (link?.kind === 'link' && link.url?.split('/link/')[1]) || '';
    expect((await newer.ask('POST', `/api/links/${next}`, {})).status).toBe(200);
    expect(mineOf(await newer.view(id))?.via).toBe('agentQr');
    for (const path of [`/api/cases/${id}`, `/api/cases/${id}/stream`])
      expect((await phone.ask('GET', path)).status).toBe(404);
    const sent = { event: 'ID_UPLOADED', revision: (await client.view(id)).revision, request: 'old' };
    expect((await phone.ask('POST', `/api/cases/${id}/events`, sent)).status).toBe(404);
  });

  test('opening it does not log a person out of the same browser', async () => {
    const { client, token } = await atPhone();
    expect((await client.ask('POST', `/api/links/${token}`, {})).status).toBe(200);
    expect((await client.ask('GET', '/api/cases')).status).toBe(200);
  });
});
