import { outcomeEvent, timerEvent, timerId } from '../compile/names.ts';
import { boundOf } from './comparison.ts';
import { type Atom, atomsOf, type Condition } from './condition.ts';
import type { Edge, Nodes, Searched } from './nodes.ts';

/** One variable of a searched state: a small number. */
export interface Slot {
  readonly index: number;
  readonly kind: 'fact' | 'counter' | 'record' | 'gap' | 'signed' | 'same' | 'spent' | 'history';
  /**
   * Fact, counter, record, part that somebody signs as; two records or parts with a space between them; the event of an
   * answer or deadline that was used up; address of the state with a way back.
   */
  readonly name: string;
  /** Counters and records: the smallest value of each class that the conditions tell apart, from 0 on. */
  readonly classes: readonly number[];
  /** Not followed: any value, each time it is asked for. */
  readonly open: boolean;
  readonly daily: boolean;
}

/** By the value of a `gap`: how many more entries the first record has than the second, beyond 1 as 1. */
export const gaps = [0, 1, -1] as const;

export interface Asked {
  readonly condition: Condition;
  /** Node that has to be active for it, or -1: always. */
  readonly at: number;
}

/** Variables that the chart's conditions, and the further ones that are asked, tell apart. */
export function slotsOf(
  searched: Searched,
  nodes: Nodes,
  asked: readonly Asked[],
  kept: readonly number[],
  follow: ReadonlySet<string> | 'all',
): readonly Slot[] {
  const flags = new Map<string, Slot['kind']>();
  const classes = new Map<string, Set<number>>();
  for (const { condition } of asked) {
    for (const atom of atomsOf(condition)) {
      for (const { kind, name } of flagsOf(atom)) flags.set(`${kind} ${name}`, kind);
      const sized = sizeName(atom);
      if (sized === null) continue;
      const known = classes.get(sized) ?? new Set([0]);
      if (atom.kind === 'entry') known.add(1);
      if (atom.kind === 'size') {
        const bound = boundOf(atom.test);
        known.add(bound);
        if ((atom.test.op === '==' || atom.test.op === '!=') && atom.test.than > 0) known.add(atom.test.than);
      }
      classes.set(sized, known);
    }
  }
  const slots: Slot[] = [];
  const add = (slot: Omit<Slot, 'index' | 'classes' | 'open' | 'daily'> & Partial<Slot>) =>
    slots.push({ classes: [], open: false, daily: false, ...slot, index: slots.length });
  for (const [flag, kind] of flags) add({ kind, name: flag.slice(kind.length + 1) });
  for (const [sized, known] of classes) {
    const [kind, name] = sized.split(' ') as ['counter' | 'record', string];
    const values = [...known].sort((a, b) => a - b);
    const daily = kind === 'counter' && searched.declared.counters[name]?.per === 'day';
    const small = (values.at(-1) as number) <= 1 && !daily;
    add({ kind, name, classes: values, daily, open: !small && follow !== 'all' && !follow.has(sized) });
  }
  for (const node of nodes.all) {
    const { state } = node;
    if (state === null) continue;
    const types = [
      ...Object.keys(state.outcomes).map((outcome) => outcomeEvent(state.address, outcome)),
      ...state.after.map((deadline) => timerEvent(timerId(state.address, 'after', deadline.key))),
    ];
    const calls = types.filter((type) => type.startsWith('call.'));
    if (calls.some((type) => mayStay(node.on.get(type)))) add({ kind: 'spent', name: `call.${state.address}` });
    for (const type of types)
      if (!type.startsWith('call.') && mayStay(node.on.get(type))) add({ kind: 'spent', name: type });
  }
  for (const index of kept) add({ kind: 'history', name: nodes.all[index]?.address ?? '' });
  return slots;
}

/** Taking it may leave the case where it is: then it cannot be taken again. */
function mayStay(edges: readonly Edge[] | undefined): boolean {
  if (edges === undefined) return false;
  const sure = edges.some((edge) => edge.guard.kind === 'constant' && edge.guard.value);
  return !sure || edges.some((edge) => edge.target < 0);
}

function sizeName(atom: {
  readonly kind: string;
  readonly of?: string;
  readonly name?: string;
  readonly record?: string;
}) {
  if (atom.kind === 'size') return `${atom.of} ${atom.name}`;
  return atom.kind === 'entry' ? `record ${atom.record}` : null;
}

/**
 * By slot and node: 1 where the variable can still make a difference when that leaf is active. A variable that is set
 * back before anything asks for it, or that nothing can ask for any more, is none of the state's business: without
 * this, cases that go on in the same way would count as different ones.
 */
export function livesOf(
  searched: Searched,
  nodes: Nodes,
  slots: readonly Slot[],
  asked: readonly Asked[],
): Uint8Array[] {
  const graph = leafGraph(nodes);
  const under = leavesUnder(nodes);
  const readers = readersOf(asked);
  return slots.map((slot) => {
    const live = new Uint8Array(nodes.all.length);
    const reads =
      slot.kind === 'history' ? returnsTo(nodes, slot.name) : (readers.get(`${slot.kind} ${slot.name}`) ?? nowhere);
    const queue: number[] = [];
    const mark = (leaf: number) => {
      if (live[leaf] === 1) return;
      live[leaf] = 1;
      queue.push(leaf);
    };
    for (const at of reads) for (const leaf of under(Math.max(at, 0))) mark(leaf);
    const reset =
      slot.kind === 'counter' ? nodes.of.get(searched.declared.counters[slot.name]?.reset ?? '')?.index : undefined;
    for (let leaf = queue.pop(); leaf !== undefined; leaf = queue.pop())
      for (const way of graph.into.get(leaf) ?? [])
        if (reset === undefined || way.returns || !graph.enters(way, reset)) mark(way.from);
    return live;
  });
}

/** Variables of their own that an atom asks for, but for numbers. */
function flagsOf(atom: Atom): readonly Pick<Slot, 'kind' | 'name'>[] {
  switch (atom.kind) {
    case 'fact':
      return [{ kind: 'fact', name: atom.fact }];
    case 'gap':
      return [{ kind: 'gap', name: atom.records.join(' ') }];
    case 'signed':
      return [{ kind: 'signed', name: atom.part }];
    case 'same':
      // Who signs is compared with those who signed before.
      return [
        ...atom.parts.map((name) => ({ kind: 'signed' as const, name })),
        { kind: 'same', name: atom.parts.join(' ') },
      ];
    default:
      return [];
  }
}

const nowhere: ReadonlySet<number> = new Set();

/** `kind name` of a slot -> the nodes at which it is asked for. */
function readersOf(asked: readonly Asked[]): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  const note = (slot: string, at: number) => {
    const known = found.get(slot);
    if (known === undefined) found.set(slot, new Set([at]));
    else known.add(at);
  };
  for (const { condition, at } of asked)
    for (const atom of atomsOf(condition)) {
      for (const { kind, name } of flagsOf(atom)) note(`${kind} ${name}`, at);
      const sized = sizeName(atom);
      if (sized !== null) note(sized, at);
    }
  return found;
}

function returnsTo(nodes: Nodes, address: string): number[] {
  return nodes.edges.flatMap((edge) =>
    edge.back >= 0 && nodes.all[edge.back]?.address === address ? [edge.source] : [],
  );
}

interface Way {
  readonly from: number;
  readonly to: number;
  readonly target: number;
  readonly returns: boolean;
}

function leavesUnder(nodes: Nodes): (at: number) => readonly number[] {
  const known = new Map<number, readonly number[]>();
  const under = (at: number): readonly number[] => {
    let found = known.get(at);
    if (found === undefined) {
      const { children } = nodes.all[at] as Nodes['all'][number];
      found = children.length === 0 ? [at] : children.flatMap((child) => under(child));
      known.set(at, found);
    }
    return found;
  };
  return under;
}

/** Which leaf may follow upon which, all conditions taken as open. */
function leafGraph(nodes: Nodes) {
  const under = leavesUnder(nodes);
  const into = new Map<number, Way[]>();
  const starts = (at: number): readonly number[] => {
    const node = nodes.all[at] as Nodes['all'][number];
    if (node.kind === 'parallel') return node.children.flatMap((child) => starts(child));
    return node.start < 0 ? [at] : starts(node.start);
  };
  for (const edge of nodes.edges) {
    if (edge.target < 0) continue;
    const targets = edge.back < 0 ? starts(edge.target) : under(edge.back);
    for (const from of under(edge.source))
      for (const to of targets) {
        const ways = into.get(to) ?? [];
        ways.push({ from, to, target: edge.target, returns: edge.back >= 0 });
        into.set(to, ways);
      }
  }
  const within = (node: number, around: number): boolean => {
    for (let here = node; here >= 0; here = (nodes.all[here] as Nodes['all'][number]).parent)
      if (here === around) return true;
    return false;
  };
  /** The way enters that state anew. */
  const enters = (way: Way, state: number) =>
    within(way.to, state) && (way.target === state || !within(way.from, state));
  return { into, enters };
}
