import { outcomeEvent, timerEvent, timerId } from '../compile/names.ts';
import type { Branch, Chart, ChartState, Composed, Transition, Words } from '../model/composed.ts';
import { noWords } from '../model/words.ts';
import { always, type Condition, conditionOf, joined, type Known } from './condition.ts';

/** What the search needs of a definition: no machine, so that a whole family need not be compiled. */
export type Searched = Pick<Composed, 'chart' | 'declared' | 'settings' | 'forms' | 'connectors'>;

/** A state as XState sees it, by its place in document order. The decision of obligations is a state of its own. */
export interface Node {
  readonly index: number;
  readonly address: string;
  /** -1 for the root. */
  readonly parent: number;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final';
  readonly children: readonly number[];
  readonly start: number;
  /** The state of the chart; null for the decision of obligations. */
  readonly state: ChartState | null;
  /** XState's event type -> edges, the first whose guard holds is taken. */
  readonly on: ReadonlyMap<string, readonly Edge[]>;
  readonly always: readonly Edge[];
}

/** One branch of one transition. */
export interface Edge {
  readonly id: number;
  readonly address: string;
  readonly source: number;
  readonly guard: Condition;
  /** -1: the case stays. */
  readonly target: number;
  /** The state to whose history it returns, or -1. */
  readonly back: number;
  readonly again: boolean;
  readonly refuses: boolean;
  readonly words: Words;
  /** Event that it moves along with, led by another region. */
  readonly follows: string | null;
}

export interface Nodes {
  readonly all: readonly Node[];
  readonly of: ReadonlyMap<string, Node>;
  readonly edges: readonly Edge[];
  /** Every condition that may be asked, with the node that has to be active for it. */
  readonly asked: readonly { readonly condition: Condition; readonly at: number }[];
}

export function doneEvent(address: string): string {
  return `xstate.done.state.${address}`;
}

/**
 * The chart of some of the regions, with everything that XState needs to know to step it: the same states in the same
 * order, the same transitions as `engine/compile` gives to XState.
 * @param regions children of a parallel root that take part; null = all
 */
export function nodesOf(searched: Searched, known: Known, regions: ReadonlySet<string> | null): Nodes {
  const { chart } = searched;
  const all: Node[] = [];
  const of = new Map<string, Node>();
  const index = new Map<string, number>();
  const order: { readonly address: string; readonly state: ChartState | null; readonly parent: number }[] = [];
  const place = (address: string, parent: number) => {
    const state = chart.states[address];
    if (state === undefined) return;
    const here = order.length;
    index.set(address, here);
    order.push({ address, state, parent });
    for (const child of state.children) if (address !== '' || takesPart(child)) place(child, here);
    if (state.obligations.length > 0) {
      const next = nextAddress(address);
      index.set(next, order.length);
      order.push({ address: next, state: null, parent: here });
    }
  };
  const takesPart = (region: string) =>
    regions === null || chart.states['']?.kind !== 'parallel' || regions.has(region);
  place('', -1);

  const edges: Edge[] = [];
  const asked: { condition: Condition; at: number }[] = [];
  const edgesOf = (source: number, transition: Transition, more: Condition = always, follows: string | null = null) =>
    transition.branches.map((branch): Edge => {
      const guard = joined('and', [more, conditionOf(branch.if, known)]);
      const edge: Edge = { ...movement(branch, index), id: edges.length, source, guard, follows };
      edges.push(edge);
      asked.push({ condition: guard, at: source });
      return edge;
    });

  for (const [here, { address, state, parent }] of order.entries()) {
    const on = new Map<string, Edge[]>();
    let whens: Edge[] = [];
    const hear = (type: string, more: Edge[]) => on.set(type, [...(on.get(type) ?? []), ...more]);
    if (state === null) {
      const around = chart.states[order[parent]?.address ?? ''] as ChartState;
      whens = around.obligations.map((obligation) => {
        const unmet: Condition =
          obligation.fact === null ? always : { kind: 'not', term: conditionOf(`facts.${obligation.fact}`, known) };
        const guard = joined('and', [simplified(unmet), conditionOf(obligation.if, known)]);
        asked.push({ condition: guard, at: here });
        const edge: Edge = {
          id: edges.length,
          address: obligation.address,
          source: here,
          guard,
          target: index.get(obligation.go) ?? -1,
          back: -1,
          again: false,
          refuses: false,
          words: noWords,
          follows: null,
        };
        edges.push(edge);
        return edge;
      });
    } else {
      for (const [event, transition] of Object.entries(state.on)) hear(event, edgesOf(here, transition));
      for (const [outcome, transition] of Object.entries(state.outcomes))
        hear(outcomeEvent(address, outcome), edgesOf(here, transition));
      for (const [event, transition] of Object.entries(state.follow)) {
        const leading = leadersOf(chart, event, state, known, index);
        if (leading !== null) on.set(event, edgesOf(here, transition, leading, event));
      }
      for (const deadline of state.after)
        hear(timerEvent(timerId(address, 'after', deadline.key)), edgesOf(here, deadline.transition));
      if (state.when !== null) whens = edgesOf(here, state.when);
      if (state.done !== null) on.set(doneEvent(address), edgesOf(here, state.done));
    }
    const inside = order.flatMap((each, child) => (each.parent === here ? [child] : []));
    const node: Node = {
      index: here,
      address,
      parent,
      kind: state === null || state.kind === 'decision' ? 'atomic' : state.kind,
      children: inside,
      start: state?.start == null ? -1 : (index.get(state.start) ?? -1),
      state,
      on,
      always: whens,
    };
    all.push(node);
    of.set(address, node);
  }
  return { all, of, edges, asked };
}

function nextAddress(address: string): string {
  return address === '' ? 'next' : `${address}.next`;
}

function simplified(condition: Condition): Condition {
  if (condition.kind !== 'not' || condition.term.kind !== 'constant') return condition;
  return { kind: 'constant', value: !condition.term.value };
}

function movement(branch: Branch, index: ReadonlyMap<string, number>) {
  const { address, to } = branch;
  const refuses = branch.refuse !== null;
  const stay = { address, target: -1, back: -1, again: false, refuses, words: refuses ? noWords : branch.words };
  if (refuses || to.kind === 'here') return stay;
  if (to.kind === 'state') return { ...stay, target: index.get(to.address) ?? -1, again: to.again };
  if (to.kind === 'next') return { ...stay, target: index.get(nextAddress(to.address)) ?? -1 };
  return { ...stay, target: index.get(to.address) ?? -1, back: index.get(to.address) ?? -1 };
}

/** Holds when the event moves a state that has it in `on`; as `engine/compile` says it to XState. */
function leadersOf(
  chart: Chart,
  event: string,
  follower: ChartState,
  known: Known,
  index: ReadonlyMap<string, number>,
): Condition | null {
  const ways: Condition[] = [];
  for (const state of Object.values(chart.states)) {
    const transition = state.on[event];
    if (transition === undefined || state.address === follower.address || !index.has(state.address)) continue;
    const own = joined(
      'or',
      transition.branches.map((branch) => conditionOf(branch.if, known)),
    );
    ways.push(joined('and', [{ kind: 'at', address: state.address }, own]));
  }
  return ways.length === 0 ? null : joined('or', ways);
}
