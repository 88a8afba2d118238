import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../../engine/model/definition.ts';

const ROOMS = ['workflows', 'forms'];
const KINDS = /\.(ya?ml|json)$/;

/** Definitions are texts of some hundred KB in all; more is a mistake (the engine bounds each file on its own). */
const MOST_FILES = 2_000;

/** All definition files under `<folder>/workflows` and `<folder>/forms`; scenarios are tests and belong to no release. */
export async function readDefinitionFiles(folder: string): Promise<Files> {
  const files: { [path: string]: string } = {};
  async function walk(path: string): Promise<void> {
    const entries = await readdir(join(folder, path), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (below !== 'workflows/scenarios') await walk(below);
      } else if (KINDS.test(entry.name)) {
        if (Object.keys(files).length >= MOST_FILES) throw new Error(`more than ${MOST_FILES} definition files`);
        files[below] = await readFile(join(folder, below), 'utf8');
      }
    }
  }
  for (const room of ROOMS) await walk(room);
  return files;
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
