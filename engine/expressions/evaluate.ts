import { EvaluationError } from '@marcbachmann/cel-js';
import type { Json } from '../model/json.ts';
import { type Node, walk } from './ast.ts';
import { type Expression, parse, runParsed } from './parse.ts';
import type { Type, Types } from './types.ts';

/** What an expression is evaluated against. */
export interface Scope {
  /** Root name -> value. A root that is not there is `null` to the expression. */
  readonly values: { readonly [root: string]: Json | undefined };
  /** Types of the roots: integers become 64-bit ints by their schema. Without one, whole numbers are ints. */
  readonly types?: Types;
  /** True while the case is in the state or below it. Without it `at()` is false. */
  readonly at?: (address: string) => boolean;
}

/** Values that stand before those around them, which are looked at only where they are read: nothing is copied. */
export function before(
  around: Scope['values'],
  own: { readonly [root: string]: Json | undefined },
): { readonly [root: string]: Json | undefined } {
  return { __proto__: around, ...own } as unknown as Scope['values'];
}

export type Evaluated =
  | { readonly kind: 'value'; readonly value: Json }
  /** `missing`: something that is not there was read; `failed`: any other mistake of the expression. */
  | { readonly kind: 'missing' | 'failed'; readonly reason: string };

/** Evaluates a parsed expression. Never throws; ints come back as numbers. */
export function evaluate(expression: Expression, scope: Scope): Evaluated {
  const context: { [root: string]: unknown } = Object.create(null);
  for (const root of rootsOf(expression)) {
    const value = scope.values[root];
    context[root] = value === undefined ? null : convertedOf(value, scope.types?.[root]?.type);
  }
  try {
    return { kind: 'value', value: fromCel(runParsed(expression, context, scope.at ?? (() => false))) };
  } catch (error) {
    if (!(error instanceof EvaluationError)) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : 'error' };
    }
    const missing = error.code === 'no_such_key' || error.code === 'index_out_of_bounds';
    return { kind: missing ? 'missing' : 'failed', reason: error.summary };
  }
}

/** Parses and evaluates. A text that does not parse is `failed`. */
export function evaluateText(text: string, scope: Scope): Evaluated {
  const parsed = parse(text);
  if (parsed.kind === 'failed') return { kind: 'failed', reason: parsed.issue.params.reason ?? parsed.issue.code };
  return evaluate(parsed.expression, scope);
}

const roots = new WeakMap<Expression, ReadonlySet<string>>();

/** Names that the expression reads as roots (variables of comprehensions are among them; they do no harm). */
export function rootsOf(expression: Expression): ReadonlySet<string> {
  let found = roots.get(expression);
  if (found === undefined) {
    const names = new Set<string>();
    walk(expression.ast, (node: Node) => {
      if (node.op === 'id') names.add(node.args);
      return undefined;
    });
    found = names;
    roots.set(expression, found);
  }
  return found;
}

const converted = new WeakMap<object, Map<Type | undefined, unknown>>();

/** A root in CEL's shape; worked out once for each object, which nobody changes, and each type that it is read by. */
function convertedOf(value: Json, type: Type | undefined): unknown {
  if (value === null || typeof value !== 'object') return toCel(value, type);
  let known = converted.get(value);
  if (known === undefined) {
    known = new Map();
    converted.set(value, known);
  }
  let made = known.get(type);
  if (made === undefined) {
    made = toCel(value, type);
    known.set(type, made);
  }
  return made;
}

function toCel(value: Json, type: Type | undefined): unknown {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && type?.kind !== 'double' ? BigInt(value) : value;
  }
  if (Array.isArray(value)) {
    const of = type?.kind === 'list' ? type.of : undefined;
    return value.map((item) => toCel(item, of));
  }
  if (value !== null && typeof value === 'object') {
    const converted: { [key: string]: unknown } = {};
    for (const [key, item] of Object.entries(value)) {
      const of = type?.kind === 'object' ? type.fields[key]?.type : type?.kind === 'map' ? type.of : undefined;
      if (item !== undefined) converted[key] = toCel(item, of);
    }
    return converted;
  }
  return value;
}

function fromCel(value: unknown): Json {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(fromCel);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), fromCel(item)]));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromCel(item)]));
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}
