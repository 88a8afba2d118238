import { isWithin, outwards } from '../compose/addresses.ts';
import type { Composition } from '../compose/index.ts';
import { reachable, transitionsOf } from '../compose/prune.ts';
import type { Chart, ChartState, Target } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type Rule, valueAt } from './rule.ts';

/** Every state can be reached, has somebody who moves it on, and a way to an end; every goal can be reached. */
export const reach: Rule = {
  id: 'reach',
  last: true,
  check(composition) {
    const issues: Issue[] = [];
    checkReachable(composition, issues);
    checkWaysOn(composition, issues);
    checkGoals(composition, issues);
    return issues;
  },
};

/** Before folding: a state that no project can reach. The outermost of an unreachable part is told. */
function checkReachable(composition: Composition, issues: Issue[]): void {
  const { written } = composition;
  const reached = reachable(written);
  for (const state of Object.values(written.states)) {
    if (reached.has(state.address) || (state.parent !== null && !reached.has(state.parent))) continue;
    issues.push(
      issueAt(keyAt(composition, state.address), 'unreachable-state', { name: state.address }, { path: state.address }),
    );
  }
}

function checkWaysOn(composition: Composition, issues: Issue[]): void {
  const { chart, project } = composition.composed;
  const goalRegions = new Set(composition.declared.goals.map((goal) => regionOf(chart, goal)));
  const ending = reachesEnd(chart);
  for (const state of Object.values(chart.states)) {
    if (state.children.length > 0 || state.kind === 'final' || state.address === '') continue;
    const around = outwards(state.address).flatMap((address) => chart.states[address] ?? []);
    const moves = around.flatMap((one) => [...transitionsOf(one), ...Object.values(one.follow)]);
    const leaves = moves.some((transition) => transition.branches.some((branch) => branch.to.kind !== 'here'));
    const inGoals = goalRegions.has(regionOf(chart, state.address));
    const name = state.address;
    const report = (code: 'dead-end' | 'no-way-to-end' | 'state-without-owner') =>
      issues.push(issueAt(keyAt(composition, name), code, { name, project: project.id }, { path: name }));
    if (!leaves) {
      // Elsewhere a state that waits for nothing is an end (9.3).
      if (inGoals) report('dead-end');
      continue;
    }
    if (inGoals && !ending.has(name)) report('no-way-to-end');
    else if (!isOwned(composition, state, around)) report('state-without-owner');
  }
}

/** Somebody has it on the desk, another system answers, time runs, or another region or the outside moves it. */
function isOwned(composition: Composition, state: ChartState, around: readonly ChartState[]): boolean {
  const { events } = composition.declared;
  return around.some(
    (one) =>
      one.task !== null ||
      (one === state && one.call !== null) ||
      one.after.length > 0 ||
      one.when !== null ||
      one.done !== null ||
      Object.keys(one.follow).length > 0 ||
      Object.keys(one.on).some((event) => events[event]?.by === undefined),
  );
}

function checkGoals(composition: Composition, issues: Issue[]): void {
  const { chart, project } = composition.composed;
  composition.declared.goals.forEach((goal, index) => {
    if (goal in composition.written.states && !(goal in chart.states)) {
      const at = `goals.${index}`;
      issues.push(
        issueAt(valueAt(composition, at), 'goal-unreachable', { name: goal, project: project.id }, { path: at }),
      );
    }
  });
}

/** The region right below the root, or the root of a chart without regions. */
function regionOf(chart: Chart, address: string): string {
  return chart.states['']?.kind === 'parallel' ? address.split('.')[0]! : '';
}

/** Leaves from which some way leads to a final state of their own region; conditions count as possible. */
function reachesEnd(chart: Chart): ReadonlySet<string> {
  const leaves = Object.values(chart.states).filter((state) => state.children.length === 0 && state.address !== '');
  const before = new Map<string, Set<string>>();
  const link = (from: string, to: string) => {
    const set = before.get(to) ?? new Set<string>();
    before.set(to, set.add(from));
  };
  for (const leaf of leaves)
    for (const address of outwards(leaf.address)) {
      const state = chart.states[address];
      if (state === undefined) continue;
      for (const transition of [...transitionsOf(state), ...Object.values(state.follow)])
        for (const branch of transition.branches)
          for (const target of leavesOf(chart, branch.to)) link(leaf.address, target);
    }
  const ending = new Set<string>();
  const queue = leaves.filter((leaf) => leaf.kind === 'final').map((leaf) => leaf.address);
  for (const address of queue) ending.add(address);
  // The end of one part of a parallel state ends nothing by itself, but its `done` does: it hangs on a state around it.
  for (let address = queue.pop(); address !== undefined; address = queue.pop())
    for (const from of before.get(address) ?? [])
      if (!ending.has(from)) {
        ending.add(from);
        queue.push(from);
      }
  return ending;
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
