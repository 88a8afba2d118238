import type { Exploration, Tree } from '../explore/explore.ts';

/**
 * States from which one of the wanted states can be reached, for every value that the world may give to what is not
 * followed: a choice of people is made, a value that is given is not.
 * @param lenient what is given may be chosen too: a state that is not even among these is lost for certain
 */
export function canReach(
  found: Pick<Exploration, 'situations' | 'trees'>,
  wanted: (state: number) => boolean,
  lenient = false,
): Uint8Array {
  const reached = new Uint8Array(found.situations.length);
  /** State -> the states that come to it by a choice of people alone. */
  const surely: number[][] = found.situations.map(() => []);
  /** State -> trees with it at a leaf, on which values hang that the world gives. */
  const perhaps = new Map<number, { readonly from: number; readonly tree: Tree }[]>();
  for (const [from, trees] of found.trees.entries())
    for (const tree of trees) {
      if (typeof tree === 'number') {
        if (tree >= 0 && tree !== from) surely[tree]?.push(from);
        continue;
      }
      for (const leaf of leavesOf(tree)) {
        const ways = perhaps.get(leaf) ?? [];
        ways.push({ from, tree });
        perhaps.set(leaf, ways);
      }
    }
  const queue: number[] = [];
  const reach = (state: number) => {
    if (reached[state] === 1) return;
    reached[state] = 1;
    queue.push(state);
  };
  for (let state = 0; state < reached.length; state++) if (wanted(state)) reach(state);
  const wins = (tree: Tree): boolean => {
    if (typeof tree === 'number') return tree >= 0 && reached[tree] === 1;
    return tree.given && !lenient ? tree.ways.every(wins) : tree.ways.some(wins);
  };
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const from of surely[state] as number[]) reach(from);
    for (const { from, tree } of perhaps.get(state) ?? []) if (reached[from] !== 1 && wins(tree)) reach(from);
  }
  return reached;
}

/** Each state at a leaf, once. */
function leavesOf(tree: Tree, found = new Set<number>()): ReadonlySet<number> {
  if (typeof tree !== 'number') for (const way of tree.ways) leavesOf(way, found);
  else if (tree >= 0) found.add(tree);
  return found;
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
