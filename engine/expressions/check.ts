import type { Said } from '../errors/index.ts';
import { own } from '../model/own.ts';
import { type Node, pathOf, print } from './ast.ts';
import { type Typing, typeOfCall, typeOfMethod } from './calls.ts';
import { certain, union } from './certain.ts';
import type { Judge, Verdict } from './judge.ts';
import { nearest } from './nearest.ts';
import { type ExpressionCode, type ExpressionIssue, parse } from './parse.ts';
import {
  any,
  bool,
  describe,
  fits,
  int,
  isNumber,
  text as string,
  type Type,
  type Types,
  typeOfLiteral,
} from './types.ts';

export interface CheckOptions {
  /** What the expression must give; a condition wants `bool`. Without it anything will do. */
  readonly want?: Type;
  /** `at()` may be used (conditions of the process, laws); its addresses are checked by whoever knows the chart. */
  readonly at?: boolean;
  /** Rules that are asked on the way; they say what types alone do not. */
  readonly judges?: readonly Judge[];
}

export type Checked =
  | { readonly kind: 'checked'; readonly type: Type }
  | { readonly kind: 'failed'; readonly issues: readonly ExpressionIssue[] };

/**
 * Checks an expression against the types of what it can see: unknown names and fields, operands that do not fit, `at()` in
 * the middle of a larger expression, and what the judges know. Never throws.
 */
export function check(text: string, types: Types, options: CheckOptions = {}): Checked {
  const parsed = parse(text);
  if (parsed.kind === 'failed') return { kind: 'failed', issues: [parsed.issue] };
  const checker = new Checker(types, options.at === true, options.judges ?? []);
  const type = checker.typeOf(parsed.expression.ast, { bound: {}, present: new Set(), logical: true });
  if (options.want !== undefined && checker.issues.length === 0) {
    checker.expect(parsed.expression.ast, type, options.want);
  }
  if (checker.issues.length === 0) checker.whole(parsed.expression.ast);
  return checker.issues.length > 0 ? { kind: 'failed', issues: checker.issues } : { kind: 'checked', type };
}

export interface Around {
  /** Variables of the comprehensions around. */
  readonly bound: { readonly [name: string]: Type };
  /** Paths that `has()` made sure of. */
  readonly present: ReadonlySet<string>;
  /** The node is the whole expression or a term of `&&`, `||`, `!`: where `at()` may stand. */
  readonly logical: boolean;
}

const order = new Set(['<', '<=', '>', '>=']);
const arithmetic = new Set(['+', '-', '*', '/', '%']);

class Checker implements Typing {
  readonly issues: ExpressionIssue[] = [];
  private readonly types: Types;
  readonly at: boolean;
  private readonly judges: readonly Judge[];

  constructor(types: Types, at: boolean, judges: readonly Judge[]) {
    this.types = types;
    this.at = at;
    this.judges = judges;
  }

  /** Asks what can be said of the expression as a whole. */
  whole(node: Node): void {
    for (const judge of this.judges) this.judged(judge, node, judge.whole?.(node, this.types));
  }

  typeOf(node: Node, around: Around): Type {
    const inner: Around = { ...around, logical: false };
    switch (node.op) {
      case 'value':
        return typeOfLiteral(node.args);
      case 'id':
        return this.name(node, node.args, around);
      case '.':
        return this.field(node, node.args[0], node.args[1], inner, false);
      case '[]':
        return this.index(node, node.args[0], node.args[1], inner);
      case '&&': {
        this.condition(node.args[0], around);
        this.condition(node.args[1], { ...around, present: union(around.present, certain(node.args[0], true)) });
        return bool;
      }
      case '||': {
        this.condition(node.args[0], around);
        this.condition(node.args[1], { ...around, present: union(around.present, certain(node.args[0], false)) });
        return bool;
      }
      case '!_':
        this.condition(node.args, around);
        return bool;
      case '-_':
        return this.number(node.args, inner);
      case '?:': {
        const [test, yes, no] = node.args;
        this.condition(test, inner);
        const one = this.typeOf(yes, { ...inner, present: union(inner.present, certain(test, true)) });
        const two = this.typeOf(no, { ...inner, present: union(inner.present, certain(test, false)) });
        return this.join(node, one, two);
      }
      case 'list': {
        const types = node.args.map((item) => this.typeOf(item, inner));
        const of = types.reduce<Type | null>((sum, type) => (sum === null ? type : this.join(node, sum, type)), null);
        return { kind: 'list', of: of ?? any, max: node.args.length };
      }
      case 'map':
        for (const [key, value] of node.args) {
          this.typeOf(key, inner);
          this.typeOf(value, inner);
        }
        return { kind: 'map', of: any };
      case 'call':
        return typeOfCall(this, node, node.args[0], node.args[1], around);
      case 'rcall':
        return typeOfMethod(this, node, node.args[0], node.args[1], node.args[2], inner);
      case '.?':
      case '[?]':
        return any;
      default:
        return this.binary(node, node.op, node.args[0], node.args[1], inner);
    }
  }

  expect(node: Node, found: Type, want: Type): void {
    if (!fits(found, want)) {
      this.issue('expression-type', node, { found: describe(found), wanted: describe(want), part: print(node) });
      return;
    }
    if (want.kind === 'string' && want.values !== undefined) this.literals(node, want.values);
  }

  private condition(node: Node, around: Around): void {
    this.expect(node, this.typeOf(node, { ...around, logical: around.logical }), bool);
  }

  private number(node: Node, around: Around): Type {
    const type = this.typeOf(node, around);
    if (type.kind !== 'double') this.expect(node, type, int);
    return type.kind === 'double' ? type : int;
  }

  private name(node: Node, name: string, around: Around): Type {
    const bound = own(around.bound, name);
    if (bound !== undefined) return bound;
    const root = own(this.types, name);
    if (root !== undefined) return root.type;
    this.misspelt('expression-name', name, node.range.start, Object.keys(this.types));
    return any;
  }

  field(node: Node, object: Node, name: string, around: Around, asked: boolean): Type {
    const type = this.typeOf(object, around);
    if (type.kind === 'any') return any;
    if (type.kind === 'map') return type.of;
    if (type.kind !== 'object') {
      this.issue('expression-type', object, { found: describe(type), wanted: '对象', part: print(object) });
      return any;
    }
    const field = own(type.fields, name);
    if (field === undefined) {
      this.misspelt('expression-field', name, node.range.end - name.length, Object.keys(type.fields));
      return any;
    }
    if (this.judges.length > 0) {
      const path = pathOf(node)?.join('.');
      const sure = path !== undefined && around.present.has(path);
      const reading = { path: path ?? print(node), optional: field.optional, asked, sure };
      for (const judge of this.judges) this.judged(judge, node, judge.reading?.(reading));
    }
    return field.type;
  }

  private index(node: Node, object: Node, index: Node, around: Around): Type {
    const type = this.typeOf(object, around);
    const key = this.typeOf(index, around);
    if (type.kind === 'list') {
      this.expect(index, key, int);
      return type.of;
    }
    if (type.kind === 'map') return type.of;
    if (type.kind === 'object' && index.op === 'value' && typeof index.args === 'string') {
      return type.fields[index.args]?.type ?? any;
    }
    if (type.kind !== 'any' && type.kind !== 'object') {
      this.issue('expression-type', object, { found: describe(type), wanted: '列表', part: print(object) });
    }
    if (node.op === '[]') return any;
    return any;
  }

  private binary(node: Node, op: string, left: Node, right: Node, around: Around): Type {
    const one = this.typeOf(left, around);
    const two = this.typeOf(right, around);
    if (op === 'in') {
      if (two.kind === 'list') this.comparable(node, left, one, right, two.of);
      else if (two.kind !== 'map' && two.kind !== 'any' && two.kind !== 'object') {
        this.expect(right, two, { kind: 'list', of: one, max: null });
      }
      return bool;
    }
    if (op === '==' || op === '!=' || order.has(op)) {
      this.comparable(node, left, one, right, two);
      return bool;
    }
    if (arithmetic.has(op)) {
      if (op === '+' && (one.kind === 'string' || one.kind === 'list')) {
        this.expect(right, two, one.kind === 'string' ? string : one);
        return one.kind === 'string' ? string : one;
      }
      if (one.kind === 'any' || two.kind === 'any') return any;
      const want: Type = one.kind === 'double' ? one : int;
      this.expect(left, one, want);
      this.expect(right, two, want);
      return want;
    }
    return any;
  }

  /** Both sides can be equal at all: one kind of value, and a literal that the other side's enum has. */
  private comparable(node: Node, left: Node, one: Type, right: Node, two: Type): void {
    if (one.kind === 'null' || two.kind === 'null') return;
    const numbers = isNumber(one) && isNumber(two);
    if (!numbers && !fits(one, two) && !fits(two, one)) {
      const bad = left.op === 'value' ? left : right;
      const [found, wanted] = left.op === 'value' ? [one, two] : [two, one];
      this.issue('expression-type', bad, { found: describe(found), wanted: describe(wanted), part: print(node) });
      return;
    }
    if (two.kind === 'string' && two.values !== undefined) this.literals(left, two.values);
    if (one.kind === 'string' && one.values !== undefined) this.literals(right, one.values);
    if (one.kind === 'string' && one.values !== undefined && two.kind === 'list') this.literals(right, one.values);
  }

  private literals(node: Node, values: readonly string[]): void {
    if (node.op === 'list') {
      for (const item of node.args) this.literals(item, values);
      return;
    }
    if (node.op === '?:') {
      this.literals(node.args[1], values);
      this.literals(node.args[2], values);
      return;
    }
    if (node.op !== 'value' || typeof node.args !== 'string') return;
    for (const judge of this.judges) this.judged(judge, node, judge.literal?.(node.args, values));
  }

  private join(node: Node, one: Type, two: Type): Type {
    if (one.kind === 'string' && two.kind === 'string') {
      return one.values !== undefined && two.values !== undefined
        ? { kind: 'string', values: [...new Set([...one.values, ...two.values])] }
        : string;
    }
    if (fits(one, two)) return two;
    if (fits(two, one)) return one;
    if (one.kind !== 'null' && two.kind !== 'null') {
      this.issue('expression-type', node, { found: describe(two), wanted: describe(one), part: print(node) });
    }
    return any;
  }

  private judged({ code }: Judge, node: Node, verdict: Verdict | null | undefined): void {
    if (verdict) this.issue(code, node, { ...verdict.params }, verdict.proposal);
  }

  private misspelt(code: ExpressionCode, name: string, start: number, known: readonly string[]): void {
    const near = nearest(name, known);
    const range = { start, end: start + name.length };
    const list = known.slice(0, 12).join('、');
    this.issues.push({ code, ...range, params: { name, known: list }, ...(near === null ? {} : { proposal: near }) });
  }

  issue(code: ExpressionCode, node: Node, params: { [name: string]: string | Said }, proposal?: string): void {
    const { start, end } = node.range;
    this.issues.push({ code, start, end, params, ...(proposal === undefined ? {} : { proposal }) });
  }
}
