import { resolve } from 'node:path';
import { loadAll } from '../../engine/load.ts';
import type { Issue } from '../../engine/model/issue.ts';
import { argumentsOf, commonOptions } from './arguments.ts';
import { readDefinitionFiles } from './files.ts';

const usage = `certflow check [--dir <folder>] [--project <id>] [--json]

Reads workflows/ and forms/, and says what is wrong: file:line:column severity code message (proposal).
Exit code 1 when there is an error, 2 when the command itself is wrong.`;

/** `certflow check`. @returns the exit code */
export async function check(args: string[]): Promise<number> {
  const { code, values } = argumentsOf(args, usage, commonOptions);
  if (code !== null || values === null) return code ?? 2;
  const root = resolve(values.dir ?? '.');
  const files = await readDefinitionFiles(root);
  if (Object.keys(files).length === 0) {
    console.error(`没有找到定义文件：${root}/workflows、${root}/forms`);
    return 2;
  }
  const loaded = loadAll(files);
  const chosen = values.project;
  if (chosen !== undefined && !Object.keys(files).some((path) => path.endsWith(`/${chosen}.project.yaml`))) {
    console.error(`没有名为 ${chosen} 的项目`);
    return 2;
  }
  const { issues } = loaded;
  const errors = issues.filter((issue) => issue.severity === 'error').length;
  const projects = Object.keys(loaded.projects);
  if (values.json === true) console.log(JSON.stringify({ errors, projects, issues }, null, 2));
  else {
    for (const issue of issues) console.log(line(issue));
    console.log(
      `${Object.keys(files).length} files, ${projects.length} projects usable, ${errors} errors, ${issues.length - errors} warnings`,
    );
  }
  return errors > 0 ? 1 : 0;
}

/** One issue, clickable in most terminals. */
export function line(issue: Issue): string {
  const proposal = issue.proposal === undefined ? '' : `（建议：${issue.proposal}）`;
  return `${issue.file}:${issue.line}:${issue.column} ${issue.severity} ${issue.code} ${issue.message}${proposal}`;
}
