import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { loadAll } from '../../../engine/load.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { random } from '../fuzz/random.ts';
import { Chain, type ChainReport } from './chain.ts';
import { drillFiles } from './drill.ts';

/** Processes that use one disk one after the other. */
const LENGTH = 12;

/** So many processes from this seed on, or until something is wrong. */
export interface Cycles {
  readonly from: number;
  readonly cycles: number;
  readonly untilWrong: boolean;
  /** Everything sealed with keys that change, files and the log of who did what too. */
  readonly sealed?: boolean;
}

export interface CyclesReport {
  readonly cycles: number;
  readonly acknowledged: number;
  readonly flips: number;
  readonly ends: { readonly [end: string]: number };
  readonly restarts: { readonly index: number; readonly scan: number };
  /** Chains in which something was wrong, by seed. */
  readonly wrong: readonly { readonly seed: number; readonly violations: readonly string[] }[];
}

export function drill(): Definition {
  const { projects, issues } = loadAll(drillFiles);
  if (!projects.drill) throw new Error(issues.map(({ message }) => message).join('\n'));
  return projects.drill;
}

/** Everything that happens follows from the seeds, ids and nonces too. This is what the mutants are bundled from. */
export async function runCycles({ from, cycles, untilWrong, sealed = false }: Cycles): Promise<CyclesReport> {
  const definition = drill();
  const sum = { cycles: 0, acknowledged: 0, flips: 0 };
  const ends: { [end: string]: number } = {};
  const restarts = { index: 0, scan: 0 };
  const wrong: { seed: number; violations: readonly string[] }[] = [];
  for (let seed = from; sum.cycles < cycles && !(untilWrong && wrong.length > 0); seed += 1) {
    const report = await seeded(seed, () => played(seed, definition, sealed));
    for (const name of ['cycles', 'acknowledged', 'flips'] as const) sum[name] += report[name];
    for (const [end, count] of Object.entries(report.ends)) ends[end] = (ends[end] ?? 0) + count;
    restarts.index += report.restarts.index;
    restarts.scan += report.restarts.scan;
    if (report.violations.length > 0) wrong.push({ seed, violations: report.violations });
  }
  return { ...sum, ends, restarts, wrong };
}

async function played(seed: number, definition: Definition, sealed: boolean): Promise<ChainReport> {
  const nothing = { cycles: 0, acknowledged: 0, ends: {}, flips: 0, restarts: { index: 0, scan: 0 } };
  try {
    return await new Chain(seed, definition, sealed).play(LENGTH, seed * 12);
  } catch (error) {
    return { ...nothing, cycles: 1, violations: [`${(error as Error).name}: ${(error as Error).message}`] };
  }
}

/** Whoever asks Node for random bytes meanwhile gets those of the seed. */
async function seeded<T>(seed: number, job: () => Promise<T>): Promise<T> {
  const { randomBytes } = crypto;
  const how = random(seed);
  crypto.randomBytes = ((size: number) => Buffer.from(Array.from({ length: size }, () => how.below(256)))) as never;
  syncBuiltinESMExports();
  try {
    return await job();
  } finally {
    crypto.randomBytes = randomBytes;
    syncBuiltinESMExports();
  }
}
