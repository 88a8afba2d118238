import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { WorldOptions, WorldReport } from './world.ts';

/** What a worker is asked for. */
export interface Order {
  readonly seed: number;
  readonly cases: number;
  readonly nodes?: WorldOptions['nodes'];
  /** Of this project only. */
  readonly project?: string;
  /** Nodes of a build that believe what they remember of a case, whoever has changed it since. */
  readonly believing?: boolean;
}

/**
 * Plays the seeds in so many processes, each whichever seed is next. What a seed does hangs on nothing else.
 * @throws when a worker ends without an answer
 */
export async function inWorkers(
  workers: number,
  seeds: readonly number[],
  orderOf: (seed: number) => Promise<Order>,
  onReport: (report: WorldReport) => void,
): Promise<void> {
  const left = [...seeds];
  await Promise.all(Array.from({ length: Math.min(workers, seeds.length) }, () => work(left, orderOf, onReport)));
}

/** Young objects are many and die at once: collecting them seldom is a third of the time. */
const execArgv = ['--max-semi-space-size=64', '--import', 'tsx'];
const worker = (): ChildProcess => fork(fileURLToPath(new URL('worker.ts', import.meta.url)), [], { execArgv });

/** One seed in a process that is ended when it takes longer, ms. @returns null then */
export function withPatience(order: Order, patience: number): Promise<WorldReport | null> {
  return new Promise((resolve, reject) => {
    const child = worker();
    const end = setTimeout(() => child.kill('SIGKILL'), patience);
    child.on('message', (report) => {
      resolve(report as WorldReport);
      child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(end);
      resolve(null);
    });
    child.send(order);
  });
}

function work(
  left: number[],
  orderOf: (seed: number) => Promise<Order>,
  onReport: (report: WorldReport) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = worker();
    let seed: number | undefined;
    const next = (): void => {
      seed = left.shift();
      if (seed === undefined) child.disconnect();
      else void orderOf(seed).then((order) => child.send(order), reject);
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
