import { load } from '../../../engine/load.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { type Paths, paths, type Scenario, scenarioText } from '../../../engine/paths/index.ts';
import { readBundle } from '../../../engine/read/bundle.ts';
import { plain } from '../../../engine/read/index.ts';
import { runScenario } from '../../../engine/simulate/index.ts';
import { definitionFiles } from '../../support/definitions.ts';

export interface PathsReport {
  readonly projects: readonly {
    readonly project: string;
    /** CPU of this process for the search, the covering set and the edges; seconds. */
    readonly seconds: number;
    readonly reached: number;
    /** Targets that no case of the project can come to. */
    readonly impossible: number;
    /** Scenarios that were written, read again and played. */
    readonly played: number;
    readonly edges: { readonly done: number; readonly left: readonly string[] };
  }[];
  /** A scenario that does not pass, a target without a path and without proof that there is none, a search given up. */
  readonly failures: readonly string[];
}

/** Every path of these projects, written as its file, read again and played as `certflow run` does it. */
export function pathsOfProjects(projects: readonly string[], say: (line: string) => void): PathsReport {
  const files = definitionFiles();
  const failures: string[] = [];
  const rows = projects.map((project) => {
    const definition = loaded(files, project);
    const before = process.cpuUsage();
    const found = paths(definition);
    const { user, system } = process.cpuUsage(before);
    const scenarios = scenariosOf(found);
    for (const scenario of scenarios) {
      const { failure } = runScenario(definition, reread(scenario));
      if (failure !== null) failures.push(`${project} ${scenario.scenario}: ${JSON.stringify(failure)}`);
    }
    for (const { target, impossible, reason } of found.unreached)
      if (!impossible) failures.push(`${project} ${target.address}: ${reason}`);
    for (const { incident } of found.incidents) failures.push(`${project}: ${incident}`);
    if (!found.complete) failures.push(`${project}: given up after ${found.looked} cases`);
    const row = {
      project,
      seconds: Math.round((user + system) / 1e5) / 10,
      reached: found.ways.length,
      impossible: found.unreached.length,
      played: scenarios.length,
      edges: { done: found.edges.done.length, left: found.edges.left },
    };
    say(JSON.stringify(row));
    return row;
  });
  return { projects: rows, failures };
}

function loaded(files: Files, project: string): Definition {
  const { definition } = load(files, project);
  if (definition === null) throw new Error(`${project} has errors`);
  return definition;
}

function scenariosOf({ ways, cover }: Paths): readonly Scenario[] {
  return [...ways, ...cover].map(({ scenario }) => scenario);
}

/** As `certflow run` reads it from its file. */
export function reread(scenario: Scenario): Scenario {
  const source = readBundle({ 'workflows/scenarios/paths/x.scenario.yaml': scenarioText(scenario) }).sources[0];
  if (source?.node == null || source.issues.length > 0) throw new Error(JSON.stringify(source?.issues));
  return plain(source.node) as unknown as Scenario;
}
