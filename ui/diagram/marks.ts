import type { DiagramEdge, DiagramNode } from '../../engine/contract/routes.ts';
import { lineage, type Tree, withAncestors } from './tree.ts';

/** What became of a node or edge between two definitions; `inside`: of something in it. */
export type Change = 'added' | 'removed' | 'changed' | 'moved' | 'inside';

/** Where a case is and was, and what is wrong with a definition, laid over its diagram. */
export interface Marks {
  /** Addresses of active states; what is around them is active too. */
  readonly active: ReadonlySet<string>;
  readonly visited: ReadonlySet<string>;
  /** Pairs `from to` of states that followed each other. */
  readonly taken: ReadonlySet<string>;
  /** Issues by address; a box counts those inside it. */
  readonly problems: ReadonlyMap<string, number>;
  /** By id of node or edge; null: it is the picture of one definition. */
  readonly changes: ReadonlyMap<string, Change> | null;
  /** The line that is looked at: `<state> <way>`. */
  readonly chosen: string | null;
}

export interface MarkInput {
  readonly active?: Iterable<string>;
  readonly visited?: Iterable<string>;
  readonly taken?: Iterable<readonly [string, string]>;
  readonly problems?: ReadonlyMap<string, number>;
  readonly changes?: { readonly [id: string]: Exclude<Change, 'inside'> } | null;
  readonly chosen?: string | null;
}

/** A line among those that leave its state, by kind and name: `on|NEXT`. */
export function wayOf({ kind, id }: DiagramEdge): string {
  return `${kind}|${id.split('|')[2] ?? ''}`;
}

export function isChosen({ chosen }: Marks, edges: readonly DiagramEdge[]): boolean {
  return chosen !== null && edges.some((edge) => `${edge.from} ${wayOf(edge)}` === chosen);
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
    changes: input.changes == null ? null : changesOf(tree, input.changes),
    chosen: input.chosen ?? null,
  };
}

function changesOf(tree: Tree, given: NonNullable<MarkInput['changes']>): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>(Object.entries(given));
  for (const id of Object.keys(given)) {
    const node = tree.nodes.has(id) ? id : tree.edges.find((edge) => edge.id === id)?.from;
    for (const around of node === undefined ? [] : lineage(tree, node))
      if (!changes.has(around)) changes.set(around, 'inside');
  }
  return changes;
}

/** Of edges that are drawn as one line: what became of all of them alike. */
export function changeOf(marks: Marks, edges: readonly DiagramEdge[]): Change | null {
  const found = new Set(edges.map(({ id }) => marks.changes?.get(id) ?? null));
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

/** Signs beside words and colours. */
export const signs = { added: '＋', removed: '−', changed: '~', moved: '→', inside: '·' } as const;

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
  const change = marks.changes?.get(node.id);
  if (change !== undefined) look.push(`is-${change}`);
  if (node.removed && marks.changes === null) look.push('removed');
  if (marks.active.has(node.id)) look.push('active');
  else if (marks.visited.has(node.id)) look.push('visited');
  if (node.main) look.push('main');
  return look.join(' ');
}
