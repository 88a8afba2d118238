import type { Chart, ChartState, Transition, Words } from '../model/composed.ts';

/** A transition of the chart and where it hangs. */
export interface Hung {
  readonly state: ChartState;
  readonly kind: 'on' | 'outcome' | 'follow' | 'after' | 'when' | 'done';
  /** Event, outcome or delay; the kind's own name for the others. */
  readonly name: string;
  readonly transition: Transition;
}

const charts = new WeakMap<Chart, readonly Hung[]>();

/** Every transition of the chart, states in document order. Walked once: most rules ask. */
export function transitions(chart: Chart): readonly Hung[] {
  const known = charts.get(chart) ?? Object.values(chart.states).flatMap(transitionsOfState);
  charts.set(chart, known);
  return known;
}

export function transitionsOfState(state: ChartState): Hung[] {
  const hung: Hung[] = [];
  const add = (kind: Hung['kind'], name: string, transition: Transition | null) => {
    if (transition !== null) hung.push({ state, kind, name, transition });
  };
  for (const [name, transition] of Object.entries(state.on)) add('on', name, transition);
  for (const [name, transition] of Object.entries(state.outcomes)) add('outcome', name, transition);
  for (const [name, transition] of Object.entries(state.follow)) add('follow', name, transition);
  for (const deadline of state.after) add('after', deadline.key, deadline.transition);
  add('when', 'when', state.when);
  add('done', 'done', state.done);
  return hung;
}

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
