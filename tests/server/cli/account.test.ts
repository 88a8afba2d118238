import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Running } from '../../../server/server.ts';
import { testServer } from '../../support/server.ts';
import { certflow } from './support.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running | null = null;
beforeAll(async () => {
  running = await testServer();
  vi.stubEnv('DATA_DIR', running.context.config.dataDir);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await running?.close();
});

test('a role that nobody has is refused with those that there are, and nothing is made, by the running server and without one', async () => {
  const refused = async (): Promise<void> => {
    const { code, err } = await certflow('account', 'chief', '--roles', 'admin,king');
    expect(code).toBe(1);
    // Of the product, and of a process in force.
    for (const text of ['没有“king”这个角色', 'admin（管理员）', 'reviewer（']) expect(err).toContain(text);
    expect(err).not.toContain('applicant');
  };
  await refused();
  expect(await running!.context.accounts.exists('chief')).toBe(false);
  const { config } = running!.context;
  await running!.close();
  await refused();
  expect(await certflow('account', 'chief', '--title', '王五', '--roles', 'reviewer')).toMatchObject({
    code: 0,
    out: expect.stringContaining('/invite#'),
  });
  running = await testServer({ dataDir: config.dataDir });
  expect(await running.context.accounts.exists('chief')).toBe(true);
});
