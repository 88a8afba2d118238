import type { Diagram, DiagramEdge, DiagramNode } from '../contract/routes.ts';
import { diagram } from '../explain/diagram.ts';
import type { Definition } from '../model/definition.ts';
import { differences } from './differences.ts';

export type DiagramChange = 'added' | 'removed' | 'changed' | 'moved';

/** Two diagrams in one: what is in either of them, and what became of it. */
export interface DiagramDifference {
  /** What both have as it is now, what is no more in its old place. */
  readonly diagram: Diagram;
  /** Id of a node or edge of `diagram` -> what became of it; what is as it was is not in it. */
  readonly changes: { readonly [id: string]: DiagramChange };
}

/** The difference as a picture: nodes and edges that run in one of the two definitions or in both. [DIF-4] */
export function diagramDifference(before: Definition, after: Definition): DiagramDifference {
  const [old, now] = [living(diagram(before)), living(diagram(after))];
  const changes: { [id: string]: DiagramChange } = {};
  const nodes = mergedNodes(old.nodes, now.nodes, changes);
  const edges = mergedEdges(old.edges, now.edges, changes);
  const known = new Set(nodes.map(({ id }) => id));
  for (const { kind, address } of differences(before, after)) {
    if (kind !== 'state' && kind !== 'transition' && kind !== 'timer') continue;
    const state = nearest(address, known);
    if (state !== null) changes[state] ??= 'changed';
  }
  return { diagram: { nodes, edges }, changes };
}

/** What runs; what was removed before is in neither picture. */
function living({ nodes, edges }: Diagram): Diagram {
  return { nodes: nodes.filter(({ removed }) => !removed), edges: edges.filter(({ removed }) => !removed) };
}

function mergedNodes(
  old: readonly DiagramNode[],
  now: readonly DiagramNode[],
  changes: { [id: string]: DiagramChange },
): readonly DiagramNode[] {
  const before = new Map(old.map((node) => [node.id, node]));
  const kept = new Set(now.map(({ id }) => id));
  const gone = old.filter(({ id }) => !kept.has(id));
  for (const node of now) {
    const was = before.get(node.id);
    if (was === undefined) changes[node.id] = gone.some((one) => isMoved(one, node)) ? 'moved' : 'added';
    else if (was.title !== node.title || was.kind !== node.kind || was.tile !== node.tile) changes[node.id] = 'changed';
  }
  for (const node of gone) changes[node.id] = 'removed';
  // What is gone stands behind what stood before it.
  const nodes = [...now];
  old.forEach((node, index) => {
    if (kept.has(node.id)) return;
    const neighbour = old.slice(0, index).findLast(({ parent }) => parent === node.parent);
    const at = neighbour === undefined ? -1 : nodes.findIndex(({ id }) => id === neighbour.id);
    nodes.splice(at === -1 ? nodes.length : at + 1, 0, { ...node, removed: true, main: false });
  });
  return nodes;
}

/** The same state below another one. */
function isMoved(was: DiagramNode, is: DiagramNode): boolean {
  return was.parent !== is.parent && was.title === is.title && was.kind === is.kind && nameOf(was) === nameOf(is);
}

const nameOf = ({ id }: DiagramNode): string => id.slice(id.lastIndexOf('.') + 1);

function mergedEdges(
  old: readonly DiagramEdge[],
  now: readonly DiagramEdge[],
  changes: { [id: string]: DiagramChange },
): readonly DiagramEdge[] {
  const key = ({ from, to, kind, title }: DiagramEdge) => `${from} ${to} ${kind} ${title}`;
  const [before, after] = [new Set(old.map(key)), new Set(now.map(key))];
  for (const edge of now) if (!before.has(key(edge))) changes[edge.id] = 'added';
  const taken = new Set(now.map(({ id }) => id));
  const gone = old.flatMap((edge): DiagramEdge[] => {
    if (after.has(key(edge))) return [];
    // An edge that leads elsewhere now has kept its name.
    const id = taken.has(edge.id) ? `${edge.id}|was` : edge.id;
    changes[id] = 'removed';
    return [{ ...edge, id, removed: true, main: false }];
  });
  return [...now, ...gone];
}

/** The state that an address of anything begins with. */
function nearest(address: string, known: ReadonlySet<string>): string | null {
  for (let at = address; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) if (known.has(at)) return at;
  return null;
}
