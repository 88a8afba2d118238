import type { Issue } from '../model/issue.ts';
import { hasErrors, readBundle, type Source } from '../read/bundle.ts';
import { plain } from '../read/index.ts';
import type { Scenario } from './scenario.ts';

/** The story that a file tells; what a broken file lacks is empty. */
export function scenarioOf(source: Source): Scenario {
  const data = source.node === null ? {} : (plain(source.node) as unknown as Partial<Scenario>);
  return { scenario: source.path, project: '', steps: [], ...data };
}

/** The projects that it is a story of. */
export function projectsOf({ project }: Pick<Scenario, 'project'>): readonly string[] {
  return typeof project === 'string' ? [project] : Array.isArray(project) ? project : [''];
}

/**
 * Reads one scenario file. (language.md 14)
 * @param name its name, for the places of issues
 * @returns the story, null when an issue is an error
 */
export function readScenario(
  name: string,
  text: string,
): { readonly scenario: Scenario | null; readonly issues: readonly Issue[] } {
  const path = name.endsWith('.scenario.yaml') ? name : `${name}.scenario.yaml`;
  const [source] = readBundle({ [path]: text }).sources;
  if (source === undefined) return { scenario: null, issues: [] };
  return { scenario: hasErrors(source.issues) ? null : scenarioOf(source), issues: source.issues };
}
