import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ManualTrouble } from './trouble.ts';

/** A hall of its own for the walk: sandboxes for the outside, demo accounts, a data folder that is gone afterwards. */
export interface Hall {
  readonly url: string;
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../..');

/** How long a start may take, ms: on a fresh clone the pages are built first. */
const PATIENCE = 300_000;

/** @param definitionsDir the folder with `workflows/` and `forms/` @throws ManualTrouble when it does not come up */
export async function startHall(definitionsDir: string): Promise<Hall> {
  const dataDir = await mkdtemp(join(tmpdir(), 'certflow-manual-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, NODE_ENV: 'development', CERTFLOW_SANDBOX: 'on', DEFINITIONS_DIR: definitionsDir };
  const child = spawn(process.execPath, ['--require', './scripts/support/threads.cjs', 'scripts/start.mjs'], {
    cwd: root,
    env: { ...env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      written = (written + part.toString()).slice(-4_000);
    });
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(dataDir, { recursive: true, force: true });
  };
  // Whoever interrupts the command leaves nothing behind.
  const interrupted = (): void => {
    void stop().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  const hall: Hall = {
    url,
    async stop() {
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      await stop();
    },
  };
  const limit = Date.now() + PATIENCE;
  for (;;) {
    const ready = await Promise.all([answers(`${url}/readyz`), answers(`${url}/sandbox`)]);
    if (ready.every(Boolean)) return hall;
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || Date.now() > limit) {
      await hall.stop();
      throw new ManualTrouble(`拍照用的营业厅没有启动：\n${written.trim()}`);
    }
    await pause(200);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? done(address.port) : fail(new Error())));
    });
  });
}
