import { transitions } from '../check/walk.ts';
import { commonAround } from '../compose/addresses.ts';
import {
  atAddress,
  childrenOf,
  evaluateText,
  type Node,
  parse,
  pathOf,
  print,
  references,
} from '../expressions/index.ts';
import type { ChartState, Transition, Words } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';

/** What conditions look at besides where a case is and what is proven: what tells two cases of one configuration apart. */
export interface Terms {
  /** Terms over committed data, records and dates, as CEL text; each is true, false, or cannot be told. */
  readonly data: readonly string[];
  /** Record -> the terms over its entries. */
  readonly about: ReadonlyMap<string, readonly string[]>;
  /** Counters, and records whose number a condition compares with a number. */
  readonly counts: readonly Count[];
  /** The `edit` of tasks: which fields are open. */
  readonly edits: readonly string[];
}

export interface Count {
  readonly kind: 'counter' | 'record';
  readonly name: string;
  /** From here on no condition sees a difference. */
  readonly most: number;
  /** The state around everything that counts it or asks for it: elsewhere it makes no difference. */
  readonly around: string;
}

/** A condition of the chart and the state in which it stands. */
interface Condition {
  readonly text: string;
  readonly state: string;
}

const known = new WeakMap<Definition, Terms>();

export function termsOf(definition: Definition): Terms {
  let terms = known.get(definition);
  if (terms === undefined) {
    terms = collect(definition);
    known.set(definition, terms);
  }
  return terms;
}

/** Names of the counts that the transitions with these branches ask for. */
export function countsOf(definition: Definition, branches: ReadonlySet<string>): readonly string[] {
  const names = new Set<string>();
  for (const { transition } of transitions(definition.chart)) {
    if (!transition.branches.some((branch) => branches.has(branch.address))) continue;
    for (const branch of transition.branches) {
      const parsed = branch.if === null ? null : parse(branch.if);
      if (parsed?.kind !== 'parsed') continue;
      for (const leaf of leavesOf(parsed.expression.ast)) {
        const count = countIn(definition, leaf);
        if (count !== null) names.add(count.name);
      }
    }
  }
  return [...names];
}

const namesKnown = new WeakMap<Definition, Map<string, readonly string[]>>();

/**
 * What a condition looks at, named as in a case's shape: `fact x`, `at main.x`, terms over data by their text, counts by
 * their name. What is sent with an event is left out.
 */
export function namesIn(definition: Definition, text: string): readonly string[] {
  const names = namesKnown.get(definition) ?? new Map<string, readonly string[]>();
  namesKnown.set(definition, names);
  let found = names.get(text);
  if (found === undefined) {
    const parsed = parse(text);
    found =
      parsed.kind === 'failed' ? [] : leavesOf(parsed.expression.ast).flatMap((leaf) => namesOf(definition, leaf));
    names.set(text, found);
  }
  return found;
}

/** What the conditions of its branches look at. */
export const namesOfTransition = onceEach((definition, { branches }: Transition) =>
  branches.flatMap((branch) => (branch.if === null ? [] : namesIn(definition, branch.if))),
);

/** What the conditions look at that a state asks by itself. */
export const namesAskedIn = onceEach((definition, { when, done, obligations }: ChartState) => {
  const asked = obligations.flatMap(({ fact, if: condition }) => [
    ...(fact === null ? [] : [`fact ${fact}`]),
    ...(condition === null ? [] : namesIn(definition, condition)),
  ]);
  return [...asked, ...[when, done].flatMap((each) => (each === null ? [] : namesOfTransition(definition, each)))];
});

/** Worked out once for each part of a definition: the search asks again and again. */
function onceEach<Part extends object>(
  names: (definition: Definition, part: Part) => readonly string[],
): (definition: Definition, part: Part) => readonly string[] {
  const known = new WeakMap<Definition, WeakMap<Part, readonly string[]>>();
  return (definition, part) => {
    const parts = known.get(definition) ?? new WeakMap<Part, readonly string[]>();
    known.set(definition, parts);
    let found = parts.get(part);
    if (found === undefined) {
      found = names(definition, part);
      parts.set(part, found);
    }
    return found;
  };
}

function namesOf(definition: Definition, leaf: Node): readonly string[] {
  const address = atAddress(leaf);
  if (address !== null) return [`at ${address}`];
  const paths = references(leaf).map((each) => each.path);
  if (paths.some(([root]) => root === 'event')) return [];
  if (paths.every(([root]) => root === 'facts' || root === 'settings'))
    return paths.flatMap(([root, name]) => (root === 'facts' ? [`fact ${name}`] : []));
  return [countIn(definition, leaf)?.name ?? print(leaf)];
}

/** The terms of a condition: what stands between `&&`, `||` and `!`. */
export function leavesOf(node: Node): readonly Node[] {
  if (node.op === '&&' || node.op === '||' || node.op === '!_') return childrenOf(node).flatMap(leavesOf);
  return [node];
}

function conditionsOf(definition: Definition): readonly Condition[] {
  const found: Condition[] = [];
  const add = (text: string | null, state: string) => {
    if (text !== null) found.push({ text, state });
  };
  for (const { state, transition } of transitions(definition.chart))
    for (const branch of transition.branches) add(branch.if, state.address);
  for (const state of Object.values(definition.chart.states))
    for (const obligation of state.obligations) add(obligation.if, state.address);
  return found;
}

function collect(definition: Definition): Terms {
  const data = new Set<string>();
  const about = new Map<string, readonly string[]>();
  const counts = new Map<string, { -readonly [key in keyof Count]: Count[key] }>();
  for (const { text, state } of conditionsOf(definition)) {
    const parsed = parse(text);
    if (parsed.kind === 'failed') continue;
    for (const leaf of leavesOf(parsed.expression.ast)) {
      if (atAddress(leaf) !== null) continue;
      const roots = new Set(references(leaf).map((each) => each.path[0] as string));
      if (roots.has('event') || [...roots].every((root) => root === 'facts' || root === 'settings')) continue;
      const count = countIn(definition, leaf);
      if (count === null) {
        data.add(print(leaf));
        for (const record of recordsIn(leaf)) about.set(record, [...(about.get(record) ?? []), print(leaf)]);
      } else {
        const before = counts.get(`${count.kind} ${count.name}`);
        const most = Math.max(before?.most ?? 0, count.most);
        const around = before === undefined ? state : commonAround(before.around, state);
        counts.set(`${count.kind} ${count.name}`, { ...count, most, around });
      }
    }
  }
  for (const { state, words } of wordsOf(definition)) {
    for (const [kind, names] of [
      ['counter', words.count],
      ['record', words.record],
    ] as const) {
      for (const name of names) {
        const count = counts.get(`${kind} ${name}`);
        if (count !== undefined) count.around = commonAround(count.around, state);
      }
    }
  }
  const edits = Object.values(definition.chart.states).flatMap((state) => state.task?.edit ?? []);
  return { data: [...data], about, counts: [...counts.values()], edits: [...new Set(edits)] };
}

function recordsIn(leaf: Node): ReadonlySet<string> {
  const paths = references(leaf).map((each) => each.path);
  return new Set(
    paths.flatMap(([root, name]) => ((root === 'records' || root === 'last') && name !== undefined ? [name] : [])),
  );
}

function wordsOf(definition: Definition): readonly { readonly state: string; readonly words: Words }[] {
  return [
    ...transitions(definition.chart).flatMap(({ state, transition }) =>
      transition.branches.map(({ words }) => ({ state: state.address, words })),
    ),
    ...Object.values(definition.chart.states).map(({ address, enter }) => ({ state: address, words: enter })),
  ];
}

/** `counters.x < settings.max`, `size(records.x) >= 5`: from one above the number on nothing changes any more. */
function countIn(definition: Definition, leaf: Node): Pick<Count, 'kind' | 'name' | 'most'> | null {
  if (!Array.isArray(leaf.args) || leaf.args.length !== 2 || leaf.op === 'call') return null;
  const sides = leaf.args as readonly Node[];
  for (const [side, other] of [sides, [...sides].reverse()] as const) {
    const counted = side === undefined ? null : countedBy(side);
    if (counted === null || other === undefined) continue;
    const result = evaluateText(print(other), { values: { settings: definition.settings } });
    if (result.kind === 'value' && typeof result.value === 'number') return { ...counted, most: result.value + 1 };
  }
  return null;
}

function countedBy(node: Node): Pick<Count, 'kind' | 'name'> | null {
  const path = pathOf(node);
  if (path?.[0] === 'counters' && path[1] !== undefined) return { kind: 'counter', name: path[1] };
  if (node.op !== 'call' || node.args[0] !== 'size' || node.args[1][0] === undefined) return null;
  const of = pathOf(node.args[1][0]);
  return of?.[0] === 'records' && of[1] !== undefined ? { kind: 'record', name: of[1] } : null;
}
