import { isWithin } from '../compose/addresses.ts';
import type { Charts } from '../compose/charts.ts';
import { movesOf, reachable } from '../compose/prune.ts';
import type { Chart, ChartState, Target } from '../model/composed.ts';
import { once, Remembered } from '../model/once.ts';

/** What a chart lacks: a way to a state, a way on from it, somebody who moves it, a goal. Told by `reach` and `strands`. */
export interface Lack {
  readonly code: 'unreachable-state' | 'dead-end' | 'no-way-to-end' | 'state-without-owner' | 'goal-unreachable';
  readonly state: string;
}

export function lacksOf(charts: Charts): Lack[] {
  return [...unreached(charts), ...withoutWay(charts), ...goals(charts)];
}

/** Before folding: a state that no project can reach. The outermost of an unreachable part is told. */
function unreached({ written }: Charts): Lack[] {
  const reached = reachable(written);
  return Object.values(written.states)
    .filter((state) => !reached.has(state.address) && (state.parent === null || reached.has(state.parent)))
    .map((state) => ({ code: 'unreachable-state', state: state.address }));
}

const lacks = new Remembered<readonly Lack[]>();

function withoutWay(charts: Charts): readonly Lack[] {
  const { events, goals } = charts.declared;
  return lacks.of([charts.chart, events], goals.join(' '), () => leavesWithoutWay(charts));
}

function leavesWithoutWay(charts: Charts): Lack[] {
  const { chart, declared } = charts;
  const goalRegions = new Set(declared.goals.map((goal) => regionOf(chart, goal)));
  const ending = reachesEnd(chart);
  const found: Lack[] = [];
  for (const state of Object.values(chart.states)) {
    if (state.children.length > 0 || state.kind === 'final' || state.address === '') continue;
    const around = outwardsFrom(chart, state);
    const inGoals = goalRegions.has(regionOf(chart, state.address));
    // Elsewhere a state that waits for nothing is an end (9.3).
    if (!around.some(movesOn)) {
      if (inGoals) found.push({ code: 'dead-end', state: state.address });
    } else if (inGoals && !ending.has(state.address)) found.push({ code: 'no-way-to-end', state: state.address });
    else if (!isOwned(charts, state, around, inGoals))
      found.push({ code: 'state-without-owner', state: state.address });
  }
  return found;
}

/** The state and all around it, the root last. */
function outwardsFrom(chart: Chart, state: ChartState): readonly ChartState[] {
  const path: ChartState[] = [];
  let here: ChartState | undefined = state;
  for (; here !== undefined; here = here.parent === null ? undefined : chart.states[here.parent]) path.push(here);
  return path;
}

/** A transition of the state itself leads elsewhere. */
const movesOn = once((state: ChartState): boolean =>
  movesOf(state).some((transition) => transition.branches.some((branch) => branch.to.kind !== 'here')),
);

/**
 * Somebody has it on the desk, another system answers, time runs, or another region moves it. What only comes from
 * outside is enough beside the way to the goals (money that may come), but not on it: nobody would ever ask.
 */
function isOwned({ declared }: Charts, state: ChartState, around: readonly ChartState[], inGoals: boolean): boolean {
  return around.some(
    (one) =>
      one.task !== null ||
      (one === state && one.call !== null) ||
      one.after.length > 0 ||
      one.when !== null ||
      one.done !== null ||
      Object.keys(one.follow).length > 0 ||
      (!inGoals && Object.keys(one.on).some((event) => declared.events[event]?.by === undefined)),
  );
}

function goals({ written, chart, declared }: Charts): Lack[] {
  return declared.goals
    .filter((goal) => goal in written.states && !(goal in chart.states))
    .map((state) => ({ code: 'goal-unreachable', state }));
}

/** The region right below the root, or the root of a chart without regions. */
function regionOf(chart: Chart, address: string): string {
  return chart.states['']?.kind === 'parallel' ? address.split('.')[0]! : '';
}

/** Leaves from which some way leads to a final state of their own region; conditions count as possible. */
function reachesEnd(chart: Chart): ReadonlySet<string> {
  const ending = new Set<string>();
  const below = new Map<string, string[]>();
  const leading = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, value: string) => {
    const values = map.get(key);
    if (values === undefined) map.set(key, [value]);
    else values.push(value);
  };
  for (const state of Object.values(chart.states)) {
    for (const target of targetsOf(chart, state)) add(leading, target, state.address);
    if (state.children.length > 0 || state.address === '') continue;
    if (state.kind === 'final') ending.add(state.address);
    for (const around of outwardsFrom(chart, state)) add(below, around.address, state.address);
  }
  const queue = [...ending];
  const done = new Set<string>();
  // The end of one part of a parallel state ends nothing by itself, but its `done` does: it hangs on a state around it.
  for (let address = queue.pop(); address !== undefined; address = queue.pop())
    for (const from of leading.get(address) ?? []) {
      if (done.has(from)) continue;
      done.add(from);
      for (const leaf of below.get(from) ?? [])
        if (!ending.has(leaf)) {
          ending.add(leaf);
          queue.push(leaf);
        }
    }
  return ending;
}

/** Leaves to which the transitions of the state itself lead. */
function targetsOf(chart: Chart, state: ChartState): ReadonlySet<string> {
  const targets = new Set<string>();
  for (const transition of movesOf(state))
    for (const branch of transition.branches) for (const leaf of leavesOf(chart, branch.to)) targets.add(leaf);
  return targets;
}

/** Leaves that are entered by way of a target. */
function leavesOf(chart: Chart, target: Target): string[] {
  switch (target.kind) {
    case 'here':
      return [];
    case 'state':
      return startLeaves(chart, target.address);
    case 'next':
      return (chart.states[target.address]?.obligations ?? []).flatMap((obligation) =>
        startLeaves(chart, obligation.go),
      );
    case 'back':
      return Object.values(chart.states)
        .filter((state) => state.children.length === 0 && isWithin(state.address, target.address))
        .map((state) => state.address);
  }
}

function startLeaves(chart: Chart, address: string): string[] {
  const state = chart.states[address];
  if (state === undefined) return [];
  if (state.kind === 'parallel') return state.children.flatMap((child) => startLeaves(chart, child));
  return state.start === null ? [address] : startLeaves(chart, state.start);
}
