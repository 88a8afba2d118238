import { type Exploration, exploreIn, type Step } from '../explore/explore.ts';
import { type Groups, groupsOf } from '../explore/groups.ts';
import type { Searched } from '../explore/nodes.ts';
import { type Outcome, type Situation, Space } from '../explore/space.ts';
import { canReach, givenIn } from './always.ts';
import { endingsOf, isDecidable, judgeOf, type LawCheck, lawsOf, regionsOfLaw, wrongWith } from './checks.ts';
import { givenOn, isReal } from './replay.ts';

export type ViolationKind =
  /** A law is broken in a state that a case may get into. */
  | 'law'
  /** Nothing can happen any more, and the case has not ended. */
  | 'stuck'
  /** Something can happen for ever, but the case can never end. */
  | 'trap'
  /** No case can get to a goal; the way leads to the end that is reached instead. */
  | 'goal'
  /** An event that has to be heard always is not heard. */
  | 'unheard'
  /** An answer of a call moves nothing. */
  | 'unhandled'
  /** A leader moves and its follower can't. */
  | 'follower'
  /** A `when` goes round and round. */
  | 'endless';

export interface Violation {
  readonly kind: ViolationKind;
  /** Law, event, goal; `call:OUTCOME`; state; `EVENT:region`. */
  readonly name: string;
  /** Active leaves of the regions that were looked at, where it ends. */
  readonly at: readonly string[];
  readonly begun: Outcome;
  readonly way: readonly (Step & { readonly into: Situation })[];
  readonly space: Space;
  /** The step that shows it, where it leads into no new state: refused, unheard, endless. */
  readonly last: Outcome | null;
}

export interface Proof {
  readonly violations: readonly Violation[];
  /** Laws about what the search leaves out: looked at in every scenario and after every step in production. */
  readonly undecided: readonly string[];
  /** What could not be searched to its end within the limit; nothing is said about it. */
  readonly unfinished: readonly string[];
  readonly groups: readonly {
    readonly regions: readonly string[];
    readonly states: number;
    readonly configurations: number;
    readonly steps: number;
    /** Counters and sizes that had to be followed. */
    readonly followed: readonly string[];
  }[];
}

export interface ProveOptions {
  /** Gives up a group beyond so many states. */
  readonly limit?: number;
  /** Look at all regions together, follow everything: slower, and never different. For tests. */
  readonly naive?: boolean;
}

interface Task {
  readonly regions: ReadonlySet<string>;
  readonly laws: readonly LawCheck[];
  /** Events that have to be heard, and all who may hear them are here. */
  readonly heard: ReadonlySet<string>;
  readonly goals: readonly string[];
}

/**
 * The gate: looks for everything that must not be, in every state that a case may get into. Laws, goals, ends, answers,
 * followers, `heard: always`, endless `when`. [PRV-4]
 *
 * Counters are first left open. What is said to be safe so is safe, since there are more ways than really are; what is
 * said to be able to end can end whatever the counters are. Where that leaves a doubt, the counters that it hangs on are
 * followed and the group is searched again; a violation is told only when its way stands with all counters followed.
 * [PRV-5]
 */
export function prove(searched: Searched, options: ProveOptions = {}): Proof {
  const whole = new Space(searched);
  const groups = groupsOf(whole);
  const laws = lawsOf(searched);
  const undecided = laws.filter((law) => !isDecidable(law, whole)).map((law) => law.id);
  const violations: Violation[] = [];
  const unfinished: string[] = [];
  const looked: Proof['groups'][number][] = [];
  for (const task of tasksOf(whole, groups, laws, options.naive === true)) {
    const proven = search(searched, groups, task, options);
    looked.push(proven.looked);
    violations.push(...proven.violations);
    if (!proven.whole) unfinished.push([...task.regions].join(' '));
  }
  return { violations: unique(violations), undecided, unfinished, groups: looked };
}

/** Which regions are searched together, and what is asked there. */
function tasksOf(space: Space, groups: Groups, laws: readonly LawCheck[], naive: boolean): readonly Task[] {
  const { declared } = space.searched;
  const all = new Set(groups.regions);
  const wanted: ReadonlySet<string>[] = naive ? [all] : [...groups.closures.values()];
  const lawRegions = laws.map((law) => groups.closureOf(regionsOfLaw(law, space, groups)));
  const heard = Object.entries(declared.events).flatMap(([event, known]) => {
    if (known.heard !== 'always') return [];
    const regions = space.nodes.all.filter((node) => node.on.has(event)).map((node) => groups.regionOf(node.address));
    return [{ event, regions: groups.closureOf(regions) }];
  });
  wanted.push(...lawRegions, ...heard.map((each) => each.regions));
  // Only those that no other holds, the smaller first.
  const sets = wanted
    .filter(
      (set, index) =>
        !wanted.some((other, at) => at !== index && holds(other, set) && (other.size > set.size || at < index)),
    )
    .sort((one, two) => one.size - two.size);
  const first = (regions: ReadonlySet<string>) => sets.find((set) => holds(set, regions));
  return sets.map((regions) => ({
    regions,
    laws: laws.filter((_, index) => first(lawRegions[index] as ReadonlySet<string>) === regions),
    heard: new Set(heard.filter((each) => first(each.regions) === regions).map((each) => each.event)),
    goals: declared.goals.filter((goal) => first(groups.closureOf([groups.regionOf(goal)])) === regions),
  }));
}

function holds(outer: ReadonlySet<string>, inner: ReadonlySet<string>): boolean {
  return [...inner].every((each) => outer.has(each));
}

interface Searching {
  readonly found: Exploration;
  readonly suspects: readonly Violation[];
  /** Counters and sizes without which nothing can be said. */
  readonly doubts: ReadonlySet<string>;
}

function search(searched: Searched, groups: Groups, task: Task, options: ProveOptions) {
  const asked = task.laws.flatMap((law) => (law.at ?? [null]).map((at) => ({ text: law.must, at })));
  const exact = new Space(searched, { regions: task.regions, asked });
  let follow = new Set<string>(sizesIn(task.laws, exact));
  if (options.naive === true) for (const slot of exact.slots) follow.add(`${slot.kind} ${slot.name}`);
  for (;;) {
    const space = new Space(searched, { regions: task.regions, asked, follow });
    const { found, suspects, doubts } = searchOnce(space, exact, groups, task, options);
    const more = new Set(doubts);
    const violations: Violation[] = [];
    for (const suspect of suspects) {
      // A goal that is lost with more ways than there are is lost for certain.
      if (suspect.kind === 'goal' || isReal(exact, suspect)) violations.push(suspect);
      else for (const name of givenOn(suspect)) more.add(name);
    }
    const added = [...more].filter((name) => !follow.has(name));
    if (added.length === 0 || !found.whole) {
      const followed = space.slots.filter((slot) => !slot.open && slot.classes.length > 2);
      const looked = {
        regions: [...task.regions],
        states: found.situations.length,
        configurations: space.configurations.all.length,
        steps: found.steps,
        followed: followed.map((slot) => `${slot.kind} ${slot.name}`),
      };
      return { violations, whole: found.whole, looked };
    }
    follow = new Set([...follow, ...added]);
  }
}

function sizesIn(laws: readonly LawCheck[], space: Space): readonly string[] {
  const named = space.slots.flatMap((slot) => (slot.kind === 'counter' || slot.kind === 'record' ? [slot] : []));
  return named
    .filter((slot) => laws.some((law) => law.must.includes(slot.name)))
    .map((slot) => `${slot.kind} ${slot.name}`);
}

function searchOnce(space: Space, exact: Space, groups: Groups, task: Task, options: ProveOptions): Searching {
  const suspects = new Map<string, Pick<Violation, 'kind' | 'name' | 'last'> & { readonly state: number }>();
  const judges = task.laws.map((law) => ({ id: law.id, judge: judgeOf(law, space) }));
  const known: Situation[] = [];
  const suspect = (kind: ViolationKind, name: string, state: number, last: Outcome | null = null) => {
    const key = `${kind}:${name}`;
    if (!suspects.has(key)) suspects.set(key, { kind, name, state, last });
  };
  const found = exploreIn(space, {
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    see: (outcome, from, to) => {
      for (const wrong of wrongWith(space, groups, outcome, task.heard, known[from])) {
        const colon = wrong.indexOf(':');
        suspect(wrong.slice(0, colon) as ViolationKind, wrong.slice(colon + 1), from, outcome);
      }
      if (to < 0 || to < known.length || outcome.next === null) return undefined;
      known[to] = outcome.next;
      for (const { id, judge } of judges) if (judge(outcome.next) === false) suspect('law', id, to);
      return undefined;
    },
  });
  const ends = endingsOf(space, groups);
  const doubts = new Set<string>();
  if (found.whole) {
    for (const goal of task.goals) {
      const index = space.nodes.of.get(goal)?.index ?? -1;
      const there = found.situations.findIndex(({ configuration }) => configuration.active[index] === 1);
      if (there < 0) suspect('goal', goal, found.situations.findLastIndex(ends));
      else {
        // A goal that needs a counter to have some value is reached when that way stands with it followed.
        const way = found.wayTo(there);
        const reached = { begun: begunOf(found, there), way, last: null };
        if (givenOn(reached).size > 0 && !isReal(exact, reached)) for (const name of givenOn(reached)) doubts.add(name);
      }
    }
    for (const name of stranded(found, groups, ends, suspect)) doubts.add(name);
  }
  const told = [...suspects.values()].map(({ kind, name, state, last }): Violation => {
    const at = state < 0 ? [] : space.addresses((found.situations[state] as Situation).configuration);
    const way = state < 0 ? [] : found.wayTo(state);
    const into = way.map((step) => ({ ...step, into: found.situations[step.to] as Situation }));
    return { kind, name, at, begun: begunOf(found, state), way: into, space, last };
  });
  return { found, suspects: told, doubts };
}

function begunOf(found: Exploration, state: number): Outcome {
  let here = state;
  for (let step = found.first[here] ?? null; step !== null; step = found.first[here] ?? null) here = step.from;
  return (found.begun.get(here) ?? [...found.begun.values()][0]) as Outcome;
}

/**
 * States from which the case cannot end. @returns the counters on which it hangs whether some others can
 */
function stranded(
  found: Exploration,
  groups: Groups,
  ends: (situation: Situation) => boolean,
  suspect: (kind: ViolationKind, name: string, state: number) => void,
): ReadonlySet<string> {
  const ended = (state: number) => ends(found.situations[state] as Situation);
  const sure = canReach(found, ended);
  const doubtful = found.situations.flatMap((_, state) => (sure[state] === 1 ? [] : [state]));
  if (doubtful.length === 0) return new Set();
  const perhaps = canReach(found, ended, true);
  const names = new Set<string>();
  const { space } = found;
  for (const state of doubtful) {
    if (perhaps[state] === 1) for (const name of givenIn(found.trees[state] ?? [])) names.add(name);
    if (perhaps[state] === 1) continue;
    // Where it is entered, not what comes after it.
    const before = found.first[state]?.from;
    if (before !== undefined && perhaps[before] !== 1) continue;
    const moves = (found.trees[state] ?? []).some((tree) => tree !== state);
    const at = space.addresses((found.situations[state] as Situation).configuration);
    suspect(moves ? 'trap' : 'stuck', at.filter((address) => isOfGoals(space, groups, address)).join(' '), state);
  }
  return names;
}

function isOfGoals(space: Space, groups: Groups, address: string): boolean {
  return space.searched.declared.goals.some((goal) => groups.regionOf(goal) === groups.regionOf(address));
}

function unique(violations: readonly Violation[]): readonly Violation[] {
  return [...new Map(violations.map((each) => [`${each.kind}:${each.name}`, each])).values()];
}
