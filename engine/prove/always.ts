import type { Exploration, Tree } from '../explore/explore.ts';

/**
 * States from which one of the wanted states can be reached, for every value that the world may give to what is not
 * followed: a choice of people is made, a value that is given is not.
 * @param lenient what is given may be chosen too: a state that is not even among these is lost for certain
 * @param passable leaves out steps; default: all may be taken
 */
export function canReach(
  found: Pick<Exploration, 'situations' | 'trees'>,
  wanted: (state: number) => boolean,
  lenient = false,
  passable: (from: number, to: number, move: number) => boolean = () => true,
): Uint8Array {
  const reached = new Uint8Array(found.situations.length);
  /** State -> the states that have a tree with it at a leaf. */
  const before: number[][] = found.situations.map(() => []);
  for (const [from, trees] of found.trees.entries())
    for (const tree of trees) for (const leaf of leavesOf(tree)) if (leaf !== from) before[leaf]?.push(from);
  const queue: number[] = [];
  const reach = (state: number) => {
    if (reached[state] === 1) return;
    reached[state] = 1;
    queue.push(state);
  };
  for (let state = 0; state < reached.length; state++) if (wanted(state)) reach(state);
  const wins = (from: number, move: number, tree: Tree): boolean => {
    if (typeof tree === 'number') return tree >= 0 && reached[tree] === 1 && passable(from, tree, move);
    const won = (way: Tree) => wins(from, move, way);
    return tree.given && !lenient ? tree.ways.every(won) : tree.ways.some(won);
  };
  for (let state = queue.pop(); state !== undefined; state = queue.pop())
    for (const from of before[state] as number[])
      if (reached[from] !== 1 && (found.trees[from] ?? []).some((tree, move) => wins(from, move, tree))) reach(from);
  return reached;
}

function* leavesOf(tree: Tree): Generator<number> {
  if (typeof tree !== 'number') for (const way of tree.ways) yield* leavesOf(way);
  else if (tree >= 0) yield tree;
}

/** What the world gives in these trees: `counter x`, `record x`. */
export function givenIn(trees: readonly Tree[]): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (tree: Tree) => {
    if (typeof tree === 'number') return;
    if (tree.given) names.add(tree.about);
    for (const way of tree.ways) collect(way);
  };
  for (const tree of trees) collect(tree);
  return names;
}
