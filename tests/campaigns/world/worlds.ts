import { loadAll } from '../../../engine/index.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { definitionFiles } from '../../support/definitions.ts';
import { testPostgres } from '../../support/postgres.ts';
import { type Fault, faults } from './faults.ts';
import { Tally } from './tally.ts';
import { inWorkers, type Order } from './workers.ts';
import { playWorld, type WorldReport } from './world.ts';

export interface Campaign {
  /** Applicants of a seed. */
  readonly cases: number;
  readonly seeds: number;
  /** The first seed. */
  readonly from: number;
  /** Processes that play seeds side by side. */
  readonly workers: number;
  /** So many nodes on a PostgreSQL for each seed; else one process on a data folder. */
  readonly nodes?: number;
}

/** All projects of these files: those of the certificate process, of its neighbours, and of what has nothing to do with it. */
export function definitionsOf(files: Files): readonly Definition[] {
  const { projects, issues } = loadAll(files);
  const wrong = issues.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) throw new Error(`not every project can be played: ${JSON.stringify(wrong.slice(0, 3))}`);
  return Object.values(projects);
}

/** Seeds until the fault shows by what it is known by. @returns the report that shows it, or null */
export async function seedThatFinds(
  fault: Fault,
  files: Files,
  given: Omit<Campaign, 'workers'>,
): Promise<WorldReport | null> {
  const definitions = definitionsOf(fault.files?.(files) ?? files);
  for (let seed = given.from; seed < given.from + given.seeds; seed += 1) {
    const options = { seed, cases: given.cases, definitions, ...(fault.broken && { broken: fault.broken }) };
    const report = await playWorld(options);
    if (report.violations.some((violation) => violation.includes(fault.found))) return report;
  }
  return null;
}

/** Broken builds, each of which has to be found. A line of JSON for each. @returns whether one was not */
export async function faultyWorlds(given: Campaign, print: (line: string) => void): Promise<boolean> {
  let missed = 0;
  for (const fault of faults) {
    const report = await seedThatFinds(fault, definitionFiles(), given);
    if (report === null) missed += 1;
    print(JSON.stringify({ fault: fault.title, seed: report?.seed ?? null, found: foundBy(fault, report) }));
  }
  return missed > 0;
}

function foundBy({ found }: Fault, report: WorldReport | null): string | null {
  return report?.violations.find((violation) => violation.includes(found)) ?? null;
}

/**
 * A line of JSON for each seed with a violation and one for all.
 * @param note the whole report of each seed, as it comes
 * @returns whether there was a violation
 */
export async function worlds(
  given: Campaign,
  print: (line: string) => void,
  note: (line: string) => void = () => undefined,
): Promise<boolean> {
  const seeds = Array.from({ length: given.seeds }, (_, n) => given.from + n);
  const sum = { cases: 0, ended: 0, steps: 0 };
  const tally = new Tally();
  let violations = 0;
  const start = Date.now();
  const count = given.nodes;
  const postgres = count === undefined ? null : await testPostgres();
  if (count !== undefined && postgres === null) throw new Error('there is no PostgreSQL');
  const orderOf = async (seed: number): Promise<Order> => ({
    ...{ seed, cases: given.cases },
    ...(postgres && count !== undefined && { nodes: { url: await postgres.fresh(), count } }),
  });
  await inWorkers(given.workers, seeds, orderOf, (report) => {
    note(JSON.stringify(report));
    for (const name of ['cases', 'ended', 'steps'] as const) sum[name] += report[name];
    for (const [what, times] of Object.entries(report.met)) tally.count(what, times);
    violations += report.violations.length;
    if (report.violations.length > 0) print(JSON.stringify(report));
  });
  await postgres?.stop();
  const met = Object.fromEntries(Object.entries(tally.counts).sort(([a], [b]) => (a < b ? -1 : 1)));
  const seconds = Math.round((Date.now() - start) / 1000);
  print(JSON.stringify({ from: given.from, seeds: seeds.length, ...sum, violations, seconds, met }));
  return violations > 0;
}
