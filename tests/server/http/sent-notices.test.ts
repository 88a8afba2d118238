import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SentNoticeView } from '../../../engine/contract/routes.ts';
import type { Message } from '../../../server/connectors/index.ts';
import type { Running } from '../../../server/server.ts';
import { inReview } from '../../support/review.ts';
import { Client, eventually, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let running: Running;
let id = '';
let owner: Client;
beforeAll(async () => {
  running = await testServer({ sandbox: true });
  ({ id, client: owner } = await inReview(running));
});
afterAll(() => running.close());

const who = (account: string) => new Client(running.url).logIn(account);
const sentOf = async (client: Client): Promise<{ status: number; sent: readonly SentNoticeView[] }> => {
  const { status, body } = await client.ask<{ sent: SentNoticeView[] }>('GET', `/api/cases/${id}/sent`);
  return { status, sent: body.sent ?? [] };
};
const again = (client: Client, key: string) =>
  client.ask<{ sent: SentNoticeView[]; error: { code: string } }>('POST', `/api/cases/${id}/sent/again`, { key });
const messages = async (client: Client): Promise<readonly Message[]> =>
  (await client.ask<Message[]>('GET', '/sandbox/api/messages')).body;

describe('a notice that left the house', () => {
  test('is known by its text, to whom it went is masked, and it is sent once more in the same words', async () => {
    const operations = await who('operations');
    const [newest] = await eventually(async () => {
      const { sent } = await sentOf(operations);
      return sent.length > 0 && sent.every(({ waiting }) => !waiting) && sent;
    }, 'something was sent');
    if (!newest) throw new Error('nothing was sent');
    expect(newest).toMatchObject({ by: 'sms', to: expect.stringMatching(/^1\d{2}\*{4}\d{4}$/) });
    const count = async (): Promise<number> =>
      (await messages(operations)).filter(({ text }) => text === newest.text).length;
    const before = await count();

    // Just now: a gateway takes its time.
    const soon = await again(operations, newest.key);
    expect([soon.status, soon.body.error.code]).toEqual([409, 'notice-just-sent']);
    await running.context.jobs.advance(61_000);
    const twice = await Promise.all([again(operations, newest.key), again(operations, newest.key)]);
    expect(twice.filter(({ status }) => status === 200)).toHaveLength(1);
    await eventually(async () => (await count()) === before + 1, 'it was sent once more');
    const [after] = (await sentOf(operations)).sent;
    expect(after).toMatchObject({ text: newest.text, waiting: false });
    expect(after?.key).not.toBe(newest.key);
    const auditor = await who('auditor');
    const log = await auditor.ask<{ rows: { action: string; case: { id: string } | null }[] }>(
      'GET',
      '/api/audit?action=resend',
    );
    expect(log.body.rows.filter((row) => row.case?.id === id)).toHaveLength(1);
  });

  test('is for operations only, and there is no other', async () => {
    for (const account of ['reviewer', 'auditor', 'applicant2'])
      expect((await sentOf(await who(account))).status).not.toBe(200);
    expect((await sentOf(owner)).status).not.toBe(200);
    expect((await again(await who('operations'), 'another')).status).toBe(404);
  });
});
