import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Client } from '../../tests/support/server.ts';

/** A server as people run it. */
export interface Booted {
  readonly client: Client;
  /** From the start of the process to the first answer of /readyz. */
  readonly seconds: number;
  /** Megabytes in memory now. */
  memory(): number;
  /** What /readyz says. */
  ready(): Promise<{ readonly counted?: number }>;
  /** How long a stop takes. @returns seconds */
  stop(): Promise<number>;
  /** As a power cut of the process does. */
  kill(): Promise<void>;
}

export async function boot(dataDir: string, port: number): Promise<Booted> {
  const url = `http://localhost:${port}`;
  const begun = performance.now();
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error', CERTFLOW_SANDBOX: 'off' };
  const node = ['--require', './scripts/support/threads.cjs', '--import', 'tsx', 'server/main.ts'];
  const child = spawn(process.execPath, node, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  for (;;) {
    if (ended) throw new Error('the server ended');
    const ok = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number> => {
    const from = performance.now();
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return (performance.now() - from) / 1000;
  };
  return {
    client: new Client(url),
    seconds: (performance.now() - begun) / 1000,
    memory: () => residentOf(child),
    ready: async () => (await (await fetch(`${url}/readyz`)).json()) as { counted?: number },
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

function residentOf(child: ChildProcess): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
