import { fold } from '../expressions/fold.ts';
import type { Branch, Chart, ChartState, Target, Transition } from '../model/composed.ts';
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
    const folded = foldChart(chart, settings, (name, from) => {
      const address = resolve(name, from);
      // Unknown names are left for the checker to tell.
      return address === null ? undefined : address in alive ? address : null;
    });
    const reached = reachable(folded);
    const gone = Object.keys(folded.states).filter((address) => !reached.has(address));
    if (gone.length === 0) return dropFollowers(folded);
    chart = without(folded, new Set(gone));
  }
}

/** Conditions with their `at()` in full, nothing else folded. */
export function resolveAt(written: Chart, resolve: (name: string, from: string) => string | null): Chart {
  return foldChart(written, noSettings, (name, from) => resolve(name, from) ?? undefined, false);
}

const noSettings: JsonObject = {};

type Resolve = (name: string, from: string) => string | null | undefined;

/** @param cut leave out branches behind one that always holds */
function foldChart(chart: Chart, settings: JsonObject, resolve: Resolve, cut = true): Chart {
  return mapStates(chart, (state) => {
    const address = (name: string) => resolve(name, state.address);
    const transition = (node: Transition) => foldTransition(node, settings, address, cut);
    return {
      ...state,
      on: keep(state.on, transition),
      outcomes: keep(state.outcomes, transition),
      follow: keep(state.follow, transition),
      after: state.after.flatMap((deadline) => {
        const folded = transition(deadline.transition);
        return folded === null ? [] : [{ ...deadline, transition: folded }];
      }),
      when: state.when === null ? null : transition(state.when),
      done: state.done === null ? null : transition(state.done),
      obligations: state.obligations.flatMap((obligation) => {
        if (obligation.if === null) return [obligation];
        const folded = fold(obligation.if, { settings, address });
        if (folded.kind === 'open') return [{ ...obligation, if: folded.text }];
        return folded.value ? [{ ...obligation, if: null }] : [];
      }),
    };
  });
}

function foldTransition(
  transition: Transition,
  settings: JsonObject,
  address: (name: string) => string | null | undefined,
  cut: boolean,
): Transition | null {
  const branches: Branch[] = [];
  for (const branch of transition.branches) {
    const folded = branch.if === null ? null : fold(branch.if, { settings, address });
    if (folded?.kind === 'constant' && !folded.value) continue;
    branches.push({ ...branch, if: folded?.kind === 'open' ? folded.text : null });
    // What stands behind an unconditional branch is never asked.
    if (cut && (folded === null || folded.kind === 'constant')) break;
  }
  return branches.length === 0 ? null : { ...transition, branches };
}

function keep<T extends Transition>(
  map: { readonly [name: string]: T },
  change: (transition: T) => Transition | null,
): { [name: string]: Transition } {
  const out: { [name: string]: Transition } = {};
  for (const [name, transition] of Object.entries(map)) {
    const changed = change(transition);
    if (changed !== null) out[name] = changed;
  }
  return out;
}

/** Addresses that some way leads to. Conditions count as possible. */
export function reachable(chart: Chart): ReadonlySet<string> {
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
}

/** All transitions of a state but those that only follow. */
export const transitionsOf = once((state: ChartState): readonly Transition[] => [
  ...Object.values(state.on),
  ...Object.values(state.outcomes),
  ...state.after.map((deadline) => deadline.transition),
  ...(state.when === null ? [] : [state.when]),
  ...(state.done === null ? [] : [state.done]),
]);

function without(chart: Chart, gone: ReadonlySet<string>): Chart {
  const lives = (address: string) => !gone.has(address);
  const alive = (target: Target) => target.kind === 'here' || lives(target.address);
  const states: { [address: string]: ChartState } = {};
  for (const state of Object.values(chart.states)) {
    if (gone.has(state.address)) continue;
    const trimmed = (transition: Transition): Transition | null => {
      const branches = transition.branches.filter((branch) => alive(branch.to));
      return branches.length === 0 ? null : { ...transition, branches };
    };
    const children = state.children.filter(lives);
    const { start } = state;
    states[state.address] = {
      ...state,
      children,
      // A state may be entered only in its middle; then nothing ever starts at its start.
      start: start === null || lives(start) ? start : (children[0] ?? null),
      on: keep(state.on, trimmed),
      outcomes: keep(state.outcomes, trimmed),
      follow: keep(state.follow, trimmed),
      after: state.after.flatMap((deadline) => {
        const transition = trimmed(deadline.transition);
        return transition === null ? [] : [{ ...deadline, transition }];
      }),
      when: state.when === null ? null : trimmed(state.when),
      done: state.done === null ? null : trimmed(state.done),
      obligations: state.obligations.filter((obligation) => lives(obligation.go)),
    };
  }
  return { states };
}

/** A follower without a leader can never move: its edge is not drawn and not compiled. */
function dropFollowers(chart: Chart): Chart {
  const led = new Set(Object.values(chart.states).flatMap((state) => Object.keys(state.on)));
  return mapStates(chart, (state) => ({
    ...state,
    follow: Object.fromEntries(Object.entries(state.follow).filter(([event]) => led.has(event))),
  }));
}

function mapStates(chart: Chart, change: (state: ChartState) => ChartState): Chart {
  const states: { [address: string]: ChartState } = {};
  for (const [address, state] of Object.entries(chart.states)) states[address] = change(state);
  return { states };
}
