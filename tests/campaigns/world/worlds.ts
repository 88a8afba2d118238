import { loadAll } from '../../../engine/index.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { definitionFiles } from '../../support/definitions.ts';
import { certificateProjects } from '../mutants/measure.ts';
import { type Fault, faults } from './faults.ts';
import { playWorld, type WorldReport } from './world.ts';

export interface Campaign {
  /** Applicants of a seed. */
  readonly cases: number;
  readonly seeds: number;
  /** The first seed. */
  readonly from: number;
  /** Broken builds instead of the good one. */
  readonly faults: boolean;
}

/** The certificate process in its five projects, of these files. */
export function certificateDefinitions(files: Files): readonly Definition[] {
  const { projects } = loadAll(files);
  return certificateProjects.map((id) => {
    const definition = projects[id];
    if (!definition) throw new Error(`${id} does not load`);
    return definition;
  });
}

/** Seeds until the fault shows. @returns the report that shows it, or null */
export async function seedThatFinds(
  fault: Fault,
  files: Files,
  given: Omit<Campaign, 'faults'>,
): Promise<WorldReport | null> {
  const definitions = certificateDefinitions(fault.files?.(files) ?? files);
  for (let seed = given.from; seed < given.from + given.seeds; seed += 1) {
    const options = { seed, cases: given.cases, definitions, ...(fault.broken && { broken: fault.broken }) };
    const report = await playWorld(options);
    if (report.violations.length > 0) return report;
  }
  return null;
}

/** A line of JSON for each seed or fault and one for all. @returns whether something is not as it must be */
export async function worlds(given: Campaign, print: (line: string) => void): Promise<boolean> {
  const files = definitionFiles();
  if (given.faults) {
    let missed = 0;
    for (const fault of faults) {
      const report = await seedThatFinds(fault, files, given);
      if (report === null) missed += 1;
      print(JSON.stringify({ fault: fault.title, seed: report?.seed ?? null, found: report?.violations[0] ?? null }));
    }
    return missed > 0;
  }
  const definitions = certificateDefinitions(files);
  const sum = { seeds: 0, cases: 0, ended: 0, steps: 0, kills: 0, cuts: 0, violations: 0 };
  const met: { [what: string]: number } = {};
  for (let seed = given.from; seed < given.from + given.seeds; seed += 1) {
    const report = await playWorld({ seed, cases: given.cases, definitions });
    for (const [what, times] of Object.entries(report.met)) met[what] = (met[what] ?? 0) + times;
    sum.seeds += 1;
    for (const name of ['cases', 'ended', 'steps', 'kills', 'cuts'] as const) sum[name] += report[name];
    sum.violations += report.violations.length;
    if (report.violations.length > 0) print(JSON.stringify(report));
  }
  print(JSON.stringify({ from: given.from, ...sum, met }));
  return sum.violations > 0;
}
