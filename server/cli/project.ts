import { resolve } from 'node:path';
import { nearest } from '../../engine/expressions/nearest.ts';
import { load } from '../../engine/load.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { projectIds } from '../releases/files.ts';
import { issueLine } from '../releases/issue-line.ts';
import { readDefinitionFiles } from './files.ts';

export type Chosen =
  | { readonly kind: 'definition'; readonly definition: Definition }
  /** It was said why not. */
  | { readonly kind: 'ended'; readonly code: 1 | 2 };

/** The effective definition of a project in a folder. Says what is wrong when there is none: 2 no such project, 1 errors. */
export async function chooseProject(dir: string | undefined, project: string): Promise<Chosen> {
  const root = resolve(dir ?? '.');
  const files = await readDefinitionFiles(root);
  const known = projectIds(files);
  if (known.length === 0) {
    console.error(`没有找到定义文件：${root}/workflows、${root}/forms`);
    return { kind: 'ended', code: 2 };
  }
  if (!known.includes(project)) {
    console.error(`没有名为 ${project} 的项目。${proposal(project, known)}`);
    return { kind: 'ended', code: 2 };
  }
  const { definition, issues } = load(files, project);
  if (definition !== null) return { kind: 'definition', definition };
  for (const issue of issues) if (issue.severity === 'error') console.error(issueLine(issue));
  return { kind: 'ended', code: 1 };
}

/** What may have been meant, and what there is. */
export function proposal(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `${near === null ? '' : `是不是 ${near}？`}有：${known.join('、')}`;
}
