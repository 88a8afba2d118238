import type { Issue } from '../../model/issue.ts';
import type { FileKind } from '../meta.ts';
import { get, type MapNode, type Node } from '../tree.ts';
import { from1 } from './from-1.ts';
import { language } from './language.ts';
import { type Rewrite, rewriteTree } from './rewrite.ts';

/** Kinds of files that say which version they are written in; forms and settings are JSON Schemas and have their own. */
export const versioned: ReadonlySet<FileKind> = new Set([
  ...(['workflow', 'fragment', 'project', 'scenario', 'connector', 'document', 'content'] as const),
]);

/** What one version of the language changes in a file of the version before it. */
export type Step = (
  kind: FileKind,
  file: MapNode,
) => {
  readonly rewrites: readonly Rewrite[];
  /** What only a person can say in the newer version, or what the older one had not allowed either. */
  readonly stuck: readonly Issue[];
};

/** In order: the first leads from 1 to 2. How to add one: `engine/README.md`. */
const steps: readonly Step[] = [from1];

/** The version that a file says; null when it is none that is known. */
export function languageOf(node: Node | null): number | null {
  const said = get(node ?? undefined, 'language');
  const value = said?.kind === 'scalar' ? said.value : null;
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= language ? value : null;
}

/** What each step does to the file that the one before it left, the oldest first. */
export function rewritesOf(kind: FileKind, file: MapNode): readonly (readonly Rewrite[])[] {
  return climb(kind, file).rounds;
}

/** The file as it reads in the newest version. Pure: positions are those of the text that was written. */
export function upgrade(kind: FileKind, file: MapNode): { readonly node: MapNode; readonly stuck: readonly Issue[] } {
  return climb(kind, file);
}

function climb(kind: FileKind, file: MapNode) {
  const from = versioned.has(kind) ? languageOf(file) : null;
  const rounds: (readonly Rewrite[])[] = [];
  const stuck: Issue[] = [];
  let node = file;
  for (let version = from ?? language; version < language; version++) {
    const found = steps[version - 1]!(kind, node);
    const rewrites: readonly Rewrite[] = [{ kind: 'replace', path: ['language'], by: version + 1 }, ...found.rewrites];
    stuck.push(...found.stuck);
    rounds.push(rewrites);
    node = rewriteTree(node, rewrites);
  }
  return { node, stuck, rounds };
}
