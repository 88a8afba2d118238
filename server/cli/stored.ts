import { load, loadReleased } from '../../engine/load.ts';
import type { Files } from '../../engine/model/definition.ts';
import { type Stored, storedDefinition } from '../admin/commands.ts';
import { withDataFolder } from '../admin/offline.ts';
import { askServer } from '../admin/socket.ts';
import { readConfig } from '../config.ts';
import { projectIds } from '../releases/files.ts';
import { issueLine } from '../releases/issue-line.ts';
import { explain } from './explain.ts';
import { readDefinitionFiles } from './files.ts';
import { type Chosen, chooseProject, proposal } from './project.ts';

/** What is meant by the data folder: a hash or the beginning of one, `project@draft`, `project@current`, `project@3`. */
const stored = /^[0-9a-f]{6,64}$|@/;

/** The effective definition that is meant by a name: of a project in a folder, or of DATA_DIR. Says what is wrong. */
export async function chooseDefinition(dir: string, name: string): Promise<Chosen> {
  const isProject = projectIds(await readDefinitionFiles(dir)).includes(name);
  if (isProject || !stored.test(name)) return chooseProject(dir, name);
  try {
    return chosenOf(name, await storedAs(name));
  } catch (error) {
    return { kind: 'ended', code: explain(error) === 1 ? 1 : 2 };
  }
}

/** The files that are meant by a name of the data folder, with their scenarios. Says what is wrong. @returns null then */
export async function chooseFiles(name: string): Promise<Files | null> {
  const found = await storedAs(name);
  if (found.kind !== 'unknown') return { ...found.files, ...found.scenarios };
  console.error(`数据目录里没有 ${name}。${proposal(name, found.known)}`);
  return null;
}

/** Through the running server, or under the folder's lock when none runs. */
async function storedAs(name: string): Promise<Stored> {
  const config = readConfig(process.env);
  const answer = await askServer(config.dataDir, { kind: 'definition', name });
  if (answer !== null) return answer.result as Stored;
  return withDataFolder(config, ({ releases }) => storedDefinition(releases, name));
}

function chosenOf(name: string, found: Stored): Chosen {
  if (found.kind === 'unknown') {
    console.error(`数据目录里没有 ${name}。${proposal(name, found.known)}`);
    return { kind: 'ended', code: 2 };
  }
  const { definition, issues } = (found.released ? loadReleased : load)(found.files, found.project);
  if (definition !== null) return { kind: 'definition', definition };
  for (const issue of issues) if (issue.severity === 'error') console.error(issueLine(issue));
  return { kind: 'ended', code: 1 };
}
