import { conditionOf, type Known } from '../explore/condition.ts';
import { exploreIn } from '../explore/explore.ts';
import { groupsOf } from '../explore/groups.ts';
import { knownOf } from '../explore/known.ts';
import { Space } from '../explore/space.ts';
import type { Branch, ChartState, Composed, Transition } from '../model/composed.ts';
import { Domains } from './domains.ts';
import { branchesOf, held, mapBranches, missed, ruled, took, transitionsOf } from './elements.ts';
import { askedInTurn } from './values.ts';

type Described = Pick<Composed, 'chart' | 'declared' | 'settings' | 'forms' | 'connectors'>;

/** Key of an element -> why no case of the project can show it. */
export type Unreachable = ReadonlyMap<string, string>;

/** States beyond which the search of a group of regions is given up: then it excludes nothing. */
const limit = 100_000;

/**
 * What no case can show, by two arguments, neither of them a list that somebody keeps: the values that the project's
 * settings leave to the fields that a condition reads, and a search of everything that a case may get into, which leaves
 * more open than there really is. [COV-3]
 *
 * @param shown keys of elements that stories show: nothing is looked for about them
 */
export function unreachableIn(described: Described, shown: ReadonlySet<string>): Unreachable {
  const known = knownOf(described);
  const domains = new Domains(described);
  const found = new Map<string, string>();
  const narrowed = withoutImpossible(described, known, domains, found);
  formRules(described, known, domains, found);
  searched(narrowed, shown, found);
  return new Map([...found].filter(([key]) => !shown.has(key)));
}

/** The chart without what the values of fields rule out. */
function withoutImpossible(
  described: Described,
  known: Known,
  domains: Domains,
  found: Map<string, string>,
): Described {
  const states: { [address: string]: ChartState } = {};
  for (const state of Object.values(described.chart.states)) {
    const replaced = new Map<Branch, Branch | null>();
    for (const { transition, event } of transitionsOf(state)) {
      const around = event === null ? null : (described.declared.events[event]?.form ?? null);
      for (const [branch, next] of narrow(transition, known, domains, around, found)) replaced.set(branch, next);
    }
    states[state.address] = mapBranches(state, (branch) => {
      const next = replaced.get(branch);
      return next === undefined ? branch : next;
    });
  }
  return { ...described, chart: { states } };
}

function narrow(
  { branches }: Transition,
  known: Known,
  domains: Domains,
  around: string | null,
  found: Map<string, string>,
): readonly (readonly [Branch, Branch | null])[] {
  const conditions = branches.map((branch) => conditionOf(branch.if, known));
  const asked = askedInTurn(conditions, domains, around);
  return branches.flatMap((branch, index): readonly (readonly [Branch, Branch | null])[] => {
    if (asked.held[index] === false) {
      found.set(took(branch.address), asked.because);
      if (branch.if !== null) {
        found.set(held(branch.address), asked.because);
        if (asked.missed[index] === false) found.set(missed(branch.address), asked.because);
      }
      return [[branch, null]];
    }
    if (branch.if === null || asked.missed[index] !== false) return [];
    found.set(missed(branch.address), asked.because);
    return [[branch, { ...branch, if: null }]];
  });
}

/** Branches and conditions that a search of all that a case may get into never comes to. */
function searched(described: Described, shown: ReadonlySet<string>, found: Map<string, string>): void {
  const groups = groupsOf(new Space(described));
  const open = new Map<string, string>();
  for (const state of Object.values(described.chart.states))
    for (const key of keysOf(state))
      if (!shown.has(key) && !found.has(key)) open.set(key, groups.regionOf(state.address));
  for (const regions of widest([...new Set(open.values())].map((region) => groups.closureOf([region])))) {
    const left = new Set([...open.keys()].filter((key) => regions.has(open.get(key) as string)));
    const count = exploredWithout(described, regions, left);
    if (count === null) continue;
    const where = [...regions].join(', ') || 'the process';
    for (const key of left) found.set(key, `no case gets there: all ${count} states of ${where} were looked at`);
  }
}

/** Takes away from `left` what the search comes to. @returns how many states there are; null: given up */
function exploredWithout(described: Described, regions: ReadonlySet<string>, left: Set<string>): number | null {
  const space = new Space(described, {
    regions,
    follow: new Set(),
    watch: (edge, holds) => left.delete(holds ? held(edge.address) : missed(edge.address)),
  });
  const { whole, situations } = exploreIn(space, {
    lean: true,
    limit,
    see: ({ taken }) => {
      for (const edge of taken) left.delete(took(edge.address));
      return left.size === 0;
    },
  });
  return whole ? situations.length : null;
}

/** Those that no other one holds. */
function widest(sets: readonly ReadonlySet<string>[]): readonly ReadonlySet<string>[] {
  const holds = (outer: ReadonlySet<string>, inner: ReadonlySet<string>) => [...inner].every((each) => outer.has(each));
  return sets.filter(
    (set, index) =>
      !sets.some((other, at) => at !== index && holds(other, set) && (other.size > set.size || at < index)),
  );
}

function keysOf(state: ChartState): readonly string[] {
  return [
    ...branchesOf(state).flatMap(({ address, if: condition }) =>
      condition === null ? [took(address)] : [took(address), held(address), missed(address)],
    ),
    ...state.obligations.flatMap(({ address, fact, if: condition }) =>
      fact === null && condition === null ? [took(address)] : [took(address), held(address), missed(address)],
    ),
  ];
}

/** Conditions of form fields that are always the same here. */
function formRules(described: Described, known: Known, domains: Domains, found: Map<string, string>): void {
  for (const id of Object.keys(described.forms)) {
    for (const field of domains.form(id)?.fields ?? []) {
      const name = `${id}.${field.name}`;
      let shown = true;
      for (const rule of ['visible', 'required'] as const) {
        const formula = field[rule];
        if (typeof formula === 'boolean') continue;
        const asked = askedInTurn([conditionOf(formula.text, known)], domains, id);
        const because = asked.because === '' ? formula.text : asked.because;
        if (rule === 'visible') shown = asked.held[0] === true;
        if (asked.held[0] === false || !shown) found.set(ruled(name, rule, true), because);
        if (asked.missed[0] === false || (rule === 'required' && !shown)) found.set(ruled(name, rule, false), because);
      }
    }
  }
}
