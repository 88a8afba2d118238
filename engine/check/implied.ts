import { type Node as Ast, atAddress, conjuncts, pathOf } from '../expressions/index.ts';

/**
 * What is surely there in a state, along every way that leads to it: forms that are filled in, records that have an
 * entry, parts that somebody signed for, secrets that were made. One bit each.
 */
export type Known = bigint;

/** What a condition says when it holds: it is within these states, these facts are proven, these things are there. */
export interface Implied {
  readonly within: readonly string[];
  readonly facts: readonly string[];
  readonly there: Known;
}

/** @param bitOf the bit of a form, `last.record`, `people.part` or `secrets.secret` */
export function impliedOf(node: Ast, bitOf: (key: string) => Known): Implied {
  const within: string[] = [];
  const facts: string[] = [];
  let there = 0n;
  for (const term of conjuncts(node)) {
    const address = atAddress(term);
    if (address !== null) within.push(address);
    const path = pathOf(term);
    if (path?.[0] === 'facts' && path[1] !== undefined) facts.push(path[1]);
    if (term.op === 'call' && term.args[0] === 'has') {
      const asked = term.args[1][0] === undefined ? null : pathOf(term.args[1][0]);
      if (asked !== null) there |= bitOf(keyOf(asked));
    }
    const record = counted(term);
    if (record !== null) there |= bitOf(`last.${record}`);
  }
  return { within, facts, there };
}

/** Of a path that an expression reads: what has to be there for it. */
export function keyOf(path: readonly string[]): string {
  return path[0] === 'last' ? path.slice(0, 2).join('.') : path[0]!;
}

/** The record that has an entry when the term holds: `size(records.x) > 0`. */
function counted(term: Ast): string | null {
  if (term.op !== '>' && term.op !== '>=') return null;
  const [size, bound] = term.args;
  if (size.op !== 'call' || size.args[0] !== 'size' || bound.op !== 'value') return null;
  const path = size.args[1][0] === undefined ? null : pathOf(size.args[1][0]);
  const enough = typeof bound.args === 'bigint' && bound.args >= (term.op === '>' ? 0n : 1n);
  return path?.[0] === 'records' && path.length === 2 && enough ? path[1]! : null;
}
