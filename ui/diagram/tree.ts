import type { Diagram, DiagramEdge, DiagramNode } from '../../engine/contract/routes.ts';

/** A diagram's nodes and edges by id, parent and end, in document order. Pure: made once per diagram. */
export interface Tree {
  readonly nodes: ReadonlyMap<string, DiagramNode>;
  readonly edges: readonly DiagramEdge[];
  /** Children by parent id; `''` holds the roots. */
  readonly children: ReadonlyMap<string, readonly DiagramNode[]>;
}

export function treeOf(diagram: Diagram): Tree {
  const nodes = new Map(diagram.nodes.map((node) => [node.id, node]));
  const children = new Map<string, DiagramNode[]>();
  for (const node of diagram.nodes) {
    // A parent that is not drawn makes its child a root: nothing of a diagram may get lost.
    const parent = node.parent !== null && nodes.has(node.parent) ? node.parent : '';
    const list = children.get(parent) ?? [];
    list.push(node);
    children.set(parent, list);
  }
  const edges = diagram.edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
  return { nodes, edges, children };
}

export function childrenOf(tree: Tree, id: string): readonly DiagramNode[] {
  return tree.children.get(id) ?? [];
}

/** The node and everything around it, from the inside out. */
export function lineage(tree: Tree, id: string): readonly string[] {
  const line: string[] = [];
  for (let at: string | null = id; at !== null && tree.nodes.has(at); at = tree.nodes.get(at)?.parent ?? null) {
    if (line.includes(at)) break;
    line.push(at);
  }
  return line;
}

/** The child of `ancestor` in which `id` lies, or null when it lies elsewhere. */
export function childUnder(tree: Tree, ancestor: string, id: string): string | null {
  const line = lineage(tree, id);
  const at = line.indexOf(ancestor);
  return at > 0 ? (line[at - 1] ?? null) : null;
}

/** All ids in the sets, and everything around them: a compound is active when one of its states is. */
export function withAncestors(tree: Tree, ids: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const id of ids) for (const at of lineage(tree, id)) all.add(at);
  return all;
}

/** Leaves below a node on the shortest way to the goal: how much of the happy path it holds. */
export function mainWeight(tree: Tree, id: string): number {
  const below = childrenOf(tree, id);
  if (below.length === 0) return tree.nodes.get(id)?.main ? 1 : 0;
  return below.reduce((sum, node) => sum + mainWeight(tree, node.id), 0);
}
