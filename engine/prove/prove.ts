import { atomsOf, conditionOf } from '../explore/condition.ts';
import { groupsOf } from '../explore/groups.ts';
import type { Searched } from '../explore/nodes.ts';
import { Space } from '../explore/space.ts';
import { type LawCheck, lawsOf } from './checks.ts';
import { digestOf } from './digest.ts';
import { askedIn, type Found, type Looked, search } from './search.ts';
import { tasksOf } from './tasks.ts';
import type { Violation } from './violation.ts';

/** A law about something that the search leaves out: looked at in every scenario and after every step in production. */
export interface Undecided {
  readonly law: string;
  /** What of it the search does not know, as conditions. */
  readonly unknown: readonly string[];
  readonly reason: 'people' | 'sums' | 'sizes' | 'values';
}

export interface Proof {
  readonly violations: readonly Violation[];
  /** Laws that hold in every state. */
  readonly held: readonly string[];
  readonly undecided: readonly Undecided[];
  /** What could not be searched to its end within the limit; nothing is said about it. */
  readonly unfinished: readonly string[];
  readonly groups: readonly Looked[];
}

export interface ProveOptions {
  /** Gives up a group beyond so many states. */
  readonly limit?: number;
  /** Look at all regions together, follow everything: slower, and never different. For tests. */
  readonly naive?: boolean;
  /** What was searched before, by digest: one map for several definitions searches what they share once. [PRV-7] */
  readonly known?: Map<string, Found>;
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
  const laws = lawsOf(searched);
  const found = plan(searched, whole, laws, options).map(({ digest, run }) => {
    const result = options.known?.get(digest) ?? run();
    options.known?.set(digest, result);
    return result;
  });
  const violations = unique(found.flatMap((each) => each.violations));
  const unknown = new Set(found.flatMap((each) => [...each.unknown]));
  const broken = new Set(violations.flatMap(({ kind, name }) => (kind === 'law' ? [name] : [])));
  const open = laws.filter((law) => unknown.has(law.id) && !broken.has(law.id));
  return {
    violations,
    held: laws.flatMap(({ id }) => (unknown.has(id) || broken.has(id) ? [] : [id])),
    undecided: open.map((law) => undecidedOf(law, whole)),
    unfinished: found.flatMap(({ whole: ended, looked }) => (ended ? [] : [looked.regions.join(' ')])),
    groups: found.map(({ looked }) => looked),
  };
}

/** A hash over all that the proof of a definition depends on: equal ones are proven once. [PRV-7] */
export function machineOf(searched: Searched): string {
  const whole = new Space(searched);
  return plan(searched, whole, lawsOf(searched), {})
    .map(({ digest }) => digest)
    .join(' ');
}

interface Planned {
  readonly digest: string;
  run(): Found;
}

function plan(searched: Searched, whole: Space, laws: readonly LawCheck[], options: ProveOptions): readonly Planned[] {
  const groups = groupsOf(whole);
  return tasksOf(whole, groups, laws, options.naive === true).map((task) => {
    const exact = new Space(searched, { regions: task.regions, asked: askedIn(task) });
    const settings = `${options.limit ?? ''} ${options.naive === true}`;
    const digest = `${digestOf(exact, task)} ${settings}`;
    return { digest, run: () => search(searched, exact, groups, task, options) };
  });
}

function undecidedOf(law: LawCheck, space: Space): Undecided {
  const unknown = [...atomsOf(conditionOf(law.must, space.known))].flatMap((atom) =>
    atom.kind === 'free' ? [atom.text] : [],
  );
  return { law: law.id, unknown, reason: reasonOf(unknown) };
}

function reasonOf(unknown: readonly string[]): Undecided['reason'] {
  if (unknown.some((text) => text.includes('sum('))) return 'sums';
  if (unknown.some((text) => text.includes('people.'))) return 'people';
  return unknown.every((text) => text.includes('size(')) ? 'sizes' : 'values';
}

function unique(violations: readonly Violation[]): readonly Violation[] {
  return [...new Map(violations.map((each) => [`${each.kind}:${each.name}`, each])).values()];
}
