import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeskList, DeskNoticeList, MessageList, TalkView } from '../../../engine/contract/routes.ts';
import { createClock } from '../../../server/clock.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { holding, keptBy } from '../../support/hall-store.ts';
import { Client, Lines, newDataDir, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const start = Date.parse('2026-11-23T01:00:00Z');
const SAID = '营业执照第二页下周才能盖章，可以先交第一页吗？';
const ANSWER = '可以，请在下周五前补上。';

let running: Running;
let dataDir = '';
beforeEach(async () => {
  dataDir = await newDataDir();
  running = await testServer({ dataDir }, { clock: createClock(0, () => start) });
});
afterEach(() => running.close());

const who = (account: string) => new Client(running.url).logIn(account);

async function inReview(presses = ['NEXT', 'NEXT', 'SUBMIT']): Promise<{ id: string; client: Client }> {
  const client = await who('applicant');
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'district-archive' });
  for (const event of presses) await press(running, client, body.id, event);
  return { id: body.id, client };
}

let requests = 0;
const write = (client: Client, id: string, text: string, request = `request-${++requests}`) =>
  client.ask<TalkView & { error?: { code: string } }>('POST', `/api/cases/${id}/talk`, { text, request });
const talk = (client: Client, id: string) => client.ask<TalkView>('GET', `/api/cases/${id}/talk`);

describe('what owner and desk write to each other', () => {
  test('both read it, each with what is unread and what the other has read; the owner is told in the inbox', async () => {
    const { id, client } = await inReview();
    const archivist = await who('archivist');
    const first = await write(client, id, `  ${SAID}  `);
    expect(first.status).toBe(200);
    expect(first.body.messages).toMatchObject([{ text: SAID, own: true, read: false, part: { title: '申请人' } }]);

    const seen = (await talk(archivist, id)).body;
    expect(seen).toMatchObject({ unread: 1, closed: null, messages: [{ text: SAID, own: false }] });
    const until = seen.messages[0]!.at;
    const read = await archivist.ask<{ unread: number }>('POST', `/api/cases/${id}/talk/read`, { until });
    expect(read.body).toEqual({ unread: 0 });
    expect((await talk(client, id)).body.messages[0]?.read).toBe(true);

    // Whose name it is stays at the desk.
    const answered = await write(archivist, id, ANSWER);
    expect(answered.body.messages[1]).toMatchObject({ own: true, name: '档案员甲' });
    const told = (await talk(client, id)).body;
    expect(told.unread).toBe(1);
    expect(told.messages[1]).toMatchObject({ text: ANSWER, part: { title: '档案员' } });
    expect(told.messages[1]).not.toHaveProperty('name');
    const inbox = (await client.ask<MessageList>('GET', '/api/messages')).body;
    expect(inbox).toMatchObject({ unread: 1, rows: [{ text: `档案员：${ANSWER}`, case: { id } }] });
  });

  test('the desk hears of it by its bell: the role whose turn it is, then who worked on the case', async () => {
    const { id, client } = await inReview();
    const { number } = (await running.context.cases.read(id)).document.state;
    const bell = async (account: string) =>
      (await (await who(account)).ask<DeskNoticeList>('GET', '/api/desk/notices')).body.rows.map(({ text }) => text);
    await write(client, id, SAID);
    expect([await bell('archivist'), await bell('archivist2')]).toEqual([
      [`${number} 申请人来信`],
      [`${number} 申请人来信`],
    ]);
    const asked = async (account: string) =>
      (await (await who(account)).ask<DeskList>('GET', '/api/desk/queue?view=all')).body.rows[0]?.asks;
    expect(await asked('archivist')).toBe(true);

    const archivist = await who('archivist');
    await write(archivist, id, ANSWER);
    expect(await asked('archivist')).toBeUndefined();
    await press(running, archivist, id, 'ARCHIVE_RETURN', {
      data: { flags: [{ field: 'copyRequest.purposeText', reason: '用途说明不清楚' }] },
    });
    await write(client, id, '已经改好了');
    expect((await bell('archivist')).length).toBe(2);
    expect((await bell('archivist2')).length).toBe(1);
  });

  test('is closed to other people, to other roles, to links, and while nobody of the desk has met the case', async () => {
    const { id, client } = await inReview(['NEXT']);
    expect((await talk(client, id)).body.closed).toContain('还没有工作人员接手');
    expect((await write(client, id, SAID)).body.error?.code).toBe('talk-early');
    for (const event of ['NEXT', 'SUBMIT']) await press(running, client, id, event);
    for (const account of ['applicant2', 'reviewer', 'admin']) {
      const other = await who(account);
      expect((await talk(other, id)).status, account).toBe(404);
      expect((await write(other, id, SAID)).status, account).toBe(404);
    }
    expect((await new Client(running.url).ask('GET', `/api/cases/${id}/talk`)).status).toBe(401);
    expect((await write(client, id, '   ')).body.error?.code).toBe('talk-empty');
    expect((await write(client, id, '长'.repeat(1_001))).body.error?.code).toBe('talk-long');
    expect((await talk(client, id)).body.messages).toEqual([]);
  });

  test('the same request twice is one message; a flood is stopped', async () => {
    const { id, client } = await inReview();
    await write(client, id, SAID, 'once');
    expect((await write(client, id, SAID, 'once')).body.messages).toHaveLength(1);
    for (let n = 0; n < 9; n += 1) expect((await write(client, id, `第 ${n} 条`)).status).toBe(200);
    expect((await write(client, id, '太多')).status).toBe(429);
    expect((await write(client, id, SAID, 'once')).status).toBe(200);
  });

  test('it comes over the stream of the case, is sealed at rest, survives a step and a restart', async () => {
    const { id, client } = await inReview();
    const lines = new Lines(await client.raw('GET', `/api/cases/${id}/stream`));
    await lines.until('event: revision');
    const archivist = await who('archivist');
    await write(archivist, id, ANSWER);
    await lines.until('{"count":1}');
    expect(lines.text).not.toContain(ANSWER);

    await press(running, archivist, id, 'ARCHIVE_OK');
    await running.close();
    const kept = await keptBy(dataDir);
    expect(holding(kept, '"talk"').length).toBeGreaterThan(0);
    expect(holding(kept, ANSWER)).toEqual([]);

    running = await testServer({ dataDir }, { clock: createClock(0, () => start) });
    const again = await who('applicant');
    expect((await talk(again, id)).body).toMatchObject({ unread: 1, messages: [{ text: ANSWER }] });
    expect((await again.ask<MessageList>('GET', '/api/messages')).body.total).toBe(1);
    const { document } = await running.context.cases.read(id);
    expect((await running.context.cases.lists.get(id))?.talk).toEqual({
      key: document.talk?.messages[0]?.key,
      asks: false,
    });
  });
});
