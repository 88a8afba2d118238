import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../../..');

/** The server as one program, so that two hundred starts do not take an hour. @returns its path */
export async function buildServer(): Promise<string> {
  // Of this process: another one may build another program meanwhile.
  const folder = join(root, `node_modules/.cache/certflow-server-${process.pid}`);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const outdir = join(folder, 'server');
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints: [join(root, 'server/main.ts')],
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outdir,
    logLevel: 'error',
    plugins: [
      {
        name: 'places',
        setup: (bundling) =>
          // Whoever looks for a file beside itself looks where its source is.
          bundling.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            const text = await readFile(path, 'utf8');
            const contents = text
              .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
              .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));
            return { contents, loader: 'ts' };
          }),
      },
    ],
  });
  return join(outdir, 'main.js');
}

/** A server process that is killed and started again, on one port and one folder. */
export class Program {
  readonly url: string;
  readonly #path: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #flags: readonly string[];
  #child: ChildProcess | null = null;
  #written = '';

  /** @param flags of Node */
  constructor(path: string, port: number, env: { readonly [name: string]: string }, flags: readonly string[] = []) {
    this.#flags = flags;
    this.url = `http://127.0.0.1:${port}`;
    this.#path = path;
    this.#env = { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'error', ...env, PORT: String(port) };
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }
  /** It has ended, by itself or not. */
  get isOver(): boolean {
    const child = this.#child;
    return child === null || child.exitCode !== null || child.signalCode !== null;
  }
  get exitCode(): number | null {
    return this.#child?.exitCode ?? null;
  }
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }
  /** What it wrote last. */
  log(): string {
    return this.#written;
  }

  /** Resolves when it is ready. @throws when it ends before */
  async start(): Promise<void> {
    const require = join(root, 'scripts/support/threads.cjs');
    const child = spawn(process.execPath, ['--require', require, ...this.#flags, this.#path], {
      ...{ cwd: root, env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] as const },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        this.#written = (this.#written + part.toString()).slice(-20_000);
      });
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the server did not come up:\n${this.#written}`);
      const isReady = await fetch(`${this.url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) return;
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  /** SIGKILL leaves it no time for anything; SIGTERM is a clean stop. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
