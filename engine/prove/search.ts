import type { Course } from '../explore/courses.ts';
import { type Exploration, exploreIn } from '../explore/explore.ts';
import type { Groups } from '../explore/groups.ts';
import type { Searched } from '../explore/nodes.ts';
import { type Situation, Space } from '../explore/space.ts';
import { canReach, givenIn } from './always.ts';
import { type Avoided, isAvoided } from './avoided.ts';
import { endingsOf, judgeOf, type LawCheck, wrongWith } from './checks.ts';
import { givenOn, isReal } from './replay.ts';
import { heldBySums, type Steps } from './sums/flow.ts';
import type { Task } from './tasks.ts';
import type { Violation, ViolationKind } from './violation.ts';

export interface Found {
  readonly violations: readonly Violation[];
  /** Laws that hang, in some state, on what the search leaves out. */
  readonly unknown: ReadonlySet<string>;
  /** False when it gave up. */
  readonly whole: boolean;
  readonly looked: Looked;
}

/** What was looked at. */
export interface Looked {
  readonly regions: readonly string[];
  readonly states: number;
  readonly configurations: number;
  readonly steps: number;
  /** Counters and sizes that had to be followed. */
  readonly followed: readonly string[];
}

/** What is asked in every state of a task's regions. */
export function askedIn(task: Task): readonly { readonly text: string; readonly at: string | null }[] {
  return task.laws.flatMap((law) => (law.at ?? [null]).map((at) => ({ text: law.must, at })));
}

/**
 * Looks for everything that must not be in some regions, following more counters each time until nothing hangs on the
 * others. [PRV-5]
 * @param exact the same regions with everything followed
 */
export function search(
  searched: Searched,
  exact: Space,
  groups: Groups,
  task: Task,
  options: { readonly limit?: number; readonly naive?: boolean },
): Found {
  const asked = askedIn(task);
  let follow = new Set<string>(sizesIn(task.laws, exact));
  if (options.naive === true) for (const slot of exact.slots) follow.add(`${slot.kind} ${slot.name}`);
  for (;;) {
    const space = new Space(searched, { regions: task.regions, asked, follow });
    const searching = new Search(space, exact, groups, task, options.limit);
    const { found, suspects, doubts, unknown } = searching.run();
    const more = new Set(doubts);
    const violations: Violation[] = [];
    for (const suspect of suspects) {
      // A goal that is lost with more ways than there are is lost for certain.
      if (suspect.kind === 'goal' || isReal(exact, suspect)) violations.push(suspect);
      else for (const name of givenOn(suspect)) more.add(name);
    }
    const added = [...more].filter((name) => !follow.has(name));
    if (added.length === 0 || !found.whole) {
      const held = found.whole ? searching.heldBySums(found) : none;
      const open = new Set([...unknown].filter((law) => !held.has(law)));
      return { violations, unknown: open, whole: found.whole, looked: lookedAt(task, space, found) };
    }
    follow = new Set([...follow, ...added]);
  }
}

function lookedAt(task: Task, space: Space, found: Exploration): Looked {
  const followed = space.slots.filter((slot) => !slot.open && slot.classes.length > 2);
  return {
    regions: [...task.regions],
    states: found.situations.length,
    configurations: space.configurations.all.length,
    steps: found.steps,
    followed: followed.map((slot) => `${slot.kind} ${slot.name}`),
  };
}

function sizesIn(laws: readonly LawCheck[], space: Space): readonly string[] {
  const named = space.slots.flatMap((slot) => (slot.kind === 'counter' || slot.kind === 'record' ? [slot] : []));
  return named
    .filter((slot) => laws.some((law) => law.must.includes(slot.name)))
    .map((slot) => `${slot.kind} ${slot.name}`);
}

interface Suspect {
  readonly kind: ViolationKind;
  readonly name: string;
  /** -1: no state at all. */
  readonly state: number;
  /** The step that shows it, where it leads into no new state. */
  readonly last: Course | null;
}

interface Searching {
  readonly found: Exploration;
  readonly suspects: readonly Violation[];
  /** Counters and sizes without which nothing can be said. */
  readonly doubts: ReadonlySet<string>;
  readonly unknown: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** One search of a space. */
class Search {
  private readonly space: Space;
  private readonly exact: Space;
  private readonly groups: Groups;
  private readonly task: Task;
  private readonly limit: number | undefined;
  private readonly judges: readonly { readonly id: string; readonly judge: (at: Situation) => boolean | 'unknown' }[];
  private readonly wrongs = new Map<Course, readonly string[]>();
  private readonly suspects = new Map<string, Suspect>();
  private readonly doubts = new Set<string>();
  private readonly unknown = new Set<string>();
  /** Some law is about sums: every step is kept. */
  private readonly summing: boolean;
  private readonly steps: Steps = { from: [], to: [], course: [] };

  constructor(space: Space, exact: Space, groups: Groups, task: Task, limit: number | undefined) {
    this.space = space;
    this.exact = exact;
    this.groups = groups;
    this.task = task;
    this.limit = limit;
    this.summing = task.laws.some((law) => law.must.includes('sum('));
    this.judges = task.laws.map((law) => ({ id: law.id, judge: judgeOf(law, space) }));
  }

  run(): Searching {
    const found = this.explore((suspect) => this.suspect(suspect));
    if (found.whole) {
      for (const goal of this.task.goals) this.seek(found, goal);
      this.findStranded(found);
    }
    const suspects = [...this.suspects.values()].map((suspect) => this.violation(found, suspect));
    return { found, suspects, doubts: this.doubts, unknown: this.unknown };
  }

  /** Laws that the search leaves open and that their sums decide: they hold. */
  heldBySums(found: Exploration): ReadonlySet<string> {
    const laws = this.task.laws.filter((law) => this.unknown.has(law.id) && law.must.includes('sum('));
    return laws.length === 0 ? none : heldBySums(this.space, laws, found.situations, this.steps);
  }

  private suspect(suspect: Suspect): undefined {
    const key = `${suspect.kind}:${suspect.name}`;
    if (!this.suspects.has(key)) this.suspects.set(key, suspect);
  }

  /**
   * @param tell given everything wrong that shows in one step or one state; returns true to end the search
   * @param pass leaves out steps
   */
  private explore(tell: (suspect: Suspect) => boolean | undefined, pass?: (course: Course) => boolean): Exploration {
    let judged = 0;
    return exploreIn(this.space, {
      ...(this.limit === undefined ? {} : { limit: this.limit }),
      ...(pass === undefined ? {} : { pass }),
      see: (course, from, to, situations) => {
        if (this.summing && pass === undefined && to >= 0) {
          this.steps.from.push(from);
          this.steps.to.push(to);
          this.steps.course.push(course);
        }
        for (const each of this.wrongIn(course, situations[from])) {
          const colon = each.indexOf(':');
          const kind = each.slice(0, colon) as ViolationKind;
          if (tell({ kind, name: each.slice(colon + 1), state: from, last: course }) === true) return true;
        }
        if (to < judged) return undefined;
        judged = to + 1;
        const there = situations[to] as Situation;
        for (const { id, judge } of this.judges) {
          const truth = judge(there);
          if (truth === 'unknown') this.unknown.add(id);
          if (truth === false && tell({ kind: 'law', name: id, state: to, last: null }) === true) return true;
        }
        return undefined;
      },
    });
  }

  private wrongIn(course: Course, from: Situation | undefined): readonly string[] {
    let wrong = this.wrongs.get(course);
    if (wrong === undefined) {
      wrong = wrongWith(this.space, this.groups, course, this.task.heard, from);
      this.wrongs.set(course, wrong);
    }
    return wrong;
  }

  private seek(found: Exploration, goal: string): void {
    const { space } = this;
    const ends = endingsOf(space, this.groups);
    const index = space.nodes.of.get(goal)?.index ?? -1;
    const there = found.situations.findIndex(({ configuration }) => configuration.active[index] === 1);
    if (there < 0) {
      this.suspect({ kind: 'goal', name: goal, state: found.situations.findLastIndex(ends), last: null });
      return;
    }
    // A goal that needs a counter to have some value is reached when that way stands with it followed.
    const reached = { begun: begunOf(found, there), way: found.wayTo(there), last: null };
    if (givenOn(reached).size > 0 && !isReal(this.exact, reached))
      for (const name of givenOn(reached)) this.doubts.add(name);
  }

  /** States from which the case cannot end. */
  private findStranded(found: Exploration): void {
    const ends = endingsOf(this.space, this.groups);
    const ended = (state: number) => ends(found.situations[state] as Situation);
    const sure = canReach(found, ended);
    const doubtful = found.situations.flatMap((_, state) => (sure[state] === 1 ? [] : [state]));
    if (doubtful.length === 0) return;
    const perhaps = canReach(found, ended, true);
    for (const state of doubtful) {
      if (perhaps[state] === 1) {
        for (const name of givenIn(found.trees[state] ?? [])) this.doubts.add(name);
        continue;
      }
      // Where it is entered, not what comes after it.
      const before = found.first[state]?.from;
      if (before !== undefined && perhaps[before] !== 1) continue;
      const moves = (found.trees[state] ?? []).some((tree) => tree !== state);
      const at = this.space.addresses((found.situations[state] as Situation).configuration);
      const name = at.filter((address) => this.isOfGoals(address)).join(' ');
      this.suspect({ kind: moves ? 'trap' : 'stuck', name, state, last: null });
    }
  }

  private isOfGoals(address: string): boolean {
    const { goals } = this.space.searched.declared;
    return goals.some((goal) => this.groups.regionOf(goal) === this.groups.regionOf(address));
  }

  private violation(found: Exploration, { kind, name, state, last }: Suspect): Violation {
    const { space } = this;
    const at = state < 0 ? [] : space.addresses((found.situations[state] as Situation).configuration);
    const way = state < 0 ? [] : found.wayTo(state);
    const into = way.map((step) => ({ ...step, into: found.situations[step.to] as Situation }));
    const another = (avoided: Avoided) =>
      state < 0 ? null : this.another(kind, name, found.situations[state] as Situation, avoided);
    return { kind, name, at, begun: begunOf(found, state), way: into, space, last, another };
  }

  /** The shortest other way to the same violation that avoids what could not be played. */
  private another(kind: ViolationKind, name: string, where: Situation, avoided: Avoided): Violation | null {
    const lost = kind === 'stuck' || kind === 'trap';
    let suspect: Suspect | null = null;
    const wanted = (each: Suspect) => {
      if (each.kind !== kind || each.name !== name) return undefined;
      suspect = each;
      return true;
    };
    const found = this.explore(lost ? () => undefined : wanted, (course) => !isAvoided(course, avoided));
    if (lost) {
      const state = found.situations.findIndex((each) => isSame(each, where));
      if (state >= 0) suspect = { kind, name, state, last: null };
    }
    if (suspect === null) return null;
    const violation = this.violation(found, suspect);
    return isReal(this.exact, violation) ? violation : null;
  }
}

function isSame(one: Situation, other: Situation): boolean {
  return one.configuration === other.configuration && one.values.every((value, index) => value === other.values[index]);
}

function begunOf(found: Exploration, state: number): Course {
  let here = state;
  for (let step = found.first[here] ?? null; step !== null; step = found.first[here] ?? null) here = step.from;
  return (found.begun.get(here) ?? [...found.begun.values()][0]) as Course;
}
