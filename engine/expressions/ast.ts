import { type ASTNode, serialize } from '@marcbachmann/cel-js';

/** A node of a parsed expression: `op`, `args` and `range` (offsets in the text). Never changed after parsing. */
export type Node = ASTNode;

/** Functions and methods that expressions may call. All are pure, total in cost, and the same on every host. */
export const allowedCalls = {
  functions: new Set(['has', 'size', 'distinct', 'sum', 'at', 'int', 'double', 'string']),
  methods: new Set([
    ...[
      'size',
      'contains',
      'startsWith',
      'endsWith',
      'indexOf',
      'lastIndexOf',
      'substring',
      'lowerAscii',
      'upperAscii',
    ],
    ...['trim', 'join', 'all', 'exists', 'exists_one', 'map', 'filter'],
  ]),
} as const;

/** Methods that bind a variable and run their body once per element. */
export const comprehensions: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** The children of a node, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'list':
      return node.args;
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    case '?:':
      return node.args;
    default:
      return node.args;
  }
}

/** Calls `visit` for the node and everything below it, parents first. `visit` returns false to leave a branch out. */
export function walk(node: Node, visit: (node: Node) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const child of childrenOf(node)) walk(child, visit);
}

/** The expression as text again; parsing it gives the same tree. */
export function print(node: Node): string {
  return serialize(node);
}

/** The terms that all must hold: `a && b && c` -> [a, b, c]. Anything else is one term. */
export function conjuncts(node: Node): readonly Node[] {
  return node.op === '&&' ? [...conjuncts(node.args[0]), ...conjuncts(node.args[1])] : [node];
}

/** The terms of which one must hold: `a || b` -> [a, b]. Anything else is one term. */
export function disjuncts(node: Node): readonly Node[] {
  return node.op === '||' ? [...disjuncts(node.args[0]), ...disjuncts(node.args[1])] : [node];
}

/** `a.b.c` -> ['a', 'b', 'c']; null when the node is not a plain path of names. */
export function pathOf(node: Node): readonly string[] | null {
  if (node.op === 'id') return [node.args];
  if (node.op !== '.') return null;
  const before = pathOf(node.args[0]);
  return before === null ? null : [...before, node.args[1]];
}

/** The address of `at('address')`, or null when the node is something else. */
export function atAddress(node: Node): string | null {
  if (node.op !== 'call' || node.args[0] !== 'at') return null;
  const argument = node.args[1][0];
  return argument?.op === 'value' && typeof argument.args === 'string' ? argument.args : null;
}

/** A reference to data: the longest path of names that starts at a root, and where it stands in the text. */
export interface Reference {
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Under `has(…)`: it is asked whether it is there. */
  readonly asked: boolean;
}

/** All references of an expression; variables that a comprehension binds are left out. */
export function references(node: Node): readonly Reference[] {
  const found: Reference[] = [];
  collect(node, new Set(), false, found);
  return found;
}

function collect(node: Node, bound: ReadonlySet<string>, asked: boolean, found: Reference[]): void {
  const path = pathOf(node);
  if (path !== null) {
    if (!bound.has(path[0] as string)) found.push({ path, start: node.range.start, end: node.range.end, asked });
    return;
  }
  if (node.op === 'rcall' && comprehensions.has(node.args[0])) {
    const [, receiver, args] = node.args;
    collect(receiver, bound, asked, found);
    const variable = args[0]?.op === 'id' ? args[0].args : null;
    const inner = variable === null ? bound : new Set([...bound, variable]);
    for (const argument of args.slice(1)) collect(argument, inner, false, found);
    return;
  }
  const has = node.op === 'call' && node.args[0] === 'has';
  for (const child of childrenOf(node)) collect(child, bound, has, found);
}
