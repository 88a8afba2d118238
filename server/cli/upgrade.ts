import { rename, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { upgradeFiles } from '../../engine/index.ts';
import { argumentsOf, commonOptions } from './arguments.ts';
import { line } from './check.ts';
import { readDefinitionFiles } from './files.ts';

const usage = `certflow upgrade [path…] [--check] [--dir D] [--json]

  Rewrites definition files of an older language version in the newest one. Comments, order and layout stay; the hashes
  of a project's changes are renewed where they agreed. What only a person can say is left as it is: file:line:column.

  path      files or folders (default: all of workflows/ and forms/)
  --check   writes nothing; exit code 1 when something is to do
  --dir D   folder that holds workflows/ and forms/ (default: here)`;

/** @returns the exit code: 0 done, 1 something is to do (--check) or could not be done, 2 used wrongly */
export async function upgrade(args: string[]): Promise<number> {
  const { dir, json, help } = commonOptions;
  const options = { check: { type: 'boolean' }, dir, json, help } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null) return code ?? 2;
  const root = resolve(values.dir ?? '.');
  const files = await readDefinitionFiles(root);
  const wanted = positionals.map((path) => relative(root, resolve(path)).replaceAll('\\', '/'));
  const unknown = wanted.filter((path) => !Object.keys(files).some((file) => isWithin(file, path)));
  if (Object.keys(files).length === 0 || unknown.length > 0) {
    console.error(`没有找到定义文件：${unknown.join('、') || `${root}/workflows、${root}/forms`}`);
    return 2;
  }
  const chosen = (file: string) => wanted.length === 0 || wanted.some((path) => isWithin(file, path));
  const upgraded = upgradeFiles(files, chosen);
  const changed = Object.entries(upgraded.files);
  for (const [file, text] of changed) {
    if (values.check !== true) await replaceFile(join(root, file), text);
    if (values.json !== true) console.log(`${values.check === true ? '需要升级' : '已升级'} ${file}`);
  }
  const wrong = upgraded.issues.length > 0 || (values.check === true && changed.length > 0);
  if (values.json === true) {
    console.log(JSON.stringify({ files: changed.map(([file]) => file), issues: upgraded.issues }, null, 2));
    return wrong ? 1 : 0;
  }
  for (const issue of upgraded.issues) console.error(line(issue));
  console.log(
    `${changed.length} files ${values.check === true ? 'to upgrade' : 'upgraded'}, ${upgraded.issues.length} issues`,
  );
  return wrong ? 1 : 0;
}

function isWithin(file: string, path: string): boolean {
  return path === '' || file === path || file.startsWith(`${path}/`);
}

/** Whole or not at all: a reader sees the old text or the new one. */
async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.${process.pid}.next`;
  await writeFile(next, text);
  await rename(next, path);
}
