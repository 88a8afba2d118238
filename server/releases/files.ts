import type { Files } from '../../engine/model/definition.ts';
import { readDefinitionFiles } from '../cli/files.ts';

/** All definition files of a folder; scenarios are tests and belong to no release. */
export async function readReleaseFiles(folder: string): Promise<Files> {
  const files = await readDefinitionFiles(folder);
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('workflows/scenarios/')));
}

/** The scenarios of a folder. */
export function readScenarioFiles(folder: string): Promise<Files> {
  return readDefinitionFiles(folder, ['workflows/scenarios']);
}

/** Where a project's own file stands in a bundle. */
export const projectPath = (project: string): string => `workflows/projects/${project}.project.yaml`;

/** The files of one project: everything that is shared and its own project file. */
export function filesOfProject(files: Files, project: string): Files {
  const mine = projectPath(project);
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => !path.startsWith('workflows/projects/') || path === mine),
  );
}

/** Ids of the projects that a bundle has files of. */
export function projectIds(files: Files): readonly string[] {
  return Object.keys(files).flatMap((path) => /^workflows\/projects\/(.+)\.project\.yaml$/.exec(path)?.[1] ?? []);
}
