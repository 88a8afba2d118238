import type { DiagramNode } from '../../engine/contract/routes.ts';
import { childrenOf, lineage, mainWeight, type Tree } from './tree.ts';

/** What stands in the overview: one region with its happy path, the others beside each other at the foot. */
export interface Overview {
  /** Closed units on the happy path, in its order. */
  readonly main: readonly DiagramNode[];
  /** Units off the happy path: exceptions, ends, what the project removed. */
  readonly side: readonly DiagramNode[];
  /** The region that the two rows show, null when the chart has no regions. */
  readonly region: DiagramNode | null;
  /** Regions that run beside it. */
  readonly parallel: readonly DiagramNode[];
}

export function overviewOf(tree: Tree): Overview {
  let roots = childrenOf(tree, '');
  const only = roots.length === 1 ? roots[0] : undefined;
  if (only && only.kind === 'parallel') roots = childrenOf(tree, only.id);

  const areRegions = roots.length > 0 && roots.every((node) => childrenOf(tree, node.id).length > 0);
  const region = areRegions ? heaviest(tree, roots) : null;
  const units = region ? unitsOf(tree, childrenOf(tree, region.id)) : unitsOf(tree, roots);
  const shown = units.filter((unit) => unit.kind !== 'next' && unit.kind !== 'decision');
  const main = shown.filter((unit) => !unit.removed && (unit.main || mainWeight(tree, unit.id) > 0));
  return {
    main: ordered(tree, main),
    side: shown.filter((unit) => !main.includes(unit)),
    region,
    parallel: areRegions ? roots.filter((node) => node !== region) : [],
  };
}

function heaviest(tree: Tree, nodes: readonly DiagramNode[]): DiagramNode | null {
  let best: DiagramNode | null = null;
  let weight = -1;
  for (const node of nodes) {
    const own = mainWeight(tree, node.id);
    if (own > weight) {
      best = node;
      weight = own;
    }
  }
  return best;
}

/**
 * A compound that holds more than half of the happy path is a frame and no stage: its children stand in its place.
 * Otherwise the overview would be one box called "in progress".
 */
function unitsOf(tree: Tree, siblings: readonly DiagramNode[]): readonly DiagramNode[] {
  const total = siblings.reduce((sum, node) => sum + mainWeight(tree, node.id), 0);
  const frame = siblings.find(
    (node) =>
      node.kind === 'compound' &&
      mainWeight(tree, node.id) * 2 > total &&
      childrenOf(tree, node.id).some((child) => childrenOf(tree, child.id).length > 0),
  );
  if (!frame) return siblings;
  const inner = unitsOf(tree, childrenOf(tree, frame.id));
  return siblings.flatMap((node) => (node === frame ? inner : [node]));
}

/**
 * The order of the happy path: what a main edge says, then the order of the obligations (edges out of a `next` node),
 * then the order in the document.
 */
export function ordered(tree: Tree, units: readonly DiagramNode[]): readonly DiagramNode[] {
  const ids = units.map((unit) => unit.id);
  const unitOf = (id: string) => lineage(tree, id).find((at) => ids.includes(at));
  const before = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  const say = (first: string | undefined, second: string | undefined) => {
    if (first === undefined || second === undefined || first === second) return;
    if (!reaches(before, first, second)) before.get(second)?.add(first);
  };

  for (const edge of tree.edges) {
    if (edge.main && !edge.removed) say(unitOf(edge.from), unitOf(edge.to));
  }
  for (const node of tree.nodes.values()) {
    if (node.kind !== 'next') continue;
    const targets = tree.edges.filter((edge) => edge.from === node.id && !edge.removed).map((edge) => unitOf(edge.to));
    for (let i = 1; i < targets.length; i += 1) say(targets[i - 1], targets[i]);
  }

  const left = [...units];
  const result: DiagramNode[] = [];
  while (left.length > 0) {
    const free = left.findIndex(
      (unit) => ![...(before.get(unit.id) ?? [])].some((id) => left.some((u) => u.id === id)),
    );
    result.push(...left.splice(Math.max(free, 0), 1));
  }
  return result;
}

/** True when `to` already comes before `from`: a further rule the other way round would be a circle. */
function reaches(before: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  while (open.length > 0) {
    const at = open.pop();
    if (at === undefined || seen.has(at)) continue;
    if (at === to) return true;
    seen.add(at);
    open.push(...(before.get(at) ?? []));
  }
  return false;
}
