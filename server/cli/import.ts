import { resolve } from 'node:path';
import { type Imported, importFiles, importKept, writeAudit } from '../admin/commands.ts';
import { withDataFolder } from '../admin/offline.ts';
import { askServer } from '../admin/socket.ts';
import { readConfig } from '../config.ts';
import { readReleaseFiles, readScenarioFiles } from '../releases/files.ts';
import { issueLine } from '../releases/issue-line.ts';
import { BrokenDefinition } from '../releases/releases.ts';
import { argumentsOf, commonOptions } from './arguments.ts';
import { explain } from './explain.ts';

const usage = `certflow import [--dir D]

  Brings changed definition files in as drafts; publish them in the studio. Goes through the running server of DATA_DIR,
  or takes the folder's lock when none runs. Scenarios that were kept in a studio (kept-….scenario.yaml) are kept here too.

  --dir D   folder that holds workflows/ and forms/ (default: this repository)`;

/** @returns the exit code: 0 done, 1 some files are broken (kept as drafts all the same), 2 used wrongly */
export async function importDefinitions(args: string[]): Promise<number> {
  const { dir, help } = commonOptions;
  const { code, values } = argumentsOf(args, usage, { dir, help });
  if (code !== null || values === null) return code ?? 2;
  const config = readConfig(process.env);
  const folder = values.dir === undefined ? config.definitionsDir : resolve(values.dir);
  const [files, scenarios] = [await readReleaseFiles(folder), await readScenarioFiles(folder)];
  try {
    const answer = await askServer(config.dataDir, { kind: 'import', files, scenarios });
    const imported = answer
      ? (answer.result as readonly Imported[])
      : await withDataFolder(config, async ({ audit, releases, kept, now }) => {
          const result = await importFiles(releases, files, 'command-line');
          await importKept(
            kept,
            scenarios,
            result.map(({ project }) => project),
          );
          await writeAudit(audit, now(), 'import', result.map(({ project, state }) => `${project}:${state}`).join());
          return result;
        });
    return report(imported);
  } catch (error) {
    if (error instanceof BrokenDefinition) {
      for (const issue of error.issues) console.error(issueLine(issue));
      return 1;
    }
    return explain(error);
  }
}

const WORDS = { seeded: '已发布（首次）', unchanged: '没有变化', draft: '已作为草稿导入，请到工作室发布' } as const;

function report(imported: readonly Imported[]): number {
  const lines = new Set<string>();
  let errors = 0;
  for (const { project, state, issues } of imported) {
    console.log(`${project.padEnd(28)}${WORDS[state]}`);
    for (const issue of issues) {
      if (issue.severity === 'error') errors += 1;
      lines.add(`${issue.severity === 'error' ? '错误' : '提醒'} ${issueLine(issue)}`);
    }
  }
  for (const line of lines) console.log(line);
  return errors === 0 ? 0 : 1;
}
