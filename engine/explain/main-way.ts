import { conjuncts, parse, pathOf } from '../expressions/index.ts';
import type { Branch, ChartState, Composed } from '../model/composed.ts';

interface Stop {
  readonly address: string;
  readonly proven: ReadonlySet<string>;
  readonly cost: number;
  readonly way: readonly Step[];
}

/** One edge of the way: `from` may be the decision of the obligations (`main.work.next`). */
export interface Step {
  readonly from: string;
  readonly to: string;
}

/** The shortest way from the start to a goal, the first region alone. Empty when there is none. */
export function mainWay(definition: Composed): readonly Step[] {
  const { states } = definition.chart;
  const root = states[''];
  const first = root?.kind === 'parallel' ? root.children[0] : root?.address;
  if (first === undefined) return [];
  const goals = definition.declared.goals;
  return wayFrom(definition, startOf(states, first), new Set(), goals)?.way ?? [];
}

/**
 * The shortest way from a leaf to any of the goals within one region, all conditions taken as open: a button counts less
 * than a deadline, the first outcome of a call less than the others. Facts are proven on the way, so that obligations
 * are passed in their order; a fact that a condition wants is taken as proven by another region.
 * @returns null when there is none.
 */
export function wayFrom(
  definition: Composed,
  leaf: string,
  proven: ReadonlySet<string>,
  goals: readonly string[],
): { readonly cost: number; readonly way: readonly Step[] } | null {
  const queue: Stop[] = [{ address: leaf, proven, cost: 0, way: [] }];
  const seen = new Set<string>();
  while (queue.length > 0) {
    queue.sort((a, b) => a.cost - b.cost);
    const stop = queue.shift() as Stop;
    if (goals.some((goal) => stop.address === goal || stop.address.startsWith(`${goal}.`))) return stop;
    const key = `${stop.address} ${[...stop.proven].sort().join(' ')}`;
    if (seen.has(key) || seen.size > 5_000) continue;
    seen.add(key);
    queue.push(...movesFrom(definition, stop));
  }
  return null;
}

/** The leaf that is entered when the state is; parallel states follow their first region. */
export function startOf(states: { readonly [address: string]: ChartState }, address: string): string {
  const state = states[address];
  if (state === undefined) return address;
  const inner = state.kind === 'compound' ? state.start : state.kind === 'parallel' ? state.children[0] : null;
  return inner == null ? address : startOf(states, inner);
}

function movesFrom(definition: Composed, stop: Stop): Stop[] {
  const { states } = definition.chart;
  const moves: Stop[] = [];
  const take = (from: string, branch: Branch, cost: number) => {
    if (branch.refuse !== null || branch.to.kind === 'here' || branch.to.kind === 'back') return;
    const wanted = branch.if === null ? [] : wantedFacts(branch.if).filter((fact) => !stop.proven.has(fact));
    const gained = [...stop.proven, ...wanted, ...branch.words.prove];
    const proven = new Set(gained.filter((fact) => !branch.words.void.includes(fact)));
    const price = stop.cost + cost + wanted.length * 2;
    const step = { from, to: branch.to.kind === 'next' ? nextOf(branch.to.address) : branch.to.address };
    const way = [...stop.way, step];
    if (branch.to.kind === 'state') {
      moves.push({ address: startOf(states, branch.to.address), proven, cost: price, way });
      return;
    }
    const due = states[branch.to.address]?.obligations.find((each) => each.fact === null || !proven.has(each.fact));
    if (due === undefined) return;
    const onward = { from: step.to, to: due.go };
    moves.push({ address: startOf(states, due.go), proven, cost: price, way: [...way, onward] });
  };
  // What stands on a state around its task is as near as what stands on the leaf; further out is for accidents.
  let near = true;
  const tasked = taskStateOf(states, stop.address);
  for (let address: string | null = stop.address; address !== null; address = states[address]?.parent ?? null) {
    const state: ChartState | undefined = states[address];
    if (state === undefined) break;
    const from = address;
    const outer = near ? 0 : 3;
    near = near && tasked !== null && address !== tasked;
    const each = (branches: readonly Branch[] | undefined, cost: number) =>
      branches?.forEach((branch, index) => {
        take(from, branch, cost + outer + index * 2);
      });
    Object.values(state.on).forEach((transition, index) => {
      each(transition.branches, 1 + index);
    });
    Object.values(state.outcomes).forEach((transition, index) => {
      each(transition.branches, 1 + index * 3);
    });
    each(state.when?.branches, 1);
    each(state.done?.branches, 1);
    for (const follow of Object.values(state.follow)) each(follow.branches, 4);
    for (const deadline of state.after) each(deadline.transition.branches, 12);
  }
  return moves;
}

/** The nearest state outwards that somebody has on the desk; null when nobody has. */
function taskStateOf(states: { readonly [address: string]: ChartState }, leaf: string): string | null {
  for (let address: string | null = leaf; address !== null; address = states[address]?.parent ?? null)
    if ((states[address]?.task ?? null) !== null) return address;
  return null;
}

/** Facts that a condition asks for as terms of their own. */
function wantedFacts(text: string): string[] {
  const parsed = parse(text);
  if (parsed.kind === 'failed') return [];
  return conjuncts(parsed.expression.ast).flatMap((term) => {
    const path = pathOf(term);
    return path?.[0] === 'facts' && path[1] !== undefined ? [path[1]] : [];
  });
}

export function nextOf(address: string): string {
  return address === '' ? 'next' : `${address}.next`;
}
