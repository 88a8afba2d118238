import { afterEach, describe, expect, test, vi } from 'vitest';
import type { MessageList } from '../../../engine/contract/routes.ts';
import { inboxTopic } from '../../../server/cases/bus.ts';
import { createClock, type MovableClock } from '../../../server/clock.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { holding, keptBy } from '../../support/hall-store.ts';
import { Client, Lines, newDataDir, testServer } from '../../support/server.ts';
import { caseAt, freshNumber } from '../../support/walk.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DAY = 86_400_000;
const start = Date.parse('2026-11-23T01:00:00Z');

let running: Running | null = null;
let dataDir = '';
afterEach(async () => {
  await running?.close();
  running = null;
});

async function serve(again = false): Promise<Running> {
  if (!again) dataDir = await newDataDir();
  const clock: MovableClock = createClock(0, () => start);
  running = await testServer({ dataDir }, { clock });
  return running;
}

/** A person whose case is 23 days old: the hall has said that it will expire. */
async function reminded(server: Running): Promise<{ readonly client: Client; readonly id: string }> {
  const made = await caseAt(server, 3);
  await server.context.jobs.advance(23 * DAY);
  return made;
}

const listOf = async (client: Client, query = ''): Promise<MessageList> =>
  (await client.ask<MessageList>('GET', `/api/messages${query}`)).body;
const unreadOf = async (answer: Promise<{ body: unknown }>): Promise<number> =>
  ((await answer).body as { unread: number }).unread;

describe('我的消息', () => {
  test('a reminder stands in it once, with its case; another person sees nothing of it', async () => {
    const server = await serve();
    const { client, id } = await reminded(server);
    const list = await listOf(client);
    const { number } = await client.view(id);
    expect(list).toMatchObject({ total: 1, page: 1, pages: 1, unread: 1, unreadHere: 1, cases: [{ id, number }] });
    expect(list.rows[0]).toMatchObject({ read: false, text: expect.stringContaining('失效'), case: { id, number } });
    // Not the sign of the text message.
    expect(list.rows[0]?.text).not.toContain('【');
    expect(list.newest).toBe(list.rows[0]?.at);

    const other = await new Client(server.url).logIn('applicant2');
    expect(await listOf(other)).toMatchObject({ total: 0, unread: 0, rows: [], cases: [] });
    // Neither by naming the case, nor by marking its messages, nor with a role at the desk.
    expect(await listOf(other, `?case=${id}`)).toMatchObject({ total: 0, rows: [] });
    const keys = list.rows.map(({ key }) => key);
    expect(await unreadOf(other.ask('POST', '/api/messages/marks', { keys, read: true }))).toBe(0);
    await other.ask('POST', '/api/messages/read', { until: start + 100 * DAY, case: id });
    for (const account of ['reviewer', 'operations', 'admin']) {
      const staff = await new Client(server.url).logIn(account);
      expect((await listOf(staff, `?case=${id}`)).total, account).toBe(0);
    }
    expect((await listOf(client)).unread).toBe(1);
    expect((await new Client(server.url).ask('GET', '/api/messages')).status).toBe(401);
  });

  test('read, unread again, all read; what came later than what was seen stays unread', async () => {
    const server = await serve();
    const { client, id } = await reminded(server);
    const [first] = (await listOf(client)).rows;
    const mark = (read: boolean) => client.ask('POST', '/api/messages/marks', { keys: [first!.key], read });
    expect(await unreadOf(mark(true))).toBe(0);
    expect((await listOf(client, '?view=unread')).total).toBe(0);
    expect((await listOf(client)).rows[0]?.read).toBe(true);
    expect(await unreadOf(mark(false))).toBe(1);
    expect(await unreadOf(client.ask('POST', '/api/messages/read', { until: first!.at }))).toBe(0);

    // A second case of the same person, reminded later.
    const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
    for (let n = 0; n < 3; n += 1)
      await press(server, client, body.id, 'NEXT', { over: { organization: { number: freshNumber() } } });
    await server.context.jobs.advance(23 * DAY);
    const list = await listOf(client);
    expect(list).toMatchObject({ unread: 1, cases: [{ id: body.id }, { id }] });
    expect(list.rows.map((one) => [one.case.id, one.read])).toEqual([
      [body.id, false],
      [id, true],
    ]);
    // A page that was opened before it came does not mark it.
    expect(await unreadOf(client.ask('POST', '/api/messages/read', { until: first!.at }))).toBe(1);
    expect((await listOf(client, `?case=${body.id}`)).total).toBe(1);
    expect(await unreadOf(client.ask('POST', '/api/messages/read', { until: list.newest, case: id }))).toBe(1);
    expect(await unreadOf(client.ask('POST', '/api/messages/read', { until: list.newest, case: body.id }))).toBe(0);
    // Of something old that is read, one may be unread again after everything was.
    await client.ask('POST', '/api/messages/read', { until: list.newest });
    expect(await unreadOf(mark(false))).toBe(1);
  });

  test('survives a restart, sealed at rest; an effect that is told again is no second message', async () => {
    const server = await serve();
    const { client, id } = await reminded(server);
    const before = await listOf(client);
    await client.ask('POST', '/api/messages/marks', { keys: [before.rows[0]!.key], read: true });
    const { document } = await server.context.cases.read(id);
    expect(document.inbox).toHaveLength(1);
    expect(document.outbox.filter(({ effect }) => effect.kind === 'notice' && effect.by === 'inbox')).toEqual([]);
    const account = (await client.ask<{ person: { account: string } }>('GET', '/api/session')).body.person.account;
    await server.close();

    const kept = await keptBy(dataDir);
    expect(kept.some(({ bytes }) => bytes.includes(id) && bytes.includes('"inbox"'))).toBe(true);
    for (const { text } of before.rows) expect(holding(kept, text)).toEqual([]);

    const again = await serve(true);
    const later = await new Client(again.url).logIn(account, 'a good phrase');
    expect(await listOf(later)).toEqual({
      ...before,
      unread: 0,
      unreadHere: 0,
      rows: [{ ...before.rows[0], read: true }],
    });
  });

  test('what is erased with the case is gone from the inbox, and so is its count', async () => {
    const server = await serve();
    const { client, id } = await reminded(server);
    expect((await listOf(client)).unread).toBe(1);
    await server.context.jobs.advance(500 * DAY);
    expect(Object.keys((await client.view(id)).erased ?? {})).toContain('values');
    expect(await listOf(client)).toMatchObject({ total: 0, unread: 0, rows: [], cases: [] });
  });

  test('the stream tells the count at once and after each change, and ends with the session', async () => {
    const server = await serve();
    const { client } = await caseAt(server, 3);
    const response = await client.raw('GET', '/api/messages/stream');
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const lines = new Lines(response);
    await lines.until('{"unread":0,"desk":0}');
    await server.context.jobs.advance(23 * DAY);
    await lines.until('{"unread":1,"desk":0}');
    lines.text = '';
    const list = await listOf(client);
    await client.ask('POST', '/api/messages/read', { until: list.newest });
    await lines.until('{"unread":0,"desk":0}');
    // Nothing of the messages themselves.
    expect(lines.text).not.toContain('失效');
    await client.ask('DELETE', '/api/session');
    server.context.bus.tell(inboxTopic((await server.context.cases.lists.get(list.rows[0]!.case.id))!.owner), 0);
    expect(await lines.ends()).toBe(true);
  });

  test('a request that no page of ours sends is refused', async () => {
    const server = await serve();
    const client = await new Client(server.url).logIn('applicant');
    for (const body of [
      { read: true },
      { keys: 'x', read: true },
      { keys: [1], read: true },
      { keys: [], read: 'yes' },
    ])
      expect((await client.ask('POST', '/api/messages/marks', body)).status, JSON.stringify(body)).toBe(400);
    const many = Array.from({ length: 101 }, (_, n) => `k${n}`);
    expect((await client.ask('POST', '/api/messages/marks', { keys: many, read: true })).status).toBe(400);
    expect((await client.ask('POST', '/api/messages/read', {})).status).toBe(400);
  });
});
