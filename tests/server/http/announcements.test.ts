import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HallView } from '../../../engine/contract/routes.ts';
import type { Running } from '../../../server/server.ts';
import { definitionFiles } from '../../support/definitions.ts';
import { Client, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Announcements are there from their first day to their last, both included, by the server's clock in the hall's zone. */
const path = 'workflows/projects/weigu.project.yaml';
const day = 86_400_000;
const dateOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

let running: Running;
beforeAll(async () => {
  const files = definitionFiles();
  const now = Date.now();
  const text = `${files[path]}announcements:
  soon: { title: 明天开始, text: 甲, from: ${dateOf(now + day)}, until: ${dateOf(now + day)} }
  today: { title: 今天, text: 乙, from: ${dateOf(now)}, until: ${dateOf(now)} }
  always: { title: 一直, text: 丙, from: ${dateOf(now - 9 * day)} }
  past: { title: 过期, text: 丁, from: 2026-01-01, until: ${dateOf(now - day)} }
`;
  running = await testServer({}, { files: { ...files, [path]: text } });
});
afterAll(() => running.close());

async function titles(): Promise<readonly string[] | undefined> {
  const { body } = await new Client(running.url).ask<HallView>('GET', '/api/hall');
  return body.projects.find(({ id }) => id === 'weigu')?.announcements?.map(({ title }) => title);
}

test('one that is over is gone, one that is to come is not there yet; the newest comes first', async () => {
  expect(await titles()).toEqual(['今天', '一直']);
  running.context.clock.moveTo(running.context.clock.now() + day);
  expect(await titles()).toEqual(['明天开始', '一直']);
  running.context.clock.moveTo(running.context.clock.now() + day);
  expect(await titles()).toEqual(['一直']);
});

test('a project without any says nothing of them', async () => {
  const { body } = await new Client(running.url).ask<HallView>('GET', '/api/hall');
  expect(body.projects.find(({ id }) => id === 'everbright')).not.toHaveProperty('announcements');
});
