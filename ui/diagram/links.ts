import type { DiagramEdge } from '../../engine/contract/routes.ts';
import { childUnder, lineage, type Tree } from './tree.ts';

/** All edges between two boxes of a panel, drawn as one line. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly titles: readonly string[];
  readonly edges: readonly DiagramEdge[];
  readonly main: boolean;
  readonly removed: boolean;
}

/** A box of the panel that stands for somewhere else. */
export interface Exit {
  readonly id: string;
  readonly title: string;
  /** The node to open when it is pressed. */
  readonly target: string;
  readonly kind: 'next' | 'elsewhere';
}

export interface PanelLinks {
  readonly links: readonly Link[];
  readonly exits: readonly Exit[];
  /** What holds in the whole compound, whatever its inner state: edges of the compound and of those around it. */
  readonly always: readonly DiagramEdge[];
}

export const exitId = (target: string): string => `exit:${target}`;

/** Edges as seen from inside a compound: ends are lifted to its children, ends outside become exits. */
export function linksOf(tree: Tree, compound: string): PanelLinks {
  const around = new Set(lineage(tree, compound));
  const found = new Map<string, { from: string; to: string; edges: DiagramEdge[] }>();
  const exits = new Map<string, Exit>();
  const always: DiagramEdge[] = [];

  for (const edge of tree.edges) {
    if (around.has(edge.from) && !childUnder(tree, compound, edge.to)) {
      if (tree.nodes.get(edge.from)?.kind !== 'next') always.push(edge);
      continue;
    }
    const from = childUnder(tree, compound, edge.from);
    if (from === null) continue;
    let to = childUnder(tree, compound, edge.to);
    if (to === from && edge.from !== edge.to) continue;
    if (to === null) {
      const exit = exitOf(tree, compound, edge.to);
      exits.set(exit.id, exit);
      to = exit.id;
    }
    const key = `${from} ${to}`;
    const link = found.get(key) ?? { from, to, edges: [] };
    link.edges.push(edge);
    found.set(key, link);
  }

  const links = [...found.values()].map(({ from, to, edges }) => ({
    from,
    to,
    edges,
    titles: [...new Set(edges.map((edge) => edge.title).filter((title) => title !== ''))],
    main: edges.some((edge) => edge.main && !edge.removed),
    removed: edges.every((edge) => edge.removed),
  }));
  return { links, exits: [...exits.values()], always };
}

/** The outermost box on the way to the target that does not hold the compound itself. */
function exitOf(tree: Tree, compound: string, target: string): Exit {
  const around = new Set(lineage(tree, compound));
  const node = tree.nodes.get(target);
  if (around.has(target)) {
    return { id: exitId(target), title: node?.title ?? target, target, kind: 'elsewhere' };
  }
  const unit = [...lineage(tree, target)].reverse().find((id) => !around.has(id)) ?? target;
  const shown = tree.nodes.get(unit);
  return {
    id: exitId(unit),
    title: shown?.title ?? unit,
    target: unit,
    kind: shown?.kind === 'next' ? 'next' : 'elsewhere',
  };
}
