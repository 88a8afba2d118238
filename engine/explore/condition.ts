import { atAddress, evaluateText, type Node, parse, pathOf, print, references } from '../expressions/index.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { mirrored, type Test } from './comparison.ts';

/**
 * A condition as the search sees it. Facts, `at()`, sizes of records and counters against numbers, sizes of two records
 * that a law compares, presence of records and people, `distinct` and settings are exact; everything else is an atom that
 * may go either way. [PRV-2]
 */
export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Condition[] }
  | { readonly kind: 'not'; readonly term: Condition }
  | { readonly kind: 'fact'; readonly fact: string }
  | { readonly kind: 'at'; readonly address: string }
  /** `counters.x` or `size(records.x)` against a number. */
  | { readonly kind: 'size'; readonly of: 'counter' | 'record'; readonly name: string; readonly test: Test }
  /** `has(last.x.field)`: false while the record is empty; then true when every entry has the field, else free. */
  | { readonly kind: 'entry'; readonly record: string; readonly always: boolean; readonly free: Free }
  /** `size(records.a)` against `size(records.b)`, where a law asks for it, as the test of their difference against 0. */
  | { readonly kind: 'gap'; readonly records: readonly [string, string]; readonly test: Test }
  /** `has(people.x)`. */
  | { readonly kind: 'signed'; readonly part: string }
  /** Both were signed, and by one person. */
  | { readonly kind: 'same'; readonly parts: readonly [string, string] }
  | Free;

export type Atom = Exclude<Condition, { readonly kind: 'not' } | { readonly terms: readonly Condition[] }>;

/** A term that the search does not know: the same text has one value as long as what it reads stays the same. */
export interface Free {
  readonly kind: 'free';
  readonly text: string;
  /** It asks one path against a written value: the answers to all such questions about one path agree. */
  readonly test: ValueTest | null;
  /** It reads what words of a step may change (records, counters, people …), not only what was sent. */
  readonly changing: boolean;
}

/** A question about the value at a path: `order.amount > 0`, `event.mode == "online"`, `has(person.mail)`. */
export interface ValueTest {
  readonly path: string;
  readonly op: '==' | '<' | '<=' | '>' | '>=' | 'has';
  /** A number, text or truth value; null for `has`. */
  readonly than: Json;
}

export const always: Condition = { kind: 'constant', value: true };
const never: Condition = { kind: 'constant', value: false };

/** What is known while a definition is searched. */
export interface Known {
  readonly settings: JsonObject;
  readonly facts: ReadonlySet<string>;
  readonly counters: ReadonlySet<string>;
  readonly records: ReadonlySet<string>;
  /** A law compares the sizes of these two: which has more is followed. */
  readonly compared: (one: string, other: string) => boolean;
  readonly people: ReadonlySet<string>;
  /** No one person can ever have signed as both. */
  readonly apart: (one: string, other: string) => boolean;
  /** Every entry of the record has that field. */
  readonly required: (record: string, field: string) => boolean;
}

const before = new WeakMap<Known, Map<string, Condition>>();

/**
 * A condition of the chart, or of a law. A text that does not parse never holds, as in a step. The same text is the same
 * object: each search of a definition reads its conditions again.
 */
export function conditionOf(text: string | null, known: Known): Condition {
  if (text === null) return always;
  let read = before.get(known);
  if (read === undefined) {
    read = new Map();
    before.set(known, read);
  }
  let condition = read.get(text);
  if (condition === undefined) {
    const parsed = parse(text);
    condition = parsed.kind === 'failed' ? never : conditionOfNode(parsed.expression.ast, known);
    read.set(text, condition);
  }
  return condition;
}

export function conditionOfNode(node: Node, known: Known): Condition {
  switch (node.op) {
    case '&&':
    case '||': {
      const kind = node.op === '&&' ? 'and' : 'or';
      const terms = node.args.map((each) => conditionOfNode(each, known));
      return joined(kind, terms);
    }
    case '!_':
      return not(conditionOfNode(node.args, known));
    case '?:': {
      const [test, yes, no] = node.args.map((each) => conditionOfNode(each, known)) as [
        Condition,
        Condition,
        Condition,
      ];
      return joined('or', [joined('and', [test, yes]), joined('and', [not(test), no])]);
    }
    case 'value':
      return node.args === true ? always : node.args === false ? never : freeOf(node);
    default:
      return atomOf(node, known);
  }
}

function atomOf(node: Node, known: Known): Condition {
  const address = atAddress(node);
  if (address !== null) return { kind: 'at', address };
  const reads = references(node);
  if (reads.every((each) => each.path[0] === 'settings')) {
    const result = evaluateText(print(node), { values: { settings: known.settings } });
    return result.kind === 'value' && result.value === true ? always : never;
  }
  const path = pathOf(node);
  if (path?.[0] === 'facts' && path.length === 2)
    return known.facts.has(path[1] as string) ? { kind: 'fact', fact: path[1] as string } : never;
  const exact = entryOf(node, known) ?? signedOf(node, known) ?? distinctOf(node, known);
  if (exact !== null) return exact;
  switch (node.op) {
    case '!=':
      return not(comparison('==', node.args[0], node.args[1], known));
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
      return comparison(node.op, node.args[0], node.args[1], known);
    default:
      return freeOf(node);
  }
}

function comparison(op: Test['op'], left: Node, right: Node, known: Known): Condition {
  const one = sizeOf(left, known);
  const than = numberOf(right, known);
  if (one !== null && than !== null) return { kind: 'size', ...one, test: { op, than } };
  const two = sizeOf(right, known);
  if (one?.of === 'record' && two?.of === 'record' && known.compared(one.name, two.name))
    return gapOf(op, one.name, two.name);
  const by = numberOf(left, known);
  if (two !== null && by !== null) return { kind: 'size', ...two, test: { op: mirrored[op], than: by } };
  if (op !== '==' && op !== '!=') {
    const ordered = left.op === 'value' ? mirrored[op] : op;
    const [asked, number] = left.op === 'value' ? [right, left] : [left, right];
    return free(`${print(asked)} ${ordered} ${print(number)}`, [left, right], testOf(asked, ordered as '<', number));
  }
  // The same question asked the other way round is the same atom.
  const [a, b] = [left, right].sort(
    (x, y) => Number(x.op === 'value') - Number(y.op === 'value') || (print(x) < print(y) ? -1 : 1),
  ) as [Node, Node];
  return free(`${print(a)} == ${print(b)}`, [left, right], testOf(a, '==', b));
}

function testOf(asked: Node, op: Exclude<ValueTest['op'], 'has'>, than: Node): ValueTest | null {
  if (than.op !== 'value' || pathOf(asked) === null) return null;
  const value: unknown = typeof than.args === 'bigint' ? Number(than.args) : than.args;
  if (typeof value === 'number' || (op === '==' && (typeof value === 'string' || typeof value === 'boolean')))
    return { path: print(asked), op, than: value };
  return null;
}

function gapOf(op: Test['op'], one: string, other: string): Condition {
  if (one < other) return { kind: 'gap', records: [one, other], test: { op, than: 0 } };
  return { kind: 'gap', records: [other, one], test: { op: mirrored[op], than: 0 } };
}

function sizeOf(node: Node, known: Known): { readonly of: 'counter' | 'record'; readonly name: string } | null {
  const path = pathOf(node);
  if (path?.[0] === 'counters' && path.length === 2 && known.counters.has(path[1] as string))
    return { of: 'counter', name: path[1] as string };
  const argument = node.op === 'call' && node.args[0] === 'size' ? node.args[1][0] : undefined;
  const list = argument === undefined ? null : pathOf(argument);
  if (list?.[0] === 'records' && list.length === 2 && known.records.has(list[1] as string))
    return { of: 'record', name: list[1] as string };
  return null;
}

/** A whole number that is known before the search: written, or worked out from the settings. */
function numberOf(node: Node, known: Known): number | null {
  if (references(node).some((each) => each.path[0] !== 'settings')) return null;
  const result = evaluateText(print(node), { values: { settings: known.settings } });
  return result.kind === 'value' && Number.isInteger(result.value) ? (result.value as number) : null;
}

function entryOf(node: Node, known: Known): Condition | null {
  const argument = node.op === 'call' && node.args[0] === 'has' ? node.args[1][0] : undefined;
  const [root, record, field, more] = (argument === undefined ? null : pathOf(argument)) ?? [];
  if (root !== 'last' || record === undefined || field === undefined || !known.records.has(record)) return null;
  const isAlways = more === undefined && known.required(record, field);
  return { kind: 'entry', record, always: isAlways, free: freeOf(node) };
}

function signedOf(node: Node, known: Known): Condition | null {
  const argument = node.op === 'call' && node.args[0] === 'has' ? node.args[1][0] : undefined;
  const part = argument === undefined ? null : partOf(argument, known);
  return part === null ? null : { kind: 'signed', part };
}

/** `distinct(people.a, people.b, …)`: no two of them are one person. */
function distinctOf(node: Node, known: Known): Condition | null {
  if (node.op !== 'call' || node.args[0] !== 'distinct') return null;
  const parts = node.args[1].map((each) => partOf(each, known));
  const pairs: Condition[] = [];
  for (const [index, one] of parts.entries())
    for (const other of parts.slice(index + 1)) {
      if (one === null || other === null) return null;
      if (known.apart(one, other)) continue;
      const both: [string, string] = one < other ? [one, other] : [other, one];
      pairs.push(not(one === other ? { kind: 'signed', part: one } : { kind: 'same', parts: both }));
    }
  return joined('and', pairs);
}

function partOf(node: Node, known: Known): string | null {
  const [root, part, more] = pathOf(node) ?? [];
  return root === 'people' && part !== undefined && more === undefined && known.people.has(part) ? part : null;
}

function freeOf(node: Node): Free {
  return free(print(node), [node], presenceOf(node));
}

/** `has(path)`, or a path that is itself a truth value. */
function presenceOf(node: Node): ValueTest | null {
  const inner = node.op === 'call' && node.args[0] === 'has' ? node.args[1][0] : undefined;
  if (inner !== undefined) return pathOf(inner) === null ? null : { path: print(inner), op: 'has', than: null };
  return pathOf(node) === null ? null : { path: print(node), op: '==', than: true };
}

const fixed: ReadonlySet<string> = new Set(['settings', 'event', 'case', 'now', 'today', 'workdays']);
const moving: ReadonlySet<string> = new Set(['facts', 'counters', 'records', 'last', 'people', 'tables']);

function free(text: string, nodes: readonly Node[], test: ValueTest | null): Free {
  const roots = nodes.flatMap((node) => references(node).map((each) => each.path[0] as string));
  const changing = roots.some((root) => moving.has(root) && !fixed.has(root));
  return { kind: 'free', text, test, changing };
}

function not(term: Condition): Condition {
  if (term.kind === 'constant') return term.value ? never : always;
  return term.kind === 'not' ? term.term : { kind: 'not', term };
}

export function joined(kind: 'and' | 'or', terms: readonly Condition[]): Condition {
  const decides = kind === 'or';
  const open: Condition[] = [];
  for (const term of terms) {
    if (term.kind === 'constant') {
      if (term.value === decides) return term;
    } else if (term.kind === kind) open.push(...term.terms);
    else open.push(term);
  }
  if (open.length === 0) return decides ? never : always;
  return open.length === 1 ? (open[0] as Condition) : { kind, terms: open };
}

export type Truth = boolean | 'unknown';

/** The truth of a condition of whose atoms some are not known: what decides decides, whatever the others are. */
export function truthOf(condition: Condition, known: (atom: Atom) => Truth): Truth {
  switch (condition.kind) {
    case 'constant':
      return condition.value;
    case 'not': {
      const inner = truthOf(condition.term, known);
      return inner === 'unknown' ? inner : !inner;
    }
    case 'and':
    case 'or': {
      const decides = condition.kind === 'or';
      let unknown = false;
      for (const term of condition.terms) {
        const truth = truthOf(term, known);
        if (truth === decides) return decides;
        if (truth === 'unknown') unknown = true;
      }
      return unknown ? 'unknown' : !decides;
    }
    default:
      return known(condition);
  }
}

/** Every atom of a condition. */
export function atomsOf(condition: Condition): readonly Atom[] {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const atoms: Atom[] = [];
      for (const term of condition.terms) for (const atom of atomsOf(term)) atoms.push(atom);
      return atoms;
    }
    case 'not':
      return atomsOf(condition.term);
    default:
      return [condition];
  }
}
