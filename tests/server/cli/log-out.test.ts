import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Running } from '../../../server/server.ts';
import { Client, testServer } from '../../support/server.ts';
import { certflow } from './support.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running | null = null;
const server = (): Running => running!;
beforeAll(async () => {
  running = await testServer();
  vi.stubEnv('DATA_DIR', running.context.config.dataDir);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await running?.close();
});

const isIn = async (client: Client): Promise<boolean> => (await client.ask('GET', '/api/cases')).status === 200;

test('certflow log-out: an applicant in every browser, then everybody, by the running server and without one', async () => {
  const logIn = (account: string) => new Client(server().url).logIn(account);
  const [one, two, other] = [await logIn('applicant'), await logIn('applicant'), await logIn('applicant2')];
  expect(await certflow('log-out', 'Applicant')).toMatchObject({
    code: 0,
    out: expect.stringContaining('已在所有设备上退出'),
  });
  expect(await Promise.all([one, two, other].map(isIn))).toEqual([false, false, true]);
  const again = await logIn('applicant');
  expect(await certflow('log-out', '--everybody')).toMatchObject({ code: 0 });
  expect(await Promise.all([again, other].map(isIn))).toEqual([false, false]);
  const written = await server().context.audit.newest(2);
  expect(written).toMatchObject([
    { action: 'log-out', person: 'command-line', detail: 'everybody' },
    { action: 'log-out', person: 'command-line' },
  ]);
  await logIn('applicant');
  const { dataDir } = server().context.config;
  await server().close();
  running = null;
  expect(await certflow('log-out', '--everybody')).toMatchObject({ code: 0 });
  running = await testServer({ dataDir });
  const left: string[] = [];
  for await (const { id } of server().context.store.listDocuments('session')) left.push(id);
  expect(left).toEqual([]);
});

test('whom nobody knows, and what is asked for wrongly', async () => {
  expect(await certflow('log-out', 'nobody-of-that-name')).toMatchObject({
    code: 1,
    err: expect.stringContaining('没有'),
  });
  expect((await certflow('log-out')).code).toBe(2);
  expect((await certflow('log-out', 'applicant', '--everybody')).code).toBe(2);
});
