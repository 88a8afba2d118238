import { comprehensions, type Node, print } from './ast.ts';
import type { Around } from './check.ts';
import type { ExpressionCode } from './parse.ts';
import { any, bool, describe, int, text as string, type Type } from './types.ts';

/** What the checker does for the arguments of functions and methods. */
export interface Typing {
  /** `at()` may be used. */
  readonly at: boolean;
  typeOf(node: Node, around: Around): Type;
  expect(node: Node, found: Type, want: Type): void;
  /** @param asked inside `has()`: it may be missing */
  field(node: Node, object: Node, name: string, around: Around, asked: boolean): Type;
  issue(code: ExpressionCode, node: Node, params: { [name: string]: string }, proposal?: string): void;
}

/** `has(x)`, `at('…')`, `size(x)` …: what it gives. */
export function typeOfCall(typing: Typing, node: Node, name: string, args: readonly Node[], around: Around): Type {
  const inner: Around = { ...around, logical: false };
  switch (name) {
    case 'has': {
      const [argument] = args;
      if (argument?.op !== '.' || args.length !== 1) {
        typing.issue('expression-function', node, { name: 'has()', reason: '里面要写一个字段' });
        return bool;
      }
      typing.field(argument, argument.args[0], argument.args[1], inner, true);
      return bool;
    }
    case 'at': {
      const literal = args[0]?.op === 'value' && typeof args[0].args === 'string' && args.length === 1;
      if (!literal || !around.logical || !typing.at) typing.issue('expression-at', node, {});
      return bool;
    }
    case 'size': {
      const type = args[0] === undefined ? any : typing.typeOf(args[0], inner);
      if (args.length !== 1 || !['list', 'string', 'map', 'object', 'any'].includes(type.kind)) {
        typing.issue('expression-type', node, { found: describe(type), wanted: '列表或文字', part: print(node) });
      }
      return int;
    }
    case 'sum': {
      const type = args[0] === undefined ? any : typing.typeOf(args[0], inner);
      if (args.length !== 1) {
        typing.issue('expression-function', node, { name: 'sum()', reason: '里面要写一个数字的列表' });
        return int;
      }
      const of = type.kind === 'list' ? type.of : type.kind === 'any' ? any : null;
      if (of === null || !['int', 'double', 'any'].includes(of.kind)) {
        typing.issue('expression-type', node, { found: describe(type), wanted: '数字的列表', part: print(node) });
      }
      return of?.kind === 'double' ? of : int;
    }
    case 'distinct':
      // People who have not acted yet are left out by distinct() itself: nothing has to be asked with has().
      for (const argument of args) {
        if (argument.op === '.') typing.field(argument, argument.args[0], argument.args[1], inner, true);
        else typing.typeOf(argument, inner);
      }
      return bool;
    case 'int':
      for (const argument of args) typing.typeOf(argument, inner);
      return int;
    case 'double':
      for (const argument of args) typing.typeOf(argument, inner);
      return { kind: 'double' };
    default:
      for (const argument of args) typing.typeOf(argument, inner);
      return string;
  }
}

/** `list.exists(x, …)`, `text.contains(…)` …: what it gives. */
export function typeOfMethod(
  typing: Typing,
  node: Node,
  name: string,
  receiver: Node,
  args: readonly Node[],
  around: Around,
): Type {
  const type = typing.typeOf(receiver, around);
  if (comprehensions.has(name)) {
    const [variable, ...bodies] = args;
    if (type.kind !== 'list' && type.kind !== 'any') {
      typing.issue('expression-type', receiver, { found: describe(type), wanted: '列表', part: print(receiver) });
    }
    if (variable?.op !== 'id' || bodies.length === 0) {
      typing.issue('expression-function', node, { name, reason: '第一个参数是变量名，第二个是条件' });
      return any;
    }
    const of = type.kind === 'list' ? type.of : any;
    const inside: Around = { ...around, bound: { ...around.bound, [variable.args]: of } };
    const found = bodies.map((body) => typing.typeOf(body, inside));
    if (name === 'map') {
      if (bodies.length === 2) typing.expect(bodies[0] as Node, found[0] as Type, bool);
      return { kind: 'list', of: found.at(-1) ?? any, max: type.kind === 'list' ? type.max : null };
    }
    typing.expect(bodies[0] as Node, found[0] as Type, bool);
    return name === 'filter' ? type : bool;
  }
  for (const argument of args) typing.typeOf(argument, around);
  if (name === 'size') return int;
  if (name === 'join') {
    if (type.kind !== 'list' && type.kind !== 'any')
      typing.expect(receiver, type, { kind: 'list', of: string, max: null });
    return string;
  }
  typing.expect(receiver, type, string);
  if (name === 'indexOf' || name === 'lastIndexOf') return int;
  return name === 'contains' || name === 'startsWith' || name === 'endsWith' ? bool : string;
}
