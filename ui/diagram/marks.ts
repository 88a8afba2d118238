import type { DiagramNode } from '../../engine/contract/routes.ts';
import { lineage, type Tree, withAncestors } from './tree.ts';

/** Where a case is and was, and what is wrong with a definition, laid over its diagram. */
export interface Marks {
  /** Addresses of active states; what is around them is active too. */
  readonly active: ReadonlySet<string>;
  readonly visited: ReadonlySet<string>;
  /** Pairs `from to` of states that followed each other. */
  readonly taken: ReadonlySet<string>;
  /** Issues by address; a box counts those inside it. */
  readonly problems: ReadonlyMap<string, number>;
}

export interface MarkInput {
  readonly active?: Iterable<string>;
  readonly visited?: Iterable<string>;
  readonly taken?: Iterable<readonly [string, string]>;
  readonly problems?: ReadonlyMap<string, number>;
}

export function marksOf(tree: Tree, input: MarkInput): Marks {
  const taken = new Set<string>();
  for (const [from, to] of input.taken ?? []) {
    // Seen from outside, a step between two states is a step between the boxes that hold them.
    const ends = lineage(tree, to);
    for (const a of lineage(tree, from)) for (const b of ends) if (a !== b) taken.add(`${a} ${b}`);
  }
  const problems = new Map<string, number>();
  for (const [address, count] of input.problems ?? []) {
    const node = nearest(tree, address);
    if (node === null) continue;
    for (const id of lineage(tree, node)) problems.set(id, (problems.get(id) ?? 0) + count);
  }
  return {
    active: withAncestors(tree, new Set(input.active)),
    visited: withAncestors(tree, new Set(input.visited)),
    taken,
    problems,
  };
}

/** The state that an address (of a transition, a word, …) belongs to. */
function nearest(tree: Tree, address: string): string | null {
  for (let at = address; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    if (tree.nodes.has(at)) return at;
  }
  return null;
}

/** Class names of a box. The words for it are added by the box itself: never only colour. */
export function lookOf(marks: Marks, node: DiagramNode): string {
  const look = ['dg-node', node.kind];
  if (node.removed) look.push('removed');
  if (marks.active.has(node.id)) look.push('active');
  else if (marks.visited.has(node.id)) look.push('visited');
  if (node.main) look.push('main');
  return look.join(' ');
}
