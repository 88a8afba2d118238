import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from '../../engine/load.ts';
import { diskIo } from '../../server/store/file/io.ts';
import { freePort } from '../../tests/campaigns/crash/program.ts';
import { houseCrypto } from '../../tests/campaigns/disk/house.ts';
import { definitionFiles } from '../definitions.ts';
import { measured, median, print, round } from '../measure.ts';
import { boot } from './boot.ts';
import { fillFolder } from './fill.ts';
import { openStoreHall, type StoreHall, type Way, wayOf } from './hall.ts';
import { rawAppends, sqliteRows } from './peers.ts';
import { slowIo } from './slow.ts';
import { numbers, stepsIn, stepsTogether } from './steps.ts';

const turns = 3;
const seconds = 4;

/** `npm run bench -- store [cases] [--folder=DIR]`: what a durable step costs, also on slower disks and among many cases, and a start with so many (100,000; 0 leaves them out). */
export async function main(args: readonly string[]): Promise<number> {
  const given = args.find((arg) => arg.startsWith('--folder='))?.slice('--folder='.length);
  const folder = await mkdtemp(join(given ?? tmpdir(), 'certflow-bench-'));
  const definition = loadAll(definitionFiles()).projects.szmg;
  if (definition === undefined) throw new Error('the definitions do not load: npx certflow check');
  const way = wayOf(definition);
  try {
    await steps(folder, way, 0, [1, 8, 64]);
    for (const slow of [1, 2]) await steps(folder, way, slow, [64]);
    const cases = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 100_000);
    if (cases > 0) {
      await starts(folder, way, cases);
      await growth(folder, way, Math.ceil(cases / 100), cases);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

/**
 * Ours and the peers take turns: a disk that other jobs use is used for all. `slow`: what a flush takes more, ms; with 0 it
 * is this machine's disk as it is.
 */
async function steps(folder: string, way: Way, slow: number, counts: readonly number[]): Promise<void> {
  const io = slow > 0 ? slowIo(diskIo, slow) : diskIo;
  const sqlite = await sqliteRows();
  const end = slow > 0 ? `-flush-${slow}-ms-more` : '';
  await stepsTogether(folder, way, 8, seconds);
  for (const count of counts) {
    const found = { ours: [] as number[], raw: [] as number[], sqlite: [] as number[], cpu: [] as number[] };
    for (let turn = 0; turn < turns; turn += 1) {
      const { perSecond, written, cpu } = await stepsTogether(folder, way, count, seconds, io);
      found.cpu.push(cpu);
      found.ours.push(perSecond);
      found.raw.push(rawAppends(folder, written, seconds, slow));
      if (sqlite) found.sqlite.push(sqlite(folder, written, seconds, slow));
    }
    const [ours, raw, rows] = [median(found.ours), median(found.raw), median(found.sqlite)];
    const told = { bench: 'store', metric: `steps-per-second-${count}${end}`, ours: round(ours) };
    print({ ...told, peer: round(raw), ratio: round(ours / raw) });
    if (sqlite) print({ ...told, metric: `${told.metric}-sqlite`, peer: round(rows), ratio: round(ours / rows) });
    measured('store', `cpu-per-step-ms-${count}${end}`, median(found.cpu), null);
  }
  if (!sqlite) console.error('better-sqlite3 could not be compiled here: it is left out');
}

/** What a step costs among few cases and among many, turn by turn, both halls open. */
async function growth(folder: string, way: Way, few: number, many: number): Promise<void> {
  const halls: { readonly hall: StoreHall; readonly cpu: number[]; readonly rate: number[] }[] = [];
  for (const count of [few, many]) {
    const place = join(folder, `among-${count}`);
    await mkdir(`${place}-scratch`, { recursive: true });
    await fillFolder(join(place, 'data'), `${place}-scratch`, way, count, { crypto: houseCrypto });
    halls.push({ hall: await openStoreHall(place, way), cpu: [], rate: [] });
  }
  const number = numbers(many * 10);
  for (let turn = 0; turn < turns + 1; turn += 1) {
    for (const { hall, cpu, rate } of halls) {
      const found = await stepsIn(hall, way, 64, seconds, number);
      // The first turn is for warming up.
      if (turn === 0) continue;
      cpu.push(found.cpu);
      rate.push(found.perSecond);
    }
  }
  const [a, b] = halls.map(({ cpu }) => median(cpu)) as [number, number];
  const [c, d] = halls.map(({ rate }) => median(rate)) as [number, number];
  print({
    bench: 'store',
    metric: `cpu-per-step-ms-among-${many}-and-${few}`,
    ours: round(b),
    peer: round(a),
    ratio: round(a / b),
  });
  print({
    bench: 'store',
    metric: `steps-per-second-among-${many}-and-${few}`,
    ours: round(d),
    peer: round(c),
    ratio: round(d / c),
  });
  for (const { hall } of halls) await hall.close();
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
