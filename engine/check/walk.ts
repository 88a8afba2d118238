import type { Chart, ChartState, Transition, Words } from '../model/composed.ts';
import { once } from '../model/once.ts';

/** A transition of the chart and where it hangs. */
export interface Hung {
  readonly state: ChartState;
  readonly kind: 'on' | 'outcome' | 'follow' | 'after' | 'when' | 'done';
  /** Event, outcome or delay; the kind's own name for the others. */
  readonly name: string;
  readonly transition: Transition;
}

/** Every transition of the chart, states in document order. Walked once: most rules ask. */
export const transitions = once((chart: Chart): readonly Hung[] =>
  Object.values(chart.states).flatMap(transitionsOfState),
);

export const transitionsOfState = once((state: ChartState): readonly Hung[] => {
  const hung: Hung[] = [];
  for (const [name, transition] of Object.entries(state.on)) hung.push({ state, kind: 'on', name, transition });
  for (const [name, transition] of Object.entries(state.outcomes))
    hung.push({ state, kind: 'outcome', name, transition });
  for (const [name, transition] of Object.entries(state.follow)) hung.push({ state, kind: 'follow', name, transition });
  for (const { key, transition } of state.after) hung.push({ state, kind: 'after', name: key, transition });
  if (state.when !== null) hung.push({ state, kind: 'when', name: 'when', transition: state.when });
  if (state.done !== null) hung.push({ state, kind: 'done', name: 'done', transition: state.done });
  return hung;
});

/** Every condition of the chart: of branches and of obligations. */
export function conditionsOf(chart: Chart): string[] {
  return [
    ...transitions(chart).flatMap(({ transition }) => transition.branches.map((branch) => branch.if)),
    ...Object.values(chart.states).flatMap((state) => state.obligations.map((obligation) => obligation.if)),
  ].filter((condition) => condition !== null);
}

/** The words of every branch and of entering every state. */
export function wordsOf(chart: Chart): Words[] {
  return [
    ...transitions(chart).flatMap(({ transition }) => transition.branches.map((branch) => branch.words)),
    ...Object.values(chart.states).map((state) => state.enter),
  ];
}
