import { type Folded, fold } from '../expressions/fold.ts';
import type { Branch, Chart, ChartState, Obligation, Target, Transition } from '../model/composed.ts';
import type { JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';
import { isWithin, outwards } from './addresses.ts';

/**
 * The effective chart: constant settings are folded into every condition, what can't hold goes, what can't be reached
 * goes with it, `at()` of a gone state is false — until nothing changes.
 *
 * @param resolve full address of a name in `at()`, in the chart as it is written; null when there is no such state
 */
export function pruneChart(
  written: Chart,
  settings: JsonObject,
  resolve: (name: string, from: string) => string | null,
): Chart {
  let chart = written;
  // Each round removes at least one state, or is the last.
  for (;;) {
    const alive = chart.states;
    const folded = foldChart(chart, {
      settings,
      cut: true,
      resolve: (name, from) => {
        const address = resolve(name, from);
        // Unknown names are left for the checker to tell.
        return address === null ? undefined : address in alive ? address : null;
      },
    });
    const reached = reachable(folded);
    const gone = Object.keys(folded.states).filter((address) => !reached.has(address));
    if (gone.length === 0) return dropFollowers(folded);
    chart = without(folded, new Set(gone));
  }
}

/** Conditions with their `at()` in full, nothing else folded. */
export function resolveAt(written: Chart, resolve: (name: string, from: string) => string | null): Chart {
  return foldChart(written, {
    settings: noSettings,
    cut: false,
    resolve: (name, from) => resolve(name, from) ?? undefined,
  });
}

const noSettings: JsonObject = {};

interface Folding {
  readonly settings: JsonObject;
  /** Leave out branches behind one that always holds. */
  readonly cut: boolean;
  readonly resolve: (name: string, from: string) => string | null | undefined;
}

/** What folding changes nothing in stays the same object: states, transitions, branches. */
function foldChart(chart: Chart, folding: Folding): Chart {
  return mapStates(chart, (state) => {
    const next = mapTransitions(state, (transition) => foldTransition(transition, state.address, folding));
    const obligations = sameOr(
      next.obligations,
      next.obligations.map((each) => foldObligation(each, state.address, folding)),
    );
    return obligations === next.obligations ? next : { ...next, obligations };
  });
}

function foldObligation(obligation: Obligation, from: string, folding: Folding): Obligation | null {
  if (obligation.if === null) return obligation;
  const folded = foldCondition(obligation.if, from, folding);
  if (folded.kind === 'constant') return folded.value ? { ...obligation, if: null } : null;
  return folded.text === obligation.if ? obligation : { ...obligation, if: folded.text };
}

function foldTransition(transition: Transition, from: string, folding: Folding): Transition | null {
  const branches: Branch[] = [];
  for (const branch of transition.branches) {
    const folded = branch.if === null ? null : foldCondition(branch.if, from, folding);
    if (folded?.kind === 'constant' && !folded.value) continue;
    const condition = folded?.kind === 'open' ? folded.text : null;
    branches.push(condition === branch.if ? branch : { ...branch, if: condition });
    // What stands behind an unconditional branch is never asked.
    if (folding.cut && condition === null) break;
  }
  if (branches.length === 0) return null;
  const same = sameOr(transition.branches, branches);
  return same === transition.branches ? transition : { ...transition, branches: same };
}

function foldCondition(text: string, from: string, { settings, resolve }: Folding): Folded {
  return fold(text, { settings, address: (name) => resolve(name, from) });
}

/** The state with its transitions changed, those that come to nothing taken out; itself when all stay as they are. */
function mapTransitions(state: ChartState, change: (transition: Transition) => Transition | null): ChartState {
  const on = mapped(state.on, change);
  const outcomes = mapped(state.outcomes, change);
  const follow = mapped(state.follow, change);
  const after = sameOr(
    state.after,
    state.after.map((deadline) => {
      const transition = change(deadline.transition);
      if (transition === deadline.transition) return deadline;
      return transition === null ? null : { ...deadline, transition };
    }),
  );
  const when = state.when === null ? null : change(state.when);
  const done = state.done === null ? null : change(state.done);
  const same =
    on === state.on &&
    outcomes === state.outcomes &&
    follow === state.follow &&
    after === state.after &&
    when === state.when &&
    done === state.done;
  return same ? state : { ...state, on, outcomes, follow, after, when, done };
}

type Transitions = { readonly [name: string]: Transition };

function mapped(map: Transitions, change: (transition: Transition) => Transition | null): Transitions {
  let same = true;
  const out: { [name: string]: Transition } = {};
  for (const name of Object.keys(map)) {
    const changed = change(map[name]!);
    if (changed !== map[name]) same = false;
    if (changed !== null) out[name] = changed;
  }
  return same ? map : out;
}

/** The list that was, when the other holds the very same things; nothing in place of a thing takes it out. */
function sameOr<T>(before: readonly T[], after: readonly (T | null)[]): readonly T[] {
  if (before.length === after.length && before.every((item, index) => item === after[index])) return before;
  return after.filter((item) => item !== null);
}

/** Addresses that some way leads to. Conditions count as possible. */
export const reachable = once((chart: Chart): ReadonlySet<string> => {
  const active = new Set<string>();
  const entered = new Set<string>();
  const queue: string[] = [];
  const activate = (address: string) => {
    if (active.has(address)) return;
    active.add(address);
    queue.push(address);
  };
  const enter = (address: string) => {
    const state = chart.states[address];
    if (state === undefined || entered.has(address)) return;
    entered.add(address);
    for (const around of outwards(address).reverse()) {
      activate(around);
      // Entering a region enters its neighbours too.
      const outer = chart.states[around];
      if (outer?.kind === 'parallel' && around !== address)
        for (const region of outer.children) if (!isWithin(address, region)) enter(region);
    }
    if (state.kind === 'parallel') for (const region of state.children) enter(region);
    else if (state.start !== null) enter(state.start);
  };
  const follow = (target: Target) => {
    if (target.kind === 'state') enter(target.address);
    // A return leads to where the case has been; the decision is looked at when it is reached.
    else if (target.kind === 'next')
      for (const obligation of chart.states[target.address]?.obligations ?? []) enter(obligation.go);
  };
  const led = new Set<string>();
  enter('');
  // Followers move only with a leader that can be reached: looked at again when a new leader is.
  for (let more = true; more; ) {
    more = false;
    for (let address = queue.pop(); address !== undefined; address = queue.pop()) {
      const state = chart.states[address]!;
      for (const event of Object.keys(state.on)) led.add(event);
      for (const transition of transitionsOf(state)) for (const branch of transition.branches) follow(branch.to);
    }
    const before = active.size;
    for (const address of active) {
      const state = chart.states[address];
      for (const [event, transition] of Object.entries(state?.follow ?? {}))
        if (led.has(event)) for (const branch of transition.branches) follow(branch.to);
    }
    more = active.size > before || queue.length > 0;
  }
  return active;
});

/** All transitions of a state but those that only follow. */
export const transitionsOf = once((state: ChartState): readonly Transition[] => [
  ...Object.values(state.on),
  ...Object.values(state.outcomes),
  ...state.after.map((deadline) => deadline.transition),
  ...(state.when === null ? [] : [state.when]),
  ...(state.done === null ? [] : [state.done]),
]);

/** All transitions of a state, those that only follow last. */
export const movesOf = once((state: ChartState): readonly Transition[] => {
  const follow = Object.values(state.follow);
  return follow.length === 0 ? transitionsOf(state) : [...transitionsOf(state), ...follow];
});

function without(chart: Chart, gone: ReadonlySet<string>): Chart {
  const lives = (address: string) => !gone.has(address);
  const alive = (branch: Branch) => branch.to.kind === 'here' || lives(branch.to.address);
  const states: { [address: string]: ChartState } = {};
  for (const state of Object.values(chart.states)) {
    if (gone.has(state.address)) continue;
    const next = mapTransitions(state, (transition) => {
      if (transition.branches.every(alive)) return transition;
      const branches = transition.branches.filter(alive);
      return branches.length === 0 ? null : { ...transition, branches };
    });
    const { start } = state;
    const whole =
      state.children.every(lives) &&
      (start === null || lives(start)) &&
      state.obligations.every((obligation) => lives(obligation.go));
    const children = state.children.filter(lives);
    states[state.address] = whole
      ? next
      : {
          ...next,
          children,
          // A state may be entered only in its middle; then nothing ever starts at its start.
          start: start === null || lives(start) ? start : (children[0] ?? null),
          obligations: state.obligations.filter((obligation) => lives(obligation.go)),
        };
  }
  return { states };
}

/** A follower without a leader can never move: its edge is not drawn and not compiled. */
function dropFollowers(chart: Chart): Chart {
  const led = new Set<string>();
  for (const state of Object.values(chart.states)) for (const event of Object.keys(state.on)) led.add(event);
  return mapStates(chart, (state) => {
    if (Object.keys(state.follow).every((event) => led.has(event))) return state;
    const follow = Object.entries(state.follow).filter(([event]) => led.has(event));
    return { ...state, follow: Object.fromEntries(follow) };
  });
}

function mapStates(chart: Chart, change: (state: ChartState) => ChartState): Chart {
  const states: { [address: string]: ChartState } = {};
  let same = true;
  for (const address of Object.keys(chart.states)) {
    const state = chart.states[address]!;
    const changed = change(state);
    if (changed !== state) same = false;
    states[address] = changed;
  }
  return same ? chart : { states };
}
