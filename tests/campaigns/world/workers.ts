import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { WorldReport } from './world.ts';

/** What a worker is asked for. */
export interface Order {
  readonly seed: number;
  readonly cases: number;
}

/**
 * Plays the seeds in so many processes, each whichever seed is next. What a seed does hangs on nothing else.
 * @throws when a worker ends without an answer
 */
export async function inWorkers(
  workers: number,
  seeds: readonly number[],
  cases: number,
  onReport: (report: WorldReport) => void,
): Promise<void> {
  const left = [...seeds];
  await Promise.all(Array.from({ length: Math.min(workers, seeds.length) }, () => work(left, cases, onReport)));
}

function work(left: number[], cases: number, onReport: (report: WorldReport) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // Young objects are many and die at once: collecting them seldom is a third of the time.
    const execArgv = ['--max-semi-space-size=64', '--import', 'tsx'];
    const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), [], { execArgv });
    let seed: number | undefined;
    const next = (): void => {
      seed = left.shift();
      if (seed === undefined) child.disconnect();
      else child.send({ seed, cases } satisfies Order);
    };
    child.on('message', (report) => {
      onReport(report as WorldReport);
      next();
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (seed === undefined) resolve();
      else reject(new Error(`the worker of seed ${seed} ended with ${code}`));
    });
    next();
  });
}
