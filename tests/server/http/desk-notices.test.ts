import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeskList, DeskNoticeList } from '../../../engine/contract/routes.ts';
import { createClock } from '../../../server/clock.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { documentsKept, holding } from '../../support/hall-store.ts';
import { Client, Lines, newDataDir, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DAY = 86_400_000;
/** A Monday, 9:00 in Shanghai. */
const start = Date.parse('2026-11-23T01:00:00Z');

let running: Running;
let dataDir = '';
beforeEach(async () => {
  dataDir = await newDataDir();
  running = await testServer({ dataDir }, { clock: createClock(0, () => start) });
});
afterEach(() => running.close());

/** A request of the second process, promised within five working days. */
async function inReview(): Promise<string> {
  const client = await new Client(running.url).logIn('applicant');
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'district-archive' });
  for (const event of ['NEXT', 'NEXT', 'SUBMIT']) await press(running, client, body.id, event);
  return body.id;
}

const who = (account: string) => new Client(running.url).logIn(account);
const notices = async (client: Client, query = ''): Promise<DeskNoticeList> =>
  (await client.ask<DeskNoticeList>('GET', `/api/desk/notices${query}`)).body;

describe('what the desk is told', () => {
  test('a promise that presses is told to the role that the process names, which may look at the case', async () => {
    const id = await inReview();
    const supervisor = await who('supervisor');
    expect(await notices(supervisor)).toMatchObject({ total: 0, unread: 0, newest: 0 });

    await running.context.jobs.advance(3.9 * DAY);
    const told = await notices(supervisor);
    const { number } = (await running.context.cases.read(id)).document.state;
    expect(told).toMatchObject({ total: 1, unread: 1 });
    expect(told.rows[0]).toMatchObject({ read: false, text: `${number} 审查期限将到`, case: { id, number } });
    expect((await supervisor.ask('GET', `/api/cases/${id}`)).status).toBe(200);
    const all = await supervisor.ask<DeskList>('GET', '/api/desk/queue?view=all');
    expect(all.body.rows.map((row) => row.id)).toEqual([id]);

    // Not to other roles, and not to applicants.
    expect((await notices(await who('archivist'))).total).toBe(0);
    expect((await (await who('applicant')).ask('GET', '/api/desk/notices')).status).toBe(403);
    expect((await new Client(running.url).ask('GET', '/api/desk/notices')).status).toBe(401);
  });

  test('each person has marks of their own, which a restart keeps', async () => {
    await inReview();
    await running.context.jobs.advance(3.9 * DAY);
    const [one, two] = [await who('supervisor'), await who('supervisor2')];
    const [notice] = (await notices(one)).rows;
    const mark = (client: Client, read: boolean) =>
      client.ask<{ unread: number }>('POST', '/api/desk/notices/marks', { keys: [notice!.key], read });
    expect((await mark(one, true)).body.unread).toBe(0);
    expect((await notices(one, '?view=unread')).total).toBe(0);
    expect((await notices(two)).unread).toBe(1);
    expect((await mark(one, false)).body.unread).toBe(1);
    const all = await one.ask<{ unread: number }>('POST', '/api/desk/notices/read', { until: notice!.at });
    expect(all.body.unread).toBe(0);
    // Somebody else's business: it marks nothing.
    expect((await mark(await who('archivist'), true)).body.unread).toBe(0);

    await running.close();
    running = await testServer({ dataDir }, { clock: createClock(0, () => start + 4 * DAY) });
    expect((await notices(await who('supervisor'))).unread).toBe(0);
    expect((await notices(await who('supervisor2'))).unread).toBe(1);
  });

  test('its count comes over the stream, and at rest nothing of it can be read', async () => {
    await inReview();
    const lines = new Lines(await (await who('supervisor')).raw('GET', '/api/messages/stream'));
    await lines.until('{"unread":0,"desk":0}');
    await running.context.jobs.advance(3.9 * DAY);
    await lines.until('{"unread":0,"desk":1}');

    const notices = await documentsKept(dataDir, 'deskNotice');
    expect(notices.length).toBeGreaterThan(0);
    expect(holding(notices, '审查期限')).toEqual([]);
  });
});
