import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { AUDIT_KIND, nameOf } from '../../../server/audit/chain.ts';
import { audit } from '../../../server/cli/audit.ts';
import type { Running } from '../../../server/server.ts';
import { testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running | null = null;
const server = (): Running => running!;
let lines: string[] = [];
beforeAll(async () => {
  running = await testServer();
  vi.stubEnv('DATA_DIR', running.context.config.dataDir);
  for (const kind of ['log', 'error'] as const)
    vi.spyOn(console, kind).mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
  lines = [];
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await running?.close();
});

test('certflow audit verify: by the running server and without one, whole and changed', async () => {
  for (const action of ['unmask', 'export', 'unmask'])
    await server().context.audit.append({ at: 1, person: 'somebody', action });
  expect(await audit(['verify'])).toBe(0);
  const anchor = /链尾.*：(\d+:[0-9a-f]{64})/.exec(lines.join('\n'))?.[1] ?? '';
  expect(anchor).toMatch(/^3:/);
  expect(await audit(['verify', '--anchor', anchor])).toBe(0);
  expect(await audit(['verify', '--anchor', '3:nothing'])).toBe(2);
  expect(await audit(['look'])).toBe(2);
  await server().context.store.removeDocument(AUDIT_KIND, nameOf(2));
  await server().close();
  running = null;
  lines = [];
  expect(await audit(['verify', '--json'])).toBe(1);
  expect(JSON.parse(lines.join('\n'))).toMatchObject({ wrong: [{ seq: 2, kind: 'missing' }] });
});
