import { type Expression, evaluate, parse, rootsOf } from '../expressions/index.ts';
import { once } from '../model/once.ts';
import type { Formula, Scope } from './types.ts';

/**
 * Conditions and formulas of forms. A form that is being filled in misses values all the time, so here an expression
 * is total: reading what is not there gives `undefined`, which is neither true nor a value. What is wrong with the
 * expression itself (a misspelt field, a wrong type) is found when the definition is checked.
 */
export function formula(text: string): Formula {
  const parsed = parse(text);
  return parsed.kind === 'failed' ? { text, reads: new Set(), run: () => undefined } : formulaOf(parsed.expression);
}

/** The same text gives the same expression. */
const formulaOf = once(
  (expression: Expression): Formula => ({
    text: expression.text,
    reads: rootsOf(expression),
    run: (scope) => {
      const result = evaluate(expression, { values: scope });
      return result.kind === 'value' ? result.value : undefined;
    },
  }),
);

/** True only when the formula says so; what cannot be decided yet does not hold. */
export function holds(rule: boolean | Formula, scope: Scope): boolean {
  return typeof rule === 'boolean' ? rule : rule.run(scope) === true;
}

/** Puts the values of `{expression}` into a text; what has no value yet is left out. */
export function fillText(text: string, scope: Scope): string {
  if (!text.includes('{')) return text;
  return text.replace(/\{([^{}]+)\}/g, (_, inner: string) => {
    const value = formula(inner).run(scope);
    return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  });
}
