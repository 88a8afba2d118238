import type { Origin } from '../../model/definition.ts';
import { type Entry, type MapNode, mapOf, type Node, type ScalarNode } from '../tree.ts';

/**
 * What a step of the language changes in one file. A step says it once; here it is done to the tree that the engine reads
 * (every piece still knows where its author wrote it), in `rewrite-text.ts` to the text itself.
 */
export type Rewrite =
  /** The entry's key gets another name; its place among its neighbours stays. */
  | { readonly kind: 'rename'; readonly path: readonly string[]; readonly to: string }
  | { readonly kind: 'drop'; readonly path: readonly string[] }
  /** The scalar at the path becomes another one. `skip` characters of what was written stand in front of the new text. */
  | {
      readonly kind: 'replace';
      readonly path: readonly string[];
      readonly by: string | number | boolean;
      readonly skip?: number;
    };

/** The tree with the rewrites done; paths are those of the tree that was given. */
export function rewriteTree(node: MapNode, rewrites: readonly Rewrite[]): MapNode {
  return rewrites.length === 0 ? node : (rewriteAt(node, [], rewrites) as MapNode);
}

function rewriteAt(node: Node, path: readonly string[], rewrites: readonly Rewrite[]): Node {
  if (!rewrites.some((rewrite) => isWithin(rewrite.path, path))) return node;
  if (node.kind === 'scalar') {
    const found = rewrites.find((rewrite) => rewrite.kind === 'replace');
    return found === undefined ? node : replaced(node, found as Extract<Rewrite, { kind: 'replace' }>);
  }
  const below = (step: string) => {
    const inner = [...path, step];
    return [inner, rewrites.filter((rewrite) => isWithin(rewrite.path, inner))] as const;
  };
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item, index) => rewriteAt(item, ...below(String(index)))) };
  }
  const pairs: (readonly [string, Entry])[] = [];
  for (const [key, entry] of node.entries) {
    const [inner, mine] = below(key);
    const own = mine.filter((rewrite) => rewrite.path.length === inner.length);
    if (own.some((rewrite) => rewrite.kind === 'drop')) continue;
    const renamed = own.find((rewrite) => rewrite.kind === 'rename');
    const name = renamed?.kind === 'rename' ? renamed.to : key;
    pairs.push([name, { ...entry, value: rewriteAt(entry.value, inner, mine) }]);
  }
  return mapOf(node.origin, pairs);
}

function replaced(node: ScalarNode, { by, skip = 0 }: Extract<Rewrite, { kind: 'replace' }>): ScalarNode {
  const origin: Origin = { ...node.origin, column: node.origin.column + skip };
  return { ...node, value: by, origin };
}

function isWithin(path: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((step, index) => path[index] === step);
}
