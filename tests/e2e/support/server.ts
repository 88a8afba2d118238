import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { storeEnv } from '../../support/hall-store.ts';
import { type OutsideWorld, outsideWorld } from './sandbox.ts';

/** A real server in a process of its own, on a free port, with a data folder of its own, and a place in the database of the run. */
export interface ServerUnderTest {
  readonly url: string;
  readonly dataDir: string;
  /** What it wrote, for a failed test. */
  log(): string;
  /** Ends its life in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../../..');

/** @param env what the environment has besides PORT and DATA_DIR */
export async function startServer(env: { readonly [name: string]: string } = {}): Promise<ServerUnderTest> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'certflow-e2e-'));
  const url = `http://127.0.0.1:${port}`;
  const store = await storeEnv(dataDir);
  let written = '';
  let child: ChildProcess | null = null;

  const launch = async () => {
    const started = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'development', ...store, ...env, PORT: String(port), DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (part: Buffer) => {
        written = (written + part.toString()).slice(-100_000);
      });
    const limit = Date.now() + 120_000;
    for (;;) {
      if (started.exitCode !== null || started.signalCode !== null)
        throw new Error(`the server ended while starting:\n${written}`);
      // Ready, and its sandbox with it: nothing of a test should meet a world that is still getting up.
      const [ready, sandbox] = await Promise.all([answers(`${url}/readyz`), answers(`${url}/sandbox`)]);
      if (ready && sandbox) return;
      if (Date.now() > limit) throw new Error(`the server did not become ready:\n${written}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  };

  const end = async (signal: NodeJS.Signals) => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((done) => running.once('exit', done));
    running.kill(signal);
    const late = setTimeout(() => running.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
  };

  try {
    await launch();
  } catch (error) {
    await end('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  return {
    url,
    dataDir,
    log: () => written,
    kill: () => end('SIGKILL'),
    restart: launch,
    async stop() {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One server for a test file, with its outside world. Call at the file's top level; both are there inside the tests. */
export function useServer(env: { readonly [name: string]: string } = {}): {
  readonly server: ServerUnderTest;
  readonly world: OutsideWorld;
} {
  let running: ServerUnderTest | null = null;
  const started = (): ServerUnderTest => {
    if (running === null) throw new Error('the server is started before the tests, not while they are read');
    return running;
  };
  beforeAll(async () => {
    running = await startServer(env);
  });
  afterAll(() => running?.stop());
  return {
    server: {
      get url() {
        return started().url;
      },
      get dataDir() {
        return started().dataDir;
      },
      log: () => started().log(),
      kill: () => started().kill(),
      restart: () => started().restart(),
      stop: () => started().stop(),
    },
    world: outsideWorld(() => started().url),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? done(address.port) : fail(new Error('port')),
      );
    });
  });
}
