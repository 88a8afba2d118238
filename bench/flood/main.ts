import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CaseView } from '../../engine/contract/view.ts';
import { measured, median } from '../measure.ts';

const limit = 3;
/** Between two requests of one visitor, ms. */
const pace = 15;

/**
 * How long others wait while somebody floods the server with log-ins: the p99 of a page's data, of a list, and of a durable
 * draft, quiet and flooded by turns. `peer` of a ratio is what it may be at most.
 */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '12' },
      rate: { type: 'string', default: '200' },
    },
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'certflow-flood-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, CERTFLOW_PROXIES: '1', CERTFLOW_SANDBOX: 'off' };
  const server = spawn(
    process.execPath,
    ['--require', './scripts/support/threads.cjs', '--import', 'tsx', 'server/main.ts'],
    { env, stdio: 'ignore' },
  );
  const flooder = fork('bench/flood/flooder.ts', [url, values.rate], { execArgv: ['--import', 'tsx'] });
  try {
    const visitor = await Visitor.enter(url);
    const quiet: Waits[] = [];
    const flooded: Waits[] = [];
    await visitor.walk(3_000);
    for (let round = 0; round < Number(values.rounds); round += 1) {
      quiet.push(await visitor.walk(Number(values.seconds) * 1000));
      flooder.send('start');
      flooded.push(await visitor.walk(Number(values.seconds) * 1000));
      await stopped(flooder);
      // Those that wait before the door are let go.
      await pause(3_000);
    }
    let worst = 0;
    for (const route of routes) {
      const before = median(quiet.map((waits) => p99(waits[route])));
      const during = median(flooded.map((waits) => p99(waits[route])));
      const ratio = median(quiet.map((waits, n) => p99(flooded[n]?.[route] ?? []) / p99(waits[route])));
      measured('flood', `${route}-p99-quiet-ms`, before, null);
      measured('flood', `${route}-p99-flooded-ms`, during, null);
      measured('flood', `${route}-p99-ratio`, ratio, limit);
      worst = Math.max(worst, ratio);
    }
    return worst <= limit ? 0 : 1;
  } finally {
    flooder.kill();
    server.kill();
    await new Promise((resolve) => server.once('exit', resolve));
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const routes = ['hall', 'list', 'draft'] as const;
type Waits = { readonly [route in (typeof routes)[number]]: number[] };

class Visitor {
  readonly #url: string;
  #cookie = '';
  #draft = '';
  #form = '';

  static async enter(url: string): Promise<Visitor> {
    const visitor = new Visitor(url);
    for (let tries = 0; ; tries += 1) {
      const answer = await fetch(`${url}/readyz`).catch(() => null);
      if (answer?.ok) break;
      if (tries > 600) throw new Error('the server did not start');
      await pause(200);
    }
    const login = await visitor.ask('POST', '/api/session', { account: 'applicant', password: 'demo-certflow' });
    visitor.#cookie = login.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const hall = (await (await visitor.ask('GET', '/api/hall')).json()) as {
      projects: { id: string; closed?: string }[];
    };
    const project = hall.projects.find(({ closed }) => closed === undefined)?.id;
    const { id } = (await (await visitor.ask('POST', '/api/cases', { project })).json()) as { id: string };
    visitor.#draft = `/api/cases/${id}/draft`;
    const view = (await (await visitor.ask('GET', `/api/cases/${id}`)).json()) as CaseView;
    const section = view.tasks.find(({ mine }) => mine)?.sections.find(({ kind }) => kind === 'form');
    visitor.#form = section?.kind === 'form' ? section.form : '';
    return visitor;
  }

  private constructor(url: string) {
    this.#url = url;
  }

  ask(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json', origin: this.#url, cookie: this.#cookie };
    return fetch(this.#url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }

  /** One request after the other at a steady pace, whether the last one is back or not. */
  async walk(ms: number): Promise<Waits> {
    const waits: Waits = { hall: [], list: [], draft: [] };
    const under: Promise<void>[] = [];
    const end = performance.now() + ms;
    for (let n = 0; performance.now() < end; n += 1) {
      const route = routes[n % routes.length] ?? 'hall';
      under.push(this.#timed(route, waits[route]));
      await pause(pace);
    }
    await Promise.all(under);
    return waits;
  }

  async #timed(route: (typeof routes)[number], into: number[]): Promise<void> {
    const start = performance.now();
    const answer =
      route === 'hall'
        ? await this.ask('GET', '/api/hall')
        : route === 'list'
          ? await this.ask('GET', '/api/cases')
          : await this.ask('PATCH', this.#draft, { forms: { [this.#form]: {} } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${route}: ${answer.status}`);
    into.push(performance.now() - start);
  }
}

function p99(waits: readonly number[]): number {
  const sorted = [...waits].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.99) - 1)] ?? Number.NaN;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function stopped(flooder: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    flooder.once('message', () => resolve());
    flooder.send('stop');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
