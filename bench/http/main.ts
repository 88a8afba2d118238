import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseView } from '../../engine/contract/view.ts';
import { DEMO_PASSWORD } from '../../server/accounts/demo.ts';
import { median, print, round } from '../measure.ts';
import { ACCOUNT, SUBMIT, type Waiting, waitingCases, wayBack } from './cases.ts';
import { Contestant } from './contestant.ts';

const rounds = 24;
/** Cases that are sent in a round, each for the first time. */
const count = 48;
/** Cases that are sent and taken back until V8 is done with what is hot, and how often. */
const warming = 100;
const warmUp = 32;

interface Turn {
  /** CPU and time on the wall of all submits, ms. */
  readonly cpu: number;
  readonly wall: number;
  readonly waits: readonly number[];
}

/** Who takes turns: warm, then so many cases at a time. */
interface Entrant {
  warm(cases: readonly Waiting[]): Promise<void>;
  turn(cases: readonly Waiting[]): Promise<Turn>;
}

/**
 * `npm run bench -- http [connections]`: submits of a real page of forms through the whole server in a process of its own, beside
 * bare Express routes that validate the same bodies with the same ajv (`peer.ts` says what each does then). A case is sent once, as
 * by its applicant, who has looked at it before. They take turns; a ratio is the median of those of the turns.
 */
export async function main(args: readonly string[]): Promise<number> {
  const connections = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 16);
  const folder = await mkdtemp(join(tmpdir(), 'certflow-bench-'));
  const dataDir = join(folder, 'data');
  const started: Contestant[] = [];
  try {
    const cases = await waitingCases(dataDir, warming + rounds * count);
    const file = join(folder, 'cases.json');
    await writeFile(file, JSON.stringify(Object.fromEntries(cases.map(({ id, document }) => [id, document]))));
    const env = { PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error', CERTFLOW_SANDBOX: 'off' };
    const profile = args.includes('--profile')
      ? ['--cpu-prof', `--cpu-prof-dir=${process.env.PROFILE_DIR ?? process.cwd()}`]
      : [];
    const node = ['--require', './scripts/support/threads.cjs', '--import', 'tsx'];
    const ours = await Contestant.start([...profile, ...node, 'server/main.ts'], env);
    started.push(ours);
    const entrants: { readonly [name: string]: Entrant } = { ours: await Page.enter(ours, connections) };
    const owner = cases[0]?.document.state.owner ?? '';
    for (const kind of ['appends', 'replaces', 'steps', 'keeps']) {
      const peer = await Contestant.start([...node, 'bench/http/peer.ts', kind, folder, file, owner]);
      started.push(peer);
      Object.assign(entrants, { [kind]: new Bare(peer, connections) });
    }
    for (const entrant of Object.values(entrants)) await entrant.warm(cases.slice(0, warming));
    const turns: { readonly [name: string]: Turn }[] = [];
    for (let n = 0; n < rounds; n += 1) {
      const mine = cases.slice(warming + n * count, warming + (n + 1) * count);
      const turn: { [name: string]: Turn } = {};
      // Who is first in a round is last in the next one.
      const order = Object.entries(entrants);
      for (const [name, entrant] of n % 2 === 0 ? order : order.reverse()) turn[name] = await entrant.turn(mine);
      turns.push(turn);
    }
    tell(turns, connections);
  } finally {
    for (const one of started) await one.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

/** The whole server, by its applicant. */
class Page implements Entrant {
  readonly #server: Contestant;
  readonly #connections: number;
  readonly #revisions = new Map<string, number>();
  #request = 0;

  static async enter(server: Contestant, connections: number): Promise<Page> {
    const login = { account: ACCOUNT, password: DEMO_PASSWORD };
    const { status, text } = await server.ask('POST', '/api/session', JSON.stringify(login));
    if (status !== 200) throw new Error(`log-in: ${status} ${text}`);
    return new Page(server, connections);
  }

  private constructor(server: Contestant, connections: number) {
    this.#server = server;
    this.#connections = connections;
  }

  async warm(cases: readonly Waiting[]): Promise<void> {
    await this.#look(cases);
    for (let n = 0; n < warmUp; n += 1) {
      let back = '';
      await side(cases, this.#connections, async ({ id, forms }) => {
        back = wayBack(this.#seen(id, await this.#send(id, SUBMIT, forms)));
      });
      await side(cases, this.#connections, async ({ id }) => void this.#seen(id, await this.#send(id, back, {})));
    }
  }

  async turn(cases: readonly Waiting[]): Promise<Turn> {
    await this.#look(cases);
    return timed(this.#server, cases, this.#connections, async ({ id, forms }) => {
      this.#seen(id, await this.#send(id, SUBMIT, forms));
    });
  }

  /** As the page does before anybody can send it. */
  #look(cases: readonly Waiting[]): Promise<void> {
    return side(cases, this.#connections, async ({ id }) => {
      this.#seen(id, (await this.#server.ask('GET', `/api/cases/${id}`)).text);
    });
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

/** A bare route: to it a case is what it was in the beginning. */
class Bare implements Entrant {
  readonly #server: Contestant;
  readonly #connections: number;

  constructor(server: Contestant, connections: number) {
    this.#server = server;
    this.#connections = connections;
  }

  async warm(cases: readonly Waiting[]): Promise<void> {
    for (let n = 0; n < 2 * warmUp; n += 1) await this.turn(cases);
  }

  turn(cases: readonly Waiting[]): Promise<Turn> {
    return timed(this.#server, cases, this.#connections, async ({ id, forms, document }) => {
      const { revision } = document.state;
      const body = JSON.stringify({ request: 'bench-1', event: SUBMIT, forms, revision });
      const { status, text } = await this.#server.ask('POST', `/api/cases/${id}/events`, body);
      if (status !== 200) throw new Error(`the peer: ${status} ${text.slice(0, 400)}`);
      JSON.parse(text);
    });
  }
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

function tell(turns: readonly { readonly [name: string]: Turn }[], connections: number): void {
  const all = (name: string): readonly Turn[] => turns.flatMap((turn) => turn[name] ?? []);
  const compared = (metric: string, of: (turn: Turn) => number, mine = 'ours', theirs = 'appends'): void => {
    const [one, other] = [all(mine).map(of), all(theirs).map(of)];
    const ratio = round(median(one.map((value, n) => value / (other[n] ?? Number.NaN))));
    print({ bench: 'http', metric, ours: round(median(one)), peer: round(median(other)), ratio });
  };
  const ofOneCore = ({ cpu }: Turn): number => (count * 1000) / cpu;
  compared('submits-per-second-of-one-core', ofOneCore);
  compared('submits-per-second-of-one-core-against-the-least', ofOneCore, 'ours', 'keeps');
  // What of the bare route is left when it does a part of what has to be done.
  for (const kind of ['replaces', 'steps', 'keeps']) compared(`${kind}-per-second-of-one-core`, ofOneCore, kind);
  compared(`submits-per-second-${connections}-connections`, ({ wall }) => (count * 1000) / wall);
  const wait = (who: string, share: number): number => {
    const waits = all(who).flatMap((turn) => turn.waits);
    waits.sort((a, b) => a - b);
    return waits[Math.floor(waits.length * share)] ?? Number.NaN;
  };
  for (const share of [0.5, 0.99]) {
    const [mine, theirs] = [wait('ours', share), wait('appends', share)];
    const metric = `p${share * 100}-${connections}-connections-ms`;
    print({ bench: 'http', metric, ours: round(mine), peer: round(theirs), ratio: round(theirs / mine) });
  }
}
