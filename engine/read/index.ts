import type { Issue } from '../model/issue.ts';
import { issueAt } from './issue.ts';
import { readJson } from './json.ts';
import type { Node } from './tree.ts';
import { readYaml } from './yaml.ts';

/** A file's text as located data. `node` is null when nothing of it can be used; there is an error then. */
export function readText(file: string, source: string): { node: Node | null; issues: Issue[] } {
  if (/\.ya?ml$/.test(file)) return readYaml(file, source);
  if (file.endsWith('.json')) return readJson(file, source);
  return { node: null, issues: [issueAt({ file, line: 1, column: 1 }, 'unknown-file', { file })] };
}

export { canonical, hashOf, hashOfFiles, shortHash } from './canonical.ts';
export { issueAt, sortIssues, told } from './issue.ts';
export { suggest } from './suggest.ts';
export * from './tree.ts';
