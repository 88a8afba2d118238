import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { BoardView } from '../../../engine/contract/board.ts';
import type { HallView } from '../../../engine/contract/routes.ts';
import { createClock } from '../../../server/clock.ts';
import type { Running } from '../../../server/server.ts';
import { Client, newDataDir, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const start = Date.parse('2026-12-01T01:00:00Z');
const clock = () => createClock(0, () => start);
let running: Running;
let dataDir = '';
beforeAll(async () => {
  dataDir = await newDataDir();
  running = await testServer({ dataDir }, { clock: clock() });
});
afterAll(() => running.close());

const as = (account: string) => new Client(running.url).logIn(account);
const hall = async (id: string) =>
  (await new Client(running.url).ask<HallView>('GET', '/api/hall')).body.projects.find((one) => one.id === id)!;
const begin = async (project: string) => (await (await as('applicant')).ask('POST', '/api/cases', { project })).status;
const path = '/api/board/szmg';

const maintenance = { title: '系统维护', text: '12 月 1 日晚维护。', from: '2026-12-01', until: '2026-12-02' };

test('what a lead says goes before the release at once, is written down, and outlives a restart', async () => {
  const lead = await as('reviewLead');
  const { body } = await lead.ask<BoardView>('GET', path);
  const [released] = body.project.announcements!;
  expect(body).toMatchObject({ version: 0, board: { opening: null, announcements: {} } });
  expect(await begin('szmg')).toBe(200);

  const board = {
    opening: { opens: '2026-12-05', closes: '2026-12-31' },
    announcements: { maintenance, [released!.id]: null },
  };
  const saved = await lead.ask<BoardView>('PUT', path, { board, base: 0, note: '年底停办' });
  expect(saved.status).toBe(200);
  expect(saved.body.history[0]).toMatchObject({ note: '年底停办', by: '审核主管甲' });
  const shown = await hall('szmg');
  expect(shown.announcements?.map(({ title }) => title)).toEqual(['系统维护']);
  expect(shown.closed).toContain('2026-12-05');
  expect(await begin('szmg')).toBe(409);
  // The release is what it was; the same project's others are not touched.
  expect((await lead.ask<BoardView>('GET', path)).body.project.announcements).toHaveLength(1);
  expect((await hall('inner-mongolia')).closed).toBeUndefined();

  await running.close();
  running = await testServer({ dataDir }, { clock: clock() });
  expect((await hall('szmg')).closed).toContain('2026-12-05');
  await running.context.jobs.advance(4 * 86_400_000);
  expect((await hall('szmg')).closed).toBeUndefined();
  expect((await hall('szmg')).announcements).toBeUndefined();
  expect(await begin('szmg')).toBe(200);
});

test('what no project file may say is refused with how to mend it, and two people do not overwrite each other', async () => {
  const lead = await as('reviewLead');
  const { version } = (await lead.ask<BoardView>('GET', path)).body;
  const put = (board: object, note = '改', base = version) =>
    lead.ask<{ error: { message: string } }>('PUT', path, { board, note, base });
  const wrong: readonly (readonly [object, string])[] = [
    [{ opening: null, announcements: { x: { ...maintenance, title: '' } } }, '标题'],
    [{ opening: null, announcements: { x: { ...maintenance, from: '2026-02-30' } } }, '日期'],
    [{ opening: null, announcements: { x: { ...maintenance, until: '2026-11-30' } } }, '日期'],
    [{ opening: null, announcements: { 'no id': maintenance } }, '公告'],
    [{ opening: { opens: '2026-12-05', closes: '2026-12-04' }, announcements: {} }, '受理时间'],
    [{ opening: { closed: '' }, announcements: {} }, '受理时间'],
    [{ opening: { number: '999' }, announcements: {} }, ''],
    [{ opening: null, announcements: {}, settings: {} }, ''],
  ];
  for (const [board, message] of wrong) {
    const { status, body } = await put(board);
    expect(status, JSON.stringify(board)).toBe(400);
    expect(body.error.message).toContain(message);
  }
  const nothing = { opening: null, announcements: {} };
  expect((await put(nothing, ' ')).status).toBe(400);
  expect((await put(nothing, '恢复', version - 1)).status).toBe(409);
  expect((await put(nothing, '恢复')).status).toBe(200);
  expect((await hall('szmg')).announcements?.length ?? 0).toBe(1);
});

test('only whoever leads in the project: for others there is none', async () => {
  expect((await (await as('supervisor')).ask('GET', path)).status).toBe(404);
  for (const account of ['reviewer', 'applicant', 'finance2'])
    expect([403, 404]).toContain(
      (await (await as(account)).ask('PUT', path, { board: {}, note: 'x', base: 0 })).status,
    );
  expect((await (await as('operations')).ask('GET', path)).status).toBe(200);
});
