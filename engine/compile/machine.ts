import type { Branch, Chart, ChartState, Composed, Target, Transition, Words } from '../model/composed.ts';
import { once } from '../model/once.ts';
import { noWords } from '../model/words.ts';
import { all, type Guard, guardOf, inState, some } from './guard.ts';
import { delayName, outcomeEvent, reference } from './names.ts';

/** The part of XState's configuration that we write. */
export interface StateConfig {
  type?: 'parallel' | 'final' | 'history';
  history?: 'deep';
  initial?: string;
  states?: { [id: string]: StateConfig };
  entry?: ActionConfig[];
  exit?: ActionConfig[];
  on?: { [event: string]: TransitionConfig[] };
  after?: { [delay: string]: TransitionConfig[] };
  always?: TransitionConfig[];
  onDone?: TransitionConfig[];
}

export interface TransitionConfig {
  target?: string;
  guard?: Guard;
  actions?: ActionConfig[];
  reenter?: boolean;
}

export type ActionConfig =
  | { type: 'entered' | 'left'; params: { state: string } }
  | { type: 'enter' | 'words'; params: WordsParams }
  | { type: 'branch'; params: BranchParams }
  | { type: 'refuse'; params: RefuseParams };

export interface BranchParams {
  readonly address: string;
  readonly state: string;
  /** State whose return this is. */
  readonly back: string | null;
}

export interface WordsParams {
  readonly words: Words;
  readonly state: string;
}

export interface RefuseParams {
  readonly address: string;
  readonly state: string;
  readonly text: string;
}

/** The chart as XState's configuration, one to one: what the diagram shows is what runs. [CMP-1] */
export function configOf({ chart, declared }: Pick<Composed, 'chart' | 'declared'>): StateConfig {
  const resets = new Set(Object.values(declared.counters).flatMap((counter) => counter.reset ?? []));
  return stateOf({ chart, back: waysBack(chart), resets }, chart.states[''] as ChartState);
}

interface Making {
  readonly chart: Chart;
  readonly back: ReadonlySet<string>;
  /** States on whose entering a counter starts anew. */
  readonly resets: ReadonlySet<string>;
}

function stateOf(making: Making, state: ChartState): StateConfig {
  const { chart, back, resets } = making;
  const { address, enter } = state;
  const changes = isSilent(enter) && !resets.has(address) ? [] : [enterOf(state)];
  const config: StateConfig = {
    entry: [{ type: 'entered', params: { state: address } }, ...changes],
    exit: [{ type: 'left', params: { state: state.address } }],
  };
  if (state.kind === 'final') config.type = 'final';
  if (state.kind === 'parallel') config.type = 'parallel';
  if (state.kind === 'compound' && state.start !== null) config.initial = idOf(state.start);

  const states: { [id: string]: StateConfig } = {};
  for (const child of state.children) states[idOf(child)] = stateOf(making, chart.states[child] as ChartState);
  if (state.obligations.length > 0) states.next = nextOf(state);
  if (back.has(state.address)) states.back = { type: 'history', history: 'deep' };
  if (Object.keys(states).length > 0) config.states = states;

  const on = eventsOf(chart, state);
  if (Object.keys(on).length > 0) config.on = on;
  const after = delaysOf(state);
  if (Object.keys(after).length > 0) config.after = after;
  if (state.when !== null) config.always = branchesOf(state, state.when);
  if (state.done !== null) config.onDone = branchesOf(state, state.done);
  return config;
}

/** The decision of the obligations: the first whose fact is not proven and whose `if` holds. [CMP-5] */
function nextOf(state: ChartState): StateConfig {
  const address = state.address === '' ? 'next' : `${state.address}.next`;
  return {
    entry: [{ type: 'entered', params: { state: address } }],
    exit: [{ type: 'left', params: { state: address } }],
    always: state.obligations.map((obligation) => {
      const unmet = obligation.fact === null ? null : `!facts.${obligation.fact}`;
      const parts = [unmet, obligation.if].filter((part) => part !== null);
      const guards = parts.map((part) => guardOf(part, obligation.address) as Guard);
      const target: TransitionConfig = {
        target: reference(obligation.go),
        actions: [{ type: 'branch', params: { address: obligation.address, state: address, back: null } }],
      };
      return guards.length === 0 ? target : { ...target, guard: all(...guards) };
    }),
  };
}

function eventsOf(chart: Chart, state: ChartState): { [event: string]: TransitionConfig[] } {
  const on: { [event: string]: TransitionConfig[] } = {};
  for (const [event, transition] of Object.entries(state.on)) on[event] = branchesOf(state, transition);
  for (const [outcome, transition] of Object.entries(state.outcomes)) {
    on[outcomeEvent(state.address, outcome)] = branchesOf(state, transition);
  }
  for (const [event, transition] of Object.entries(state.follow)) {
    const leading = leadersOf(chart, event, state);
    // A leader that is gone takes its followers' way with it.
    if (leading === null) continue;
    on[event] = branchesOf(state, transition).map((branch) => ({
      ...branch,
      guard: branch.guard === undefined ? leading : all(leading, branch.guard),
    }));
  }
  return on;
}

/** Holds when the event moves a state that has it in `on`. [CMP-6] */
function leadersOf(chart: Chart, event: string, follower: ChartState): Guard | null {
  const guards: Guard[] = [];
  for (const state of Object.values(chart.states)) {
    const transition = state.on[event];
    if (transition === undefined || state.address === follower.address) continue;
    const own = transition.branches.map((branch) => guardOf(branch.if, branch.address));
    const active = inState(state.address);
    const any = own.some((guard) => guard === undefined);
    guards.push(any ? active : all(active, some(...(own as Guard[]))));
  }
  return guards.length === 0 ? null : some(...guards);
}

function delaysOf(state: ChartState): { [delay: string]: TransitionConfig[] } {
  const after: { [delay: string]: TransitionConfig[] } = {};
  for (const deadline of state.after) after[delayName('after', deadline.key)] = branchesOf(state, deadline.transition);
  for (const reminder of state.remind) {
    // No target: a reminder speaks and changes nothing.
    const words = { ...noWords, notify: [reminder.notice] };
    const address = `${state.address}.remind.${reminder.key}`;
    after[delayName('remind', reminder.key)] = [{ actions: branchActions(address, state.address, words, null) }];
  }
  return after;
}

function branchesOf(state: ChartState, transition: Transition): TransitionConfig[] {
  return transition.branches.map((branch) => branchOf(state, branch));
}

function branchOf(state: ChartState, branch: Branch): TransitionConfig {
  const config: TransitionConfig = {};
  const guard = guardOf(branch.if, branch.address);
  if (guard !== undefined) config.guard = guard;
  if (branch.refuse !== null) {
    config.actions = [
      { type: 'refuse', params: { address: branch.address, state: state.address, text: branch.refuse } },
    ];
    return config;
  }
  const target = targetOf(branch.to);
  if (target !== null) config.target = target;
  if (branch.to.kind === 'state' && branch.to.again) config.reenter = true;
  const back = branch.to.kind === 'back' ? branch.to.address : null;
  config.actions = branchActions(branch.address, state.address, branch.words, back);
  return config;
}

function branchActions(address: string, state: string, words: Words, back: string | null): ActionConfig[] {
  const took: ActionConfig = { type: 'branch', params: { address, state, back } };
  return isSilent(words) ? [took] : [took, { type: 'words', params: { words, state } }];
}

function enterOf({ address, enter }: ChartState): ActionConfig {
  return { type: 'enter', params: { words: enter, state: address } };
}

function isSilent(words: Words): boolean {
  return words === noWords || Object.values(words).every((names: readonly string[]) => names.length === 0);
}

function targetOf(target: Target): string | null {
  switch (target.kind) {
    case 'here':
      return null;
    case 'state':
      return reference(target.address);
    case 'next':
      return reference(target.address === '' ? 'next' : `${target.address}.next`);
    case 'back':
      return reference(`${target.address}.back`);
  }
}

/** States that some transition goes back to. */
function waysBack(chart: Chart): ReadonlySet<string> {
  const found = new Set<string>();
  for (const state of Object.values(chart.states)) {
    for (const transition of transitionsOf(state)) {
      for (const branch of transition.branches) if (branch.to.kind === 'back') found.add(branch.to.address);
    }
  }
  return found;
}

/** Every transition that stands in a state. */
export const transitionsOf = once((state: ChartState): readonly Transition[] => [
  ...Object.values(state.on),
  ...Object.values(state.outcomes),
  ...Object.values(state.follow),
  ...state.after.map((deadline) => deadline.transition),
  ...(state.when === null ? [] : [state.when]),
  ...(state.done === null ? [] : [state.done]),
]);

function idOf(address: string): string {
  return address.slice(address.lastIndexOf('.') + 1);
}
