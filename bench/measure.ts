import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One line of a bench's output. `ratio` is ours against the peer's: above 1 is better for us. */
export interface Line {
  readonly bench: string;
  readonly metric: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly ratio: number | null;
}

export function print(line: Line): void {
  console.log(JSON.stringify(line));
}

export function round(value: number, digits = 3): number {
  return Number(value.toPrecision(digits + 1));
}

/**
 * Runs contestants turn by turn, so that a busy machine is busy for all of them, and gives each one's median.
 * @returns milliseconds of CPU of one turn
 */
export async function interleaved(
  turns: number,
  contestants: { readonly [name: string]: () => unknown },
): Promise<{ [name: string]: number }> {
  const times: { [name: string]: number[] } = {};
  for (let turn = 0; turn < turns; turn++) {
    for (const [name, run] of Object.entries(contestants)) {
      collect();
      const before = process.cpuUsage();
      await run();
      const used = process.cpuUsage(before);
      const all = times[name] ?? [];
      times[name] = [...all, (used.user + used.system) / 1000];
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

setFlagsFromString('--expose-gc');
/** Before a turn begins, so that nobody's garbage is collected at the cost of another. */
const collect = runInNewContext('gc') as () => void;

/** Milliseconds of CPU of this thread so far; not a number where the kernel does not tell. */
export function threadTime(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** Milliseconds of CPU. */
export function cpuOf(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

/** A figure beside what it may be at most, where that is said. */
export function measured(bench: string, metric: string, ours: number, limit: number | null): void {
  print({ bench, metric, ours: round(ours), peer: limit, ratio: limit === null ? null : round(limit / ours) });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
