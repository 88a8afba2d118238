import { type Definition, projectsOf, readScenario, runScenario, type Scenario } from '../../engine/index.ts';
import type { Cell, StoryFile } from './worker/messages.ts';

/** One scenario to be played on one project. */
export interface Pairing {
  readonly path: string;
  readonly scenario: Scenario;
  readonly definition: Definition;
  readonly named: boolean;
}

/**
 * What is to be played: each scenario on the projects that it names, and on all others of the same process. On another process its
 * words mean nothing.
 * @returns also the paths of the files that do not read
 */
export function pairingsOf(
  definitions: readonly Definition[],
  stories: readonly StoryFile[],
): { readonly pairings: readonly Pairing[]; readonly broken: readonly string[] } {
  const broken: string[] = [];
  const pairings = stories.flatMap(({ path, text }): readonly Pairing[] => {
    const { scenario } = readScenario(path, text);
    if (scenario === null) {
      broken.push(path);
      return [];
    }
    const named = new Set(projectsOf(scenario));
    const workflows = new Set(
      definitions.flatMap(({ project, workflow }) => (named.has(project.id) ? [workflow.id] : [])),
    );
    return definitions
      .filter(({ workflow }) => workflows.has(workflow.id))
      .map((definition) => ({ path, scenario, definition, named: named.has(definition.project.id) }));
  });
  return { pairings, broken };
}

/** Plays it by the calendar of scenarios, as `certflow run` does. */
export function cellOf({ path, scenario, definition, named }: Pairing, draft = false): Cell {
  const { passed, failure } = runScenario(definition, scenario);
  return {
    ...{ path, title: scenario.scenario, project: definition.project.id, draft, named, passed },
    failure: failure && {
      ...{ step: failure.step, expected: failure.expected, found: failure.found, english: failure.english },
    },
  };
}
