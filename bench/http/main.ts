import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseView } from '../../engine/contract/view.ts';
import { DEMO_PASSWORD } from '../../server/accounts/demo.ts';
import { measured, median, print, round } from '../measure.ts';
import { ACCOUNT, SUBMIT, type Waiting, waitingCases, wayBack } from './cases.ts';
import { Contestant } from './contestant.ts';

const rounds = 24;
const warmUp = 16;
const count = 48;

interface Turn {
  /** CPU and time on the wall of all submits, ms. */
  readonly cpu: number;
  readonly wall: number;
  readonly waits: readonly number[];
}

/**
 * `npm run bench -- http [connections]`: submits of a real page of forms through the whole server in a process of its own, beside a
 * bare Express route that validates the same body with the same ajv and appends and fsyncs the same bytes. They take turns; a
 * ratio is the median of those of the turns.
 */
export async function main(args: readonly string[]): Promise<number> {
  const connections = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 16);
  const folder = await mkdtemp(join(tmpdir(), 'certflow-bench-'));
  const dataDir = join(folder, 'data');
  const started: Contestant[] = [];
  try {
    const cases = await waitingCases(dataDir, count);
    const env = { PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error', CERTFLOW_SANDBOX: 'off' };
    const profile = args.includes('--profile')
      ? ['--cpu-prof', `--cpu-prof-dir=${process.env.PROFILE_DIR ?? process.cwd()}`]
      : [];
    const node = ['--require', './scripts/support/threads.cjs', '--import', 'tsx'];
    const ours = await Contestant.start([...profile, ...node, 'server/main.ts'], env);
    started.push(ours);
    const page = await Page.enter(ours, cases);
    await page.turn(connections);
    const peer = await Contestant.start([...node, 'bench/http/peer.ts', join(folder, 'log'), await largestIn(dataDir)]);
    started.push(peer);
    const turns: { readonly ours: Turn; readonly peer: Turn }[] = [];
    for (let n = 0; n < rounds + warmUp; n += 1) {
      // Who is first in a turn is second in the next one.
      const first = n % 2 === 0 ? await page.turn(connections) : null;
      const theirs = await peerTurn(peer, cases, connections);
      const mine = first ?? (await page.turn(connections));
      if (n >= warmUp) turns.push({ ours: mine, peer: theirs });
    }
    tell(turns, connections);
  } finally {
    for (const one of started) await one.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

/** The cases on the page, sent and taken back by turns; only sending is measured. */
class Page {
  readonly #server: Contestant;
  readonly #cases: readonly Waiting[];
  readonly #revisions = new Map<string, number>();
  #request = 0;

  static async enter(server: Contestant, cases: readonly Waiting[]): Promise<Page> {
    const page = new Page(server, cases);
    const login = { account: ACCOUNT, password: DEMO_PASSWORD };
    const { status, text } = await server.ask('POST', '/api/session', JSON.stringify(login));
    if (status !== 200) throw new Error(`log-in: ${status} ${text}`);
    for (const { id } of cases) page.#seen(id, (await server.ask('GET', `/api/cases/${id}`)).text);
    return page;
  }

  private constructor(server: Contestant, cases: readonly Waiting[]) {
    this.#server = server;
    this.#cases = cases;
  }

  async turn(connections: number): Promise<Turn> {
    let back = '';
    const turn = await timed(this.#server, this.#cases, connections, async ({ id, forms }) => {
      back = wayBack(this.#seen(id, await this.#send(id, SUBMIT, forms)));
    });
    await side(this.#cases, connections, async ({ id }) => void this.#seen(id, await this.#send(id, back, {})));
    return turn;
  }

  async #send(id: string, event: string, forms: Waiting['forms']): Promise<string> {
    this.#request += 1;
    const revision = this.#revisions.get(id);
    const body = JSON.stringify({ request: `bench-${this.#request}`, event, forms, revision });
    const { status, text } = await this.#server.ask('POST', `/api/cases/${id}/events`, body);
    if (status !== 200) throw new Error(`${event}: ${status} ${text.slice(0, 400)}`);
    return text;
  }

  #seen(id: string, text: string): CaseView {
    const view = JSON.parse(text) as CaseView;
    this.#revisions.set(id, view.revision);
    return view;
  }
}

async function peerTurn(peer: Contestant, cases: readonly Waiting[], connections: number): Promise<Turn> {
  return timed(peer, cases, connections, async ({ id, forms }) => {
    const body = JSON.stringify({ request: 'bench-1', event: SUBMIT, forms, revision: 1 });
    const { status, text } = await peer.ask('POST', `/api/cases/${id}/events`, body);
    if (status !== 200) throw new Error(`the peer: ${status} ${text.slice(0, 400)}`);
    JSON.parse(text);
  });
}

async function timed(
  server: Contestant,
  cases: readonly Waiting[],
  connections: number,
  send: (one: Waiting) => Promise<void>,
): Promise<Turn> {
  const waits: number[] = [];
  const [cpu, begun] = [server.cpu(), performance.now()];
  await side(cases, connections, async (one) => {
    const from = performance.now();
    await send(one);
    waits.push(performance.now() - from);
  });
  return { cpu: server.cpu() - cpu, wall: performance.now() - begun, waits };
}

/** So many at the same time, the next as soon as one is back. */
async function side<T>(items: readonly T[], most: number, job: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const one = async (): Promise<void> => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await job(item);
  };
  await Promise.all(Array.from({ length: most }, one));
}

function tell(turns: readonly { readonly ours: Turn; readonly peer: Turn }[], connections: number): void {
  const compared = (metric: string, of: (turn: Turn) => number): void => {
    const [mine, theirs] = [turns.map(({ ours }) => of(ours)), turns.map(({ peer }) => of(peer))];
    const ratio = round(median(mine.map((value, n) => value / (theirs[n] ?? Number.NaN))));
    print({ bench: 'http', metric, ours: round(median(mine)), peer: round(median(theirs)), ratio });
  };
  compared('submits-per-second-of-one-core', ({ cpu }) => (count * 1000) / cpu);
  compared(`submits-per-second-${connections}-connections`, ({ wall }) => (count * 1000) / wall);
  const wait = (who: 'ours' | 'peer', share: number): number => {
    const all = turns.flatMap((turn) => turn[who].waits).sort((a, b) => a - b);
    return all[Math.floor(all.length * share)] ?? Number.NaN;
  };
  for (const share of [0.5, 0.99])
    measured('http', `p${share * 100}-${connections}-connections-ms`, wait('ours', share), round(wait('peer', share)));
}

/** What we write for a step: the largest document of a case. */
async function largestIn(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'cases');
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sized = await Promise.all(
    files.map(async ({ parentPath, name }) => ({
      path: join(parentPath, name),
      size: (await stat(join(parentPath, name))).size,
    })),
  );
  const largest = sized.sort((a, b) => b.size - a.size)[0];
  if (largest === undefined) throw new Error('no case was written');
  return largest.path;
}
