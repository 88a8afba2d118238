import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ReleaseView } from '../../engine/contract/routes.ts';
import { filesOfProject, readReleaseFiles } from '../../server/releases/files.ts';
import { createMemoryStore } from '../../server/store/memory.ts';
import { StoreUnavailable } from '../../server/store/store.ts';
import { Client, DEFINITIONS, mineOf, newDataDir, ROOT, testServer } from '../support/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

interface Started {
  readonly child: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  /** Address of the hall; rejects when the process ends before it is printed. */
  readonly url: Promise<string>;
  readonly exit: Promise<number | null>;
}

/** The real program in a process of its own. */
function launch(dataDir: string, env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: '', PORT: '0', DATA_DIR: dataDir, CERTFLOW_SANDBOX: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let output = '';
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  const url = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /http:\/\/localhost:\d+/.exec(output)?.[0];
        if (found) resolve(found);
      });
    }
    void exit.then((code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  url.catch(() => undefined);
  return { child, output: () => output, url, exit };
}

async function copyOfDefinitions(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'certflow-definitions-'));
  for (const room of ['workflows', 'forms']) await cp(join(DEFINITIONS, room), join(folder, room), { recursive: true });
  return folder;
}

describe('the program', () => {
  test('says where everything is, answers /healthz, refuses a second process on its folder, ends on SIGTERM', async () => {
    const dataDir = await newDataDir();
    const first = launch(dataDir);
    const url = await first.url;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    for (const word of ['/desk', '/studio', '/lab', 'demo-certflow', 'reviewer2'])
      expect(first.output()).toContain(word);
    const second = launch(dataDir);
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain(`正被进程 ${first.child.pid} 使用`);
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);
  });

  test('an acknowledged step survives SIGKILL, and the draft too', async () => {
    const dataDir = await newDataDir();
    const first = launch(dataDir);
    const client = await new Client(await first.url).logIn('applicant');
    const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
    const { release } = await client.view(body.id);
    const { forms } = (await client.ask<ReleaseView>('GET', `/api/releases/${release}`)).body;
    const ticked = Object.fromEntries(Object.keys(forms.agreements?.properties ?? {}).map((field) => [field, true]));
    await client.ask('PATCH', `/api/cases/${body.id}/draft`, { forms: { agreements: ticked } });
    const before = await client.view(body.id);
    expect(mineOf(before)?.sections).toMatchObject([{ form: 'agreements', values: ticked }]);
    first.child.kill('SIGKILL');
    await first.exit;
    const again = launch(dataDir);
    const later = await new Client(await again.url).logIn('applicant');
    const after = await later.view(body.id);
    expect(after.number).toBe(before.number);
    expect(after.revision).toBe(before.revision);
    expect(after.tasks).toEqual(before.tasks);
  });

  test('a broken definition stops the first start with file, line, column and a proposal; later it is only reported', async () => {
    const folder = await copyOfDefinitions();
    const dataDir = await newDataDir();
    const path = join(folder, 'workflows/projects/szmg.project.yaml');
    const good = await readFile(path, 'utf8');
    await writeFile(path, good.replace('settings:', 'setings:'));
    const refused = launch(dataDir, { DEFINITIONS_DIR: folder });
    expect(await refused.exit).toBe(1);
    expect(refused.output()).toMatch(/workflows\/projects\/szmg\.project\.yaml:\d+:\d+ .*setings.*settings/);
    await writeFile(path, good);
    const first = launch(dataDir, { DEFINITIONS_DIR: folder });
    await first.url;
    first.child.kill('SIGTERM');
    await first.exit;
    await writeFile(path, good.replace('settings:', 'setings:'));
    const later = launch(dataDir, { DEFINITIONS_DIR: folder });
    expect((await fetch(`${await later.url}/healthz`)).status).toBe(200);
    expect(later.output()).toContain('已发布的照常运行');
    await rm(folder, { recursive: true });
  });

  test('production has no demo accounts and no sandbox, and refuses to be given one', async () => {
    const dataDir = await newDataDir();
    const refused = launch(dataDir, { NODE_ENV: 'production', CERTFLOW_SANDBOX: 'on' });
    expect(await refused.exit).toBe(1);
    expect(refused.output()).toContain('CERTFLOW_SANDBOX');
    const server = launch(dataDir, { NODE_ENV: 'production', HOST: '127.0.0.1', CERTFLOW_SANDBOX: '' });
    const client = new Client(await server.url);
    expect(server.output()).not.toContain('demo');
    expect((await client.ask('POST', '/api/session', { account: 'admin', password: 'demo-certflow' })).status).toBe(
      401,
    );
    expect((await client.ask<{ development: boolean }>('GET', '/api/session')).body.development).toBe(false);
    expect((await client.raw('GET', '/sandbox')).headers.get('content-type')).not.toContain('json');
    expect((await client.raw('POST', '/connectors/payment/callback', { body: '{}' })).status).toBeGreaterThanOrEqual(
      400,
    );
  });

  test.each([
    ['PORT', 'abc'],
    ['CERTFLOW_KEY', 'short'],
  ])('a wrong %s is told in one line', async (name, value) => {
    const refused = launch(await newDataDir(), { [name]: value });
    expect(await refused.exit).toBe(1);
    expect(refused.output()).not.toContain('    at ');
  });
});

describe('the command line on live data', () => {
  const run = promisify(execFile);
  const certflow = async (dataDir: string, ...args: string[]): Promise<string> =>
    (
      await run(process.execPath, ['scripts/certflow.mjs', ...args], {
        cwd: ROOT,
        env: { ...process.env, NODE_ENV: '', DATA_DIR: dataDir },
      })
    ).stdout;

  test('goes through the running server, and takes the lock when there is none', async () => {
    const dataDir = await newDataDir();
    const running = await testServer({ dataDir });
    const client = await new Client(running.url).logIn('applicant');
    await client.ask('POST', '/api/cases', { project: 'szmg' });
    expect(await certflow(dataDir, 'cases')).toContain('1 笔');
    expect(await certflow(dataDir, 'import')).toMatch(/szmg\s+没有变化/);
    const made = await certflow(dataDir, 'account', 'boss', '--title', '王五', '--roles', 'admin');
    const tokenIn = (line: string): string => /\/invite#(\S+)/.exec(line)?.[1] ?? '';
    const first = tokenIn(made);
    const token = tokenIn(await certflow(dataDir, 'account', 'boss', '--roles', 'admin'));
    const password = 'a phrase of the boss';
    const set = async (given: string): Promise<number> =>
      (await new Client(running.url).ask('PUT', '/api/invitations', { token: given, password })).status;
    // The line of the first may be lost, or in somebody's hands: it is void. The second is good once.
    expect([await set(first), await set(token), await set(token)]).toEqual([410, 200, 410]);
    const boss = await new Client(running.url).logIn('boss', password);
    expect((await boss.ask('GET', '/api/staff')).status).toBe(200);
    await running.close();
    const more = await certflow(dataDir, 'account', 'boss', '--roles', 'tester');
    expect(more).toContain('角色已加上');
    expect(more).not.toContain('/invite#');
    const lines = JSON.parse(await certflow(dataDir, 'cases', '--json')) as { project: string }[];
    expect(lines).toMatchObject([{ project: 'szmg', over: false }]);
  });
});

describe('a disk that refuses', () => {
  test('the change is refused with 503, the server stays up, is not ready, and is ready again by itself', async () => {
    let full = false;
    const inner = createMemoryStore();
    const store: typeof inner = {
      ...inner,
      createCase: async (document) => {
        if (full) throw new StoreUnavailable('ENOSPC');
        return inner.createCase(document);
      },
      writeDocument: async (...asked) => {
        if (full) throw new StoreUnavailable('ENOSPC');
        return inner.writeDocument(...asked);
      },
      trouble: () => (full ? 'ENOSPC' : null),
    };
    const files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
    const running = await testServer({}, { store, files });
    const client = await new Client(running.url).logIn('applicant');
    full = true;
    const refused = await client.ask('POST', '/api/cases', { project: 'szmg' });
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'try-later' } } });
    expect((await fetch(`${running.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    expect((await client.ask('GET', '/api/cases')).status).toBe(200);
    full = false;
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    expect((await client.ask('POST', '/api/cases', { project: 'szmg' })).status).toBe(200);
    await running.close();
  });
});
