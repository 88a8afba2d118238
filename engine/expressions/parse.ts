import { Environment, ParseError } from '@marcbachmann/cel-js';
import type { Said } from '../errors/index.ts';
import { allowedCalls, type Node, walk } from './ast.ts';
import { reasonOf } from './reasons.ts';

/** A parsed expression. Immutable; the same text gives the same object. */
export interface Expression {
  readonly text: string;
  readonly ast: Node;
}

/** What is wrong with an expression: `start` and `end` are offsets in its text, `params` fill the code's sentence. */
export interface ExpressionIssue {
  readonly code: ExpressionCode;
  readonly start: number;
  readonly end: number;
  readonly params: { readonly [name: string]: string | Said };
  /** What to write instead of the part between `start` and `end`. */
  readonly proposal?: string;
}

export type ExpressionCode =
  | 'expression-syntax'
  | 'expression-function'
  | 'expression-name'
  | 'expression-field'
  | 'expression-literal'
  | 'expression-type'
  | 'expression-missing'
  | 'expression-at'
  | 'expression-cost';

export type Parsed =
  | { readonly kind: 'parsed'; readonly expression: Expression }
  | { readonly kind: 'failed'; readonly issue: ExpressionIssue };

/** The longest text of an expression, in characters. */
export const maxLength = 2000;

type Active = (address: string) => boolean;
const nowhere: Active = () => false;

/** Set around one evaluation, which is synchronous: `at()` has no other way to the case's configuration. */
let active: Active = nowhere;

interface Macro {
  readonly args: readonly Node[];
}
interface Checker {
  check(node: Node, context: unknown): unknown;
  getType(name: string): unknown;
}
interface Runner {
  run(node: Node, context: unknown): unknown;
}

/** The value, or null where there is none. A missing member is looked for first: an error costs far more than asking. */
function valueIfThere(runner: Runner, node: Node, context: unknown): unknown {
  try {
    if (node.op === '.') {
      const [owner, name] = node.args;
      const whole = valueIfThere(runner, owner, context);
      if (whole === null || (isPlain(whole) && !Object.hasOwn(whole, name))) return null;
    }
    return runner.run(node, context);
  } catch {
    return null;
  }
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && value.constructor === Object;
}

/** `distinct` looks at each argument by itself: one that is not there (nobody signed yet) differs from all. */
function distinctMacro(call: { readonly args: readonly Node[] }) {
  return {
    args: call.args,
    async: false,
    typeCheck(checker: Checker, macro: Macro, context: unknown) {
      for (const argument of macro.args) checker.check(argument, context);
      return checker.getType('bool');
    },
    evaluate(runner: Runner, macro: Macro, context: unknown) {
      const seen = new Set<unknown>();
      for (const argument of macro.args) {
        const value = valueIfThere(runner, argument, context);
        if (value === null) continue;
        if (seen.has(value)) return false;
        seen.add(value);
      }
      return true;
    },
  };
}

/** Integers stay exact; with one decimal among them the sum is a decimal. */
export function sumOf(list: readonly unknown[]): bigint | number {
  let whole = 0n;
  let rest: number | null = null;
  for (const item of list) {
    if (typeof item === 'bigint') whole += item;
    else if (typeof item === 'number') rest = (rest ?? 0) + item;
    else throw new TypeError('sum() takes numbers');
  }
  return rest === null ? whole : Number(whole) + rest;
}

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 400, maxDepth: 40, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 8 },
});
environment.registerFunction('sum(list): dyn', sumOf);
environment.registerFunction('at(string): bool', (address: string) => active(address));
for (let count = 2; count <= 8; count++) {
  environment.registerFunction(`distinct(${Array(count).fill('ast').join(', ')}): bool`, distinctMacro as never);
}

const cache = new Map<string, Parsed>();
const runners = new WeakMap<Expression, (context: object) => unknown>();
const maxCached = 4000;

/** Parses an expression. Never throws; hostile text is bounded by length, nodes and depth. */
export function parse(text: string): Parsed {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const result = parseAnew(text);
  if (cache.size >= maxCached) cache.clear();
  cache.set(text, result);
  return result;
}

function parseAnew(text: string): Parsed {
  if (text.length > maxLength) {
    return failed('expression-cost', maxLength, text.length, {
      reason: { zh: `长度 ${text.length}，上限 ${maxLength}`, en: `${text.length} characters, at most ${maxLength}` },
    });
  }
  try {
    const run = environment.parse(text);
    const expression: Expression = { text, ast: run.ast };
    const forbidden = firstForbidden(run.ast);
    if (forbidden !== null) return forbidden;
    runners.set(expression, run as (context: object) => unknown);
    return { kind: 'parsed', expression };
  } catch (error) {
    if (error instanceof ParseError) {
      const start = Math.min(error.range?.start ?? 0, text.length);
      return failed('expression-syntax', start, Math.max(start, error.range?.end ?? start), {
        reason: reasonOf(error.code, error.summary),
      });
    }
    return failed('expression-syntax', 0, text.length, { reason: error instanceof Error ? error.message : 'error' });
  }
}

function failed(code: ExpressionCode, start: number, end: number, params: { [name: string]: string | Said }): Parsed {
  return { kind: 'failed', issue: { code, start, end, params } };
}

function firstForbidden(ast: Node): Parsed | null {
  let found: Parsed | null = null;
  walk(ast, (node) => {
    if (found !== null) return false;
    const allowed =
      node.op === 'call'
        ? allowedCalls.functions.has(node.args[0])
        : node.op === 'rcall'
          ? allowedCalls.methods.has(node.args[0])
          : node.op !== '.?' && node.op !== '[?]';
    if (!allowed) {
      const name = node.op === 'call' || node.op === 'rcall' ? node.args[0] : node.op;
      found = failed('expression-function', node.range.start, node.range.end, { name });
    }
    return undefined;
  });
  return found;
}

/**
 * True when CEL has run the expression and found its types in order: the first run checks the whole of it, also the parts
 * that are not evaluated.
 */
export function isAccepted(expression: Expression): boolean {
  return (expression.ast as { readonly checkedType?: unknown }).checkedType !== undefined;
}

/** Runs a parsed expression on CEL values. @throws what cel-js throws. For `evaluate.ts` alone. */
export function runParsed(expression: Expression, context: object, at: Active): unknown {
  const run = runners.get(expression);
  if (run === undefined) throw new Error('expression was not made by parse()');
  active = at;
  try {
    return run(context);
  } finally {
    active = nowhere;
  }
}
