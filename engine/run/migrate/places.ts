import { transitionsOf } from '../../compose/prune.ts';
import type { Chart, ChartState } from '../../model/composed.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { MigrationPlan } from '../../model/migration.ts';
import { own } from '../../model/own.ts';
import { parentOf, within } from '../configuration.ts';

/**
 * Where a state of the old release is in the new one: the nearest state around it that the plan names decides. What
 * stood below a named state stays below where that leads, or goes there itself when there is no such state.
 */
export function moved(plan: MigrationPlan, chart: Chart, address: string): string | null {
  for (let here = address; here !== ''; here = parentOf(here)) {
    const to = own(plan.states ?? {}, here);
    if (to === null) return null;
    if (to === undefined) continue;
    const below = to + address.slice(here.length);
    return chart.states[below] === undefined ? to : below;
  }
  return address;
}

export type Placed =
  | { readonly kind: 'placed'; readonly leaves: readonly string[]; readonly value: Json }
  /** `at`: there the case would stand twice, or nowhere. */
  | { readonly kind: 'impossible'; readonly why: 'twice' | 'decision'; readonly at: string };

/**
 * The whole configuration at and below `root` in which the wanted states (of the chart) are active. What nobody wanted
 * but has to be active, a region that is new, stands at its start.
 */
export function place(chart: Chart, root: string, wanted: readonly string[]): Placed {
  const state = chart.states[root] as ChartState;
  const below = (child: string) =>
    place(
      chart,
      child,
      wanted.filter((each) => within(each, child)),
    );
  switch (state.kind) {
    case 'atomic':
    case 'final':
      return { kind: 'placed', leaves: [root], value: {} };
    case 'decision':
      return { kind: 'impossible', why: 'decision', at: root };
    case 'compound': {
      const children = state.children.filter((child) => wanted.some((each) => within(each, child)));
      const [child = state.start ?? '', another] = children;
      if (another !== undefined) return { kind: 'impossible', why: 'twice', at: root };
      const inner = below(child);
      if (inner.kind === 'impossible') return inner;
      const { id } = chart.states[child] as ChartState;
      const value = isLeaf(chart, child) ? id : { [id]: inner.value };
      return { kind: 'placed', leaves: inner.leaves, value };
    }
    case 'parallel': {
      const value: JsonObject = {};
      const leaves: string[] = [];
      for (const child of state.children) {
        const inner = below(child);
        if (inner.kind === 'impossible') return inner;
        value[(chart.states[child] as ChartState).id] = inner.value;
        leaves.push(...inner.leaves);
      }
      return { kind: 'placed', leaves, value };
    }
  }
}

function isLeaf(chart: Chart, address: string): boolean {
  const { kind } = chart.states[address] as ChartState;
  return kind === 'atomic' || kind === 'final';
}

/** Some transition leads back to where this state was left. */
export function hasWayBack(chart: Chart, address: string): boolean {
  return Object.values(chart.states).some((state) =>
    [...transitionsOf(state), ...Object.values(state.follow)].some(({ branches }) =>
      branches.some(({ to }) => to.kind === 'back' && to.address === address),
    ),
  );
}
