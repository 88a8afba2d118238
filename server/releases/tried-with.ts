import { projectsOf, readScenario } from '../../engine/index.ts';
import type { Files } from '../../engine/model/definition.ts';
import { readScenarioFiles } from './files.ts';
import type { KeptScenarios } from './kept-scenarios.ts';

/** The scenarios that stand now, and of them those of a project. */
export type TriedWith = () => Promise<(project: string) => Promise<Files>>;

/** What projects are tried with: the scenarios of the folder, read once each time, and those that were kept in the studio. */
export function triedWith(folder: string, kept: Pick<KeptScenarios, 'files'>): TriedWith {
  return async () => {
    const files = await readScenarioFiles(folder);
    return async (project) => scenariosOfProject({ ...files, ...(await kept.files(project)) }, project);
  };
}

/** Of many scenarios those that are played on a project; one that cannot be read belongs to none. */
function scenariosOfProject(files: Files, project: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([path, text]) => projectsIn(path, text).includes(project)));
}

const projectsKnown = new Map<string, readonly string[]>();

/** To read a scenario takes some milliseconds, and every project asks for all of them. */
function projectsIn(path: string, text: string): readonly string[] {
  const known = projectsKnown.get(text);
  if (known !== undefined) return known;
  const { scenario } = readScenario(path, text);
  const found = scenario === null ? [] : projectsOf(scenario);
  projectsKnown.set(text, found);
  for (const old of projectsKnown.keys()) if (projectsKnown.size > mostKnown) projectsKnown.delete(old);
  return found;
}

const mostKnown = 2000;
