import { conditionOf, type Known } from '../explore/condition.ts';
import { exploreIn } from '../explore/explore.ts';
import { groupsOf } from '../explore/groups.ts';
import { knownOf } from '../explore/known.ts';
import { Space } from '../explore/space.ts';
import type { Branch, ChartState, Composed, Transition } from '../model/composed.ts';
import { type Domain, Domains } from './domains.ts';
import { branchesOf, held, mapBranches, missed, ruled, took, transitionsOf } from './elements.ts';
import { askedInTurn } from './values.ts';

type Described = Pick<Composed, 'chart' | 'declared' | 'settings' | 'forms' | 'connectors'>;

/** Key of an element -> why no case of the project can show it. */
export type Unreachable = ReadonlyMap<string, string>;

/** Why no case of the project comes to something. */
export type Never =
  /** What these fields can hold decides it. */
  | { readonly kind: 'values'; readonly fields: readonly Domain[] }
  /** A condition of a form that the settings decide. */
  | { readonly kind: 'settings'; readonly condition: string }
  /** All that a case may get into in these regions was looked at: so many states. */
  | { readonly kind: 'searched'; readonly states: number; readonly regions: readonly string[] };

type Found = Map<string, Never>;

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
  const found: Found = new Map();
  const narrowed = withoutImpossible(described, known, domains, found);
  formRules(described, known, domains, found);
  searched(narrowed, (key) => !shown.has(key), found);
  const all = [...found].map(([key, never]) => [key, neverText(never)] as const);
  return new Map(all.filter(([key]) => !shown.has(key)));
}

/** Branches that no case can take, by what their fields can hold alone: address -> why. Quick. */
export function ruledOut(described: Described): ReadonlyMap<string, Never> {
  const found: Found = new Map();
  withoutImpossible(described, knownOf(described), new Domains(described), found);
  return branchesAmong(described, found);
}

/** Of these branches those that no case can take: address -> why. Everything that a case may get into is looked at. */
export function neverTaken(described: Described, wanted: ReadonlySet<string>): ReadonlyMap<string, Never> {
  const found: Found = new Map();
  const narrowed = withoutImpossible(described, knownOf(described), new Domains(described), found);
  const keys = new Set([...wanted].map(took));
  searched(narrowed, (key) => keys.has(key), found);
  const taken = branchesAmong(described, found);
  return new Map([...taken].filter(([address]) => wanted.has(address)));
}

function branchesAmong({ chart }: Described, found: Found): ReadonlyMap<string, Never> {
  const addresses = Object.values(chart.states).flatMap((state) =>
    [...branchesOf(state), ...state.obligations].map(({ address }) => address),
  );
  return new Map(
    addresses.flatMap((address) => {
      const never = found.get(took(address));
      return never === undefined ? [] : [[address, never]];
    }),
  );
}

function neverText(never: Never): string {
  switch (never.kind) {
    case 'values':
      return never.fields
        .map(({ path, literals, by }) => `${path} is ${literals.join(' or ')}${by === null ? '' : ` (${by})`}`)
        .join(', ');
    case 'settings':
      return never.condition;
    case 'searched': {
      const where = never.regions.join(', ') || 'the process';
      return `no case gets there: all ${never.states} states of ${where} were looked at`;
    }
  }
}

/** The chart without what the values of fields rule out. */
function withoutImpossible(described: Described, known: Known, domains: Domains, found: Found): Described {
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
  found: Found,
): readonly (readonly [Branch, Branch | null])[] {
  const conditions = branches.map((branch) => conditionOf(branch.if, known));
  const asked = askedInTurn(conditions, domains, around);
  const never: Never = { kind: 'values', fields: asked.because };
  return branches.flatMap((branch, index): readonly (readonly [Branch, Branch | null])[] => {
    if (asked.held[index] === false) {
      found.set(took(branch.address), never);
      if (branch.if !== null) {
        found.set(held(branch.address), never);
        if (asked.missed[index] === false) found.set(missed(branch.address), never);
      }
      return [[branch, null]];
    }
    if (branch.if === null || asked.missed[index] !== false) return [];
    found.set(missed(branch.address), never);
    return [[branch, { ...branch, if: null }]];
  });
}

/** Branches and conditions that a search of all that a case may get into never comes to. */
function searched(described: Described, isWanted: (key: string) => boolean, found: Found): void {
  const groups = groupsOf(new Space(described));
  const open = new Map<string, string>();
  for (const state of Object.values(described.chart.states))
    for (const key of keysOf(state))
      if (isWanted(key) && !found.has(key)) open.set(key, groups.regionOf(state.address));
  for (const regions of widest([...new Set(open.values())].map((region) => groups.closureOf([region])))) {
    const left = new Set([...open.keys()].filter((key) => regions.has(open.get(key) as string)));
    const states = exploredWithout(described, regions, left);
    if (states === null) continue;
    for (const key of left) found.set(key, { kind: 'searched', states, regions: [...regions] });
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
function formRules(described: Described, known: Known, domains: Domains, found: Found): void {
  for (const id of Object.keys(described.forms)) {
    for (const field of domains.form(id)?.fields ?? []) {
      const name = `${id}.${field.name}`;
      let shown = true;
      for (const rule of ['visible', 'required'] as const) {
        const formula = field[rule];
        if (typeof formula === 'boolean') continue;
        const asked = askedInTurn([conditionOf(formula.text, known)], domains, id);
        const never: Never =
          asked.because.length === 0
            ? { kind: 'settings', condition: formula.text }
            : { kind: 'values', fields: asked.because };
        if (rule === 'visible') shown = asked.held[0] === true;
        if (asked.held[0] === false || !shown) found.set(ruled(name, rule, true), never);
        if (asked.missed[0] === false || (rule === 'required' && !shown)) found.set(ruled(name, rule, false), never);
      }
    }
  }
}
