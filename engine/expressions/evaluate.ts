import { EvaluationError } from '@marcbachmann/cel-js';
import type { Json } from '../model/json.ts';
import { type Node, pathOf, walk } from './ast.ts';
import { type Direct, directOf, unsure } from './direct.ts';
import { type Expression, isAccepted, parse, runParsed } from './parse.ts';
import { isSound } from './sound.ts';
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
  const { path, leading, direct } = readingOf(expression);
  const plain = path === null ? null : walkedTo(path, scope);
  if (plain !== null) return plain;
  const certain = direct === null ? unsure : direct(scope);
  if (certain !== unsure) return { kind: 'value', value: typeof certain === 'bigint' ? Number(certain) : certain };
  // A path that leads nowhere is told without CEL, whose errors are dear.
  const first = leading === null || direct === null ? null : walkedTo(leading, scope);
  return first?.kind === 'missing' ? first : evaluateByCel(expression, scope);
}

/** The same by CEL itself: what the shorter ways have to agree with. For `evaluate` and its tests. */
export function evaluateByCel(expression: Expression, scope: Scope): Evaluated {
  const context: { [root: string]: unknown } = Object.create(null);
  for (const root of readingOf(expression).roots) {
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

/**
 * A path of names needs no CEL: the value is there as it is, or it is missing, which CEL would tell by an error with its
 * whole stack. Null where CEL has its own say (members of lists).
 */
function walkedTo(path: readonly string[], scope: Scope): Evaluated | null {
  let here: Json = scope.values[path[0] as string] ?? null;
  for (let index = 1; index < path.length; index++) {
    const name = path[index] as string;
    if (Array.isArray(here)) return null;
    const inner: Json | undefined =
      here !== null && typeof here === 'object' && Object.hasOwn(here, name) ? here[name] : undefined;
    if (inner === undefined) return { kind: 'missing', reason: `No such key: ${name}` };
    here = inner;
  }
  return { kind: 'value', value: here };
}

/** Parses and evaluates. A text that does not parse is `failed`. */
export function evaluateText(text: string, scope: Scope): Evaluated {
  const parsed = parse(text);
  if (parsed.kind === 'failed') {
    const reason = parsed.issue.params.reason ?? parsed.issue.code;
    return { kind: 'failed', reason: typeof reason === 'string' ? reason : reason.zh };
  }
  return evaluate(parsed.expression, scope);
}

interface Reading {
  readonly roots: ReadonlySet<string>;
  /** The names, when the whole expression is a path of them. */
  readonly path: readonly string[] | null;
  /** The path that is read before anything else: where it leads nowhere, so does the whole, once its types are right. */
  readonly leading: readonly string[] | null;
  /** The answer without CEL; null as long as CEL has not accepted an expression that is not plainly sound. */
  direct: Direct | null;
}

const readings = new WeakMap<Expression, Reading>();

function readingOf(expression: Expression): Reading {
  let reading = readings.get(expression);
  if (reading === undefined) {
    const roots = new Set<string>();
    walk(expression.ast, (node: Node) => {
      if (node.op === 'id') roots.add(node.args);
      return undefined;
    });
    const direct = isSound(expression.ast) ? directOf(expression.ast) : null;
    reading = { roots, path: pathOf(expression.ast), leading: leadingOf(expression.ast), direct };
    readings.set(expression, reading);
  }
  if (reading.direct === null && isAccepted(expression)) reading.direct = directOf(expression.ast);
  return reading;
}

const ordered: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%']);

/** CEL works out both sides of an operator, the left one first, and what a method is called on before its arguments. */
function leadingOf(node: Node): readonly string[] | null {
  const first = firstOf(node);
  return first === null ? null : (pathOf(first) ?? leadingOf(first));
}

function firstOf(node: Node): Node | null {
  if (ordered.has(node.op)) return (node.args as readonly Node[])[0] ?? null;
  if (node.op === 'rcall') return node.args[1];
  return node.op === 'call' && (node.args[0] === 'size' || node.args[0] === 'sum') ? (node.args[1][0] ?? null) : null;
}

/** Names that the expression reads as roots (variables of comprehensions are among them; they do no harm). */
export function rootsOf(expression: Expression): ReadonlySet<string> {
  return readingOf(expression).roots;
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
    const entries = Object.entries(value);
    // Texts and truths are the same in CEL.
    if (entries.every(([, item]) => typeof item === 'string' || typeof item === 'boolean')) return value;
    const converted: { [key: string]: unknown } = {};
    for (const [key, item] of entries) {
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
