import { type Issue, projectsOf, type Scenario, scenarioOf } from '../../engine/index.ts';
import type { Bundle } from '../../engine/read/bundle.ts';

/** A scenario file in one of the projects that it is a story of. */
export interface Story {
  readonly path: string;
  readonly project: string;
  readonly scenario: Scenario;
  /** The first thing that is wrong with the file, or null. */
  readonly issue: Issue | null;
}

/**
 * Scenario files of the bundle, once for each project that they name.
 * @param names paths or parts of paths; none: all
 * @param project only stories of this one
 */
export function storiesOf(bundle: Bundle, names: readonly string[] = [], project?: string): readonly Story[] {
  return bundle.sources.flatMap((source) => {
    if (source.kind !== 'scenario') return [];
    if (names.length > 0 && !names.some((name) => source.path.includes(name.replace(/^\.\//, '')))) return [];
    const scenario = scenarioOf(source);
    const issue = source.issues.find((each) => each.severity === 'error') ?? null;
    return projectsOf(scenario)
      .filter((each) => project === undefined || each === project)
      .map((each) => ({ path: source.path, project: each, scenario, issue }));
  });
}
