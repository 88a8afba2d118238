import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeskList } from '../../engine/contract/routes.ts';
import type { CaseView } from '../../engine/contract/view.ts';
import { loadAll } from '../../engine/load.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { freePort } from '../../tests/campaigns/crash/program.ts';
import type { Client } from '../../tests/support/server.ts';
import { definitionFiles } from '../definitions.ts';
import { measured, median } from '../measure.ts';
import { boot } from '../store/boot.ts';
import { fillFolder } from '../store/fill.ts';
import { wayOf } from '../store/hall.ts';

const limit = 200;
const turns = 40;
const day = 86_400_000;

/**
 * `npm run bench -- desk [cases]`: a day of 2,000 cases in the reviewers' queue, over HTTP, by the clock on the wall.
 * `peer` is the limit in milliseconds, `ratio` how often ours fits in.
 */
export async function main(args: readonly string[]): Promise<number> {
  const cases = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 2_000);
  const folder = await mkdtemp(join(tmpdir(), 'certflow-bench-'));
  const definition = loadAll(definitionFiles()).projects.szmg;
  if (definition === undefined) throw new Error('the definitions do not load: npx certflow check');
  const way = wayOf(definition);
  const dataDir = join(folder, 'data');
  try {
    await mkdir(join(folder, 'scratch'));
    const port = await freePort();
    await (await boot(dataDir, port)).stop();
    const queues = queuesOf(definition);
    const begun = way.recorded[0]?.env.now ?? 0;
    await fillFolder(dataDir, join(folder, 'scratch'), way, cases, {
      at: ({ state }) => state.active.some((address) => queues.includes(address)),
      // All of them today, one after the other.
      later: (n) => Date.now() - begun - day / 3 + (n * day) / 3 / cases,
    });
    const server = await boot(dataDir, port);
    while ((await server.ready()).counted !== undefined) await new Promise((resolve) => setTimeout(resolve, 200));
    await measure(cases, await server.client.logIn('reviewer'));
    await server.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

/** States in which somebody takes a case by signing for it, and where others have gone before it. */
function queuesOf({ chart }: Definition): readonly string[] {
  return Object.values(chart.states).flatMap(({ address, task }) => (task?.first == null ? [] : [address]));
}

async function measure(cases: number, client: Client): Promise<void> {
  const queue = (query = '') => ask<DeskList>(client, `/api/desk/queue?view=open${query}`);
  const first = await queue();
  if (first.total !== cases) throw new Error(`${first.total} of ${cases} cases are in the queue`);
  await timed(`list-${cases}-ms`, () => queue());
  await timed(`list-page-${cases}-ms`, (turn) => queue(`&page=${turn + 2}`));
  await timed(`list-by-number-${cases}-ms`, (turn) => queue(`&q=${first.rows[turn % 20]?.number.slice(-8)}`));
  // As the desk does it: the queue, then its first case.
  await timed(`next-case-${cases}-ms`, async (turn) => {
    const { rows } = await queue();
    await ask<CaseView>(client, `/api/cases/${rows[turn % rows.length]?.id}`);
  });
  await timed(`claim-and-next-${cases}-ms`, async () => {
    const { rows } = await queue();
    const { status } = await client.send(rows[0]?.id ?? '', 'CLAIM');
    if (status !== 200) throw new Error(`CLAIM: ${status}`);
  });
}

async function ask<T>(client: Client, path: string): Promise<T> {
  const { status, body } = await client.ask<T>('GET', path);
  if (status !== 200) throw new Error(`${path}: ${status}`);
  return body;
}

/** The median, and the slowest of twenty. */
async function timed(metric: string, run: (turn: number) => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const from = performance.now();
    await run(turn);
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  measured('desk', metric, median(times), limit);
  measured('desk', metric.replace(/-ms$/, '-p95-ms'), times[Math.floor(turns * 0.95)] ?? 0, limit);
}
