import type { Json } from '../model/json.ts';
import { atAddress, type Node, pathOf } from './ast.ts';
import type { Scope } from './evaluate.ts';

/** Answers where the answer is certain without CEL, undefined where CEL has its say: a missing member, another type. */
export type Direct = (scope: Scope) => boolean | undefined;

/**
 * The plain conditions that most of a process consists of (a fact, `!`, `&&`, `||`, equal texts, sizes of lists, `distinct`,
 * `at`) as a function: data needs no CEL shape for them. Null where the expression is anything else.
 */
export function directOf(node: Node): Direct | null {
  switch (node.op) {
    case 'id':
    case '.':
      return truthOf(node);
    case '!_': {
      const inner = directOf(node.args);
      return inner === null ? null : (scope) => negated(inner(scope));
    }
    case '&&':
    case '||':
      return joined(directOf(node.args[0]), directOf(node.args[1]), node.op === '||');
    case '==':
    case '!=':
      return equalTexts(node.args[0], node.args[1], node.op === '==') ?? comparedSizes(node.op, ...node.args);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparedSizes(node.op, ...node.args);
    case 'call':
      return calledOf(node, node.args[0], node.args[1]);
    default:
      return null;
  }
}

function truthOf(node: Node): Direct | null {
  const path = pathOf(node);
  if (path === null) return null;
  return (scope) => {
    const value = follow(path, scope);
    return typeof value === 'boolean' ? value : undefined;
  };
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** The right side is looked at when the left one is certain and does not decide, as in CEL. */
function joined(left: Direct | null, right: Direct | null, deciding: boolean): Direct | null {
  if (left === null || right === null) return null;
  return (scope) => {
    const first = left(scope);
    return first === undefined || first === deciding ? first : right(scope);
  };
}

function equalTexts(one: Node, other: Node, wanted: boolean): Direct | null {
  const [first, second] = [textOf(one), textOf(other)];
  if (first === null || second === null) return null;
  return (scope) => {
    const [left, right] = [first(scope), second(scope)];
    return typeof left === 'string' && typeof right === 'string' ? (left === right) === wanted : undefined;
  };
}

function textOf(node: Node): ((scope: Scope) => unknown) | null {
  if (node.op === 'value') return typeof node.args === 'string' ? () => node.args : null;
  const path = pathOf(node);
  return path === null ? null : (scope) => follow(path, scope);
}

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

const comparisons: { readonly [operator in Comparison]: (one: number, other: number) => boolean } = {
  '==': (one, other) => one === other,
  '!=': (one, other) => one !== other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

function comparedSizes(operator: Comparison, one: Node, other: Node): Direct | null {
  const [first, second] = [sizeOf(one), sizeOf(other)];
  if (first === null || second === null) return null;
  const compare = comparisons[operator];
  return (scope) => {
    const [left, right] = [first(scope), second(scope)];
    return left === undefined || right === undefined ? undefined : compare(left, right);
  };
}

/** `size(records.x)`, or a whole number that is written. */
function sizeOf(node: Node): ((scope: Scope) => number | undefined) | null {
  if (node.op === 'value') {
    const value = typeof node.args === 'bigint' ? Number(node.args) : Number.NaN;
    return Number.isSafeInteger(value) ? () => value : null;
  }
  if (node.op !== 'call' || node.args[0] !== 'size' || node.args[1].length !== 1) return null;
  const path = pathOf(node.args[1][0] as Node);
  if (path === null) return null;
  return (scope) => {
    const value = follow(path, scope);
    return Array.isArray(value) ? value.length : undefined;
  };
}

function calledOf(node: Node, name: string, args: readonly Node[]): Direct | null {
  const address = atAddress(node);
  if (address !== null) return (scope) => scope.at?.(address) ?? false;
  if (name !== 'distinct') return null;
  const paths = args.map(pathOf);
  if (!paths.every((path) => path !== null)) return null;
  return (scope) => {
    const seen = new Set<string>();
    for (const path of paths) {
      const value = follow(path, scope);
      // Nobody there: different from all.
      if (value === absent) continue;
      if (typeof value !== 'string') return undefined;
      if (seen.has(value)) return false;
      seen.add(value);
    }
    return true;
  };
}

const absent = Symbol('absent');

/** The value; `absent` when the last name is missing in an object; undefined when the path does not lead that far. */
function follow(path: readonly string[], scope: Scope): Json | typeof absent | undefined {
  let here: Json = scope.values[path[0] as string] ?? null;
  for (let index = 1; index < path.length; index++) {
    if (here === null || typeof here !== 'object' || Array.isArray(here)) return undefined;
    const name = path[index] as string;
    const inner: Json | undefined = Object.hasOwn(here, name) ? here[name] : undefined;
    if (inner === undefined) return index === path.length - 1 ? absent : undefined;
    here = inner;
  }
  return here;
}
