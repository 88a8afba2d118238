import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HallView, ReleaseView } from '../../../engine/contract/routes.ts';
import type { Files } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { importFiles } from '../../../server/admin/commands.ts';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { DEFINITIONS, testServer } from '../../support/server.ts';
import { caseAt } from '../../support/walk.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let files: Files;
let running: Running;
beforeAll(async () => {
  files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  running = await testServer({}, { files });
});
afterAll(() => running.close());

/** Publishes the project with one file changed. */
async function publish(path: string, change: (text: string) => string, note: string): Promise<void> {
  const { releases, released } = running.context;
  const text = files[path]!;
  expect(change(text)).not.toBe(text);
  files = { ...files, [path]: change(text) };
  const imported = await importFiles(releases, files, 'admin');
  expect(imported).toMatchObject([{ project: 'szmg', state: 'draft', issues: [] }]);
  await releases.publish('szmg', { note, by: 'admin' });
  await released();
}

test('U-02 the agreements change while somebody drafts: what they saw is what they accepted; who comes later sees the new ones', async () => {
  const reading = await caseAt(running, 0);
  const accepted = await caseAt(running, 1);
  const shown = (await reading.client.view(reading.id)).release;
  await publish(
    'workflows/content/agreements.zh-CN.yaml',
    (text) => text.replaceAll('version: "2026-01"', 'version: "2026-12"'),
    '新的协议',
  );

  const { release } = await reading.client.view(reading.id);
  expect(release).toBe(shown);
  const texts = (await reading.client.ask<ReleaseView>('GET', `/api/releases/${release}`)).body.content.agreements;
  expect(texts).toMatchObject({ service: { version: '2026-01' } });
  await press(running, reading.client, reading.id, 'NEXT');
  const later = await caseAt(running, 1);
  const versions = async (id: string) =>
    ((await running.context.cases.read(id)).document.state.forms.agreements?.terms as JsonObject | undefined)?.versions;
  expect(await versions(reading.id)).toMatchObject({ service: '2026-01' });
  expect(await versions(accepted.id)).toMatchObject({ service: '2026-01' });
  expect(await versions(later.id)).toMatchObject({ service: '2026-12' });
});

test('a project takes new cases from its first day to its last, without anybody publishing anything', async () => {
  const file = 'workflows/projects/szmg.project.yaml';
  const { client } = await caseAt(running, 0);
  const day = (offset: number) =>
    new Date(running.context.clock.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
  const window = async (opens: string, closes: string) => {
    const words = `opens: ${opens}\ncloses: ${closes}\n`;
    await publish(file, (text) => text.replace('settings:', `${words}settings:`), '开放时间');
    const hall = (await client.ask<HallView>('GET', '/api/hall')).body.projects.find(({ id }) => id === 'szmg');
    const answer = await client.ask<{ error?: { code: string; message: string } }>('POST', '/api/cases', {
      project: 'szmg',
    });
    await publish(file, (text) => text.replace(words, ''), '不限时间');
    return { closed: hall?.closed ?? null, status: answer.status, message: answer.body.error?.message ?? '' };
  };
  // The first and the last day belong to it.
  expect(await window(day(0), day(0))).toEqual({ closed: null, status: 200, message: '' });
  expect(await window(day(1), day(9))).toMatchObject({ closed: `${day(1)} 开始受理`, status: 409 });
  const over = await window(day(-9), day(-1));
  expect(over).toMatchObject({ closed: `${day(-1)} 是最后一天，现在已经截止`, status: 409 });
  expect(over.message).toContain('已经开始的可以继续办理');
});

test('U-03 the project closes while somebody drafts: the draft goes on, nobody begins another, everybody is told why', async () => {
  const drafting = await caseAt(running, 1);
  const closing = 'closed: 系统升级，1 月 5 日恢复\n';
  await publish(
    'workflows/projects/szmg.project.yaml',
    (text) => text.replace('settings:', `${closing}settings:`),
    '关闭',
  );
  const hall = (await drafting.client.ask<HallView>('GET', '/api/hall')).body;
  expect(hall.projects).toMatchObject([{ id: 'szmg', closed: '系统升级，1 月 5 日恢复' }]);
  const refused = await drafting.client.ask<{ error: { code: string; message: string } }>('POST', '/api/cases', {
    project: 'szmg',
  });
  expect(refused.status).toBe(409);
  expect(refused.body.error).toMatchObject({ code: 'project-not-open' });
  expect(refused.body.error.message).toContain('系统升级，1 月 5 日恢复');

  await press(running, drafting.client, drafting.id, 'NEXT');
  expect((await running.context.cases.read(drafting.id)).document.state.active[0]).toBe('main.work.draft.fill');

  await publish('workflows/projects/szmg.project.yaml', (text) => text.replace(closing, ''), '恢复');
  expect((await caseAt(running, 0)).id).not.toBe('');
});
