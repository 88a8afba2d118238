import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from '../../engine/load.ts';
import { freePort } from '../../tests/campaigns/crash/program.ts';
import { definitionFiles } from '../definitions.ts';
import { measured, median, print, round } from '../measure.ts';
import { boot } from './boot.ts';
import { fillFolder } from './fill.ts';
import { type Way, wayOf } from './hall.ts';
import { rawAppends, stepsTogether } from './steps.ts';

const turns = 3;
const seconds = 4;
const together = [1, 8, 64] as const;

/** `npm run bench -- store [cases] [--folder=DIR]`: what a durable step costs, and a start with so many cases (100,000; 0 leaves it out). */
export async function main(args: readonly string[]): Promise<number> {
  const given = args.find((arg) => arg.startsWith('--folder='))?.slice('--folder='.length);
  const folder = await mkdtemp(join(given ?? tmpdir(), 'certflow-bench-'));
  const definition = loadAll(definitionFiles()).projects.szmg;
  if (definition === undefined) throw new Error('the definitions do not load: npx certflow check');
  const way = wayOf(definition);
  try {
    await steps(folder, way);
    const cases = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 100_000);
    if (cases > 0) await starts(folder, way, cases);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

/** Ours and the raw writer take turns: a disk that other jobs use is used for both. */
async function steps(folder: string, way: Way): Promise<void> {
  await stepsTogether(folder, way, 8, seconds);
  for (const count of together) {
    const ours: number[] = [];
    const raw: number[] = [];
    const cpu: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const before = process.cpuUsage();
      const { perSecond, written } = await stepsTogether(folder, way, count, seconds);
      const { user, system } = process.cpuUsage(before);
      cpu.push((user + system) / 1000 / (perSecond * seconds));
      ours.push(perSecond);
      raw.push(rawAppends(folder, written, seconds));
    }
    const [o, r] = [median(ours), median(raw)];
    print({ bench: 'store', metric: `steps-per-second-${count}`, ours: round(o), peer: round(r), ratio: round(o / r) });
    measured('store', `cpu-per-step-ms-${count}`, median(cpu), null);
  }
}

async function starts(folder: string, way: Way, cases: number): Promise<void> {
  const dataDir = join(folder, 'data');
  await mkdir(join(folder, 'scratch'));
  const port = await freePort();
  const first = await boot(dataDir, port);
  await first.stop();
  const empty = await boot(dataDir, port);
  measured('store', 'start-empty-s', empty.seconds, null);
  const memory = empty.memory();
  await empty.stop();
  await fillFolder(dataDir, join(folder, 'scratch'), way, cases);
  const crashed = await boot(dataDir, port);
  measured('store', `start-after-crash-${cases}-s`, crashed.seconds, 5);
  const from = performance.now();
  while ((await crashed.ready()).counted !== undefined) await new Promise((resolve) => setTimeout(resolve, 200));
  measured('store', `index-rebuilt-${cases}-s`, (performance.now() - from) / 1000, null);
  measured('store', `stop-${cases}-s`, await crashed.stop(), null);
  const clean = await boot(dataDir, port);
  measured('store', `start-after-clean-stop-${cases}-s`, clean.seconds, 5);
  measured('store', `memory-per-case-kb-${cases}`, ((clean.memory() - memory) * 1024) / cases, null);
  await clean.stop();
}
