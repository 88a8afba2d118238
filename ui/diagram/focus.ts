import type { Overview } from './spine.ts';
import { childrenOf, lineage, type Tree } from './tree.ts';

const isCompound = (tree: Tree, id: string): boolean => childrenOf(tree, id).length > 0;

/**
 * The one compound that stands open: what is pinned or selected opens what is next around it; what is active opens its
 * whole stage, whose other states say what could be instead. Without either, the first stage from which the project took
 * something away, or else the first stage.
 */
export function openedOf(
  tree: Tree,
  overview: Overview,
  wanted: readonly (string | null)[],
  active: readonly string[] = [],
): string | null {
  const around = (id: string) =>
    lineage(tree, id).filter(
      (one) => isCompound(tree, one) && one !== overview.region?.id && !isFrame(tree, overview, one),
    );
  const stages = overview.main.filter((unit) => isCompound(tree, unit.id));
  const byDefault = stages.find((unit) => hasRemoved(tree, unit.id)) ?? stages[0];
  const next = wanted.flatMap((id) => (id === null ? [] : around(id).slice(0, 1)));
  const whole = active.flatMap((id) => around(id).slice(-1));
  return next[0] ?? whole[0] ?? (byDefault === undefined ? null : (around(byDefault.id)[0] ?? null));
}

function hasRemoved(tree: Tree, id: string): boolean {
  return childrenOf(tree, id).some((node) => node.removed || hasRemoved(tree, node.id));
}

/** A compound whose children stand in the rows of the overview needs no panel of its own. */
function isFrame(tree: Tree, overview: Overview, id: string): boolean {
  return overview.main.some((unit) => unit.id !== id && lineage(tree, unit.id).includes(id));
}

/** Active states of the region that is drawn in full: the others have boxes of their own at the foot. */
export function mainActive(tree: Tree, overview: Overview, active: Iterable<string>): readonly string[] {
  const { region } = overview;
  return [...active].filter((id) => region === null || lineage(tree, id).includes(region.id));
}

/** Where an arrow key leads: right and left along an edge, up and down among the neighbours. */
export function arrowTarget(tree: Tree, id: string, key: string): string | null {
  const siblings = childrenOf(tree, tree.nodes.get(id)?.parent ?? '');
  const at = siblings.findIndex((node) => node.id === id);
  switch (key) {
    case 'ArrowRight':
      return tree.edges.find((edge) => edge.from === id && edge.to !== id)?.to ?? null;
    case 'ArrowLeft':
      return tree.edges.find((edge) => edge.to === id && edge.from !== id)?.from ?? null;
    case 'ArrowDown':
      return siblings[at + 1]?.id ?? null;
    case 'ArrowUp':
      return siblings[at - 1]?.id ?? null;
    default:
      return null;
  }
}
