import {
  childrenOf,
  comprehensions,
  type Judge,
  type Node,
  pathOf,
  type Type,
  type Types,
} from '../expressions/index.ts';

/** Steps that one evaluation may take at most; a million take about a second. */
const maxCost = 100_000;

/**
 * Static cost: what an expression may take at most is known when it is written. It is its nodes, those in the body of
 * `all`, `exists`, `map`, … times the length of the list. A list without a bound may be walked once; in the body of another
 * walk it must have one.
 */
export const cost: Judge = {
  code: 'expression-cost',
  whole(expression, types) {
    const steps = costOf(expression, types, {}, 0);
    if (steps <= maxCost) return null;
    const reason = Number.isFinite(steps)
      ? {
          zh: `约 ${Math.round(steps)} 步，上限 ${maxCost}`,
          en: `about ${Math.round(steps)} steps, at most ${maxCost}`,
        }
      : '列表没有长度上限（maxItems）';
    return { params: { reason } };
  },
};

interface Bound {
  readonly [variable: string]: Type;
}

/** The length that is assumed of a list without `maxItems` that is walked once. */
const assumed = 1000;

function costOf(node: Node, types: Types, bound: Bound, depth: number): number {
  if (node.op === 'rcall' && comprehensions.has(node.args[0])) {
    const [, receiver, args] = node.args;
    const list = typeOf(receiver, types, bound);
    const max = list?.kind === 'list' ? list.max : null;
    const length = max ?? (depth === 0 ? assumed : Number.POSITIVE_INFINITY);
    const variable = args[0]?.op === 'id' ? args[0].args : '';
    const of: Type = list?.kind === 'list' ? list.of : { kind: 'any' };
    const body = args
      .slice(1)
      .reduce((sum, part) => sum + costOf(part, types, { ...bound, [variable]: of }, depth + 1), 0);
    return costOf(receiver, types, bound, depth) + length * (body + 1);
  }
  return childrenOf(node).reduce((sum, child) => sum + costOf(child, types, bound, depth), 1);
}

/** Enough of a type to know how long a list is. */
function typeOf(node: Node, types: Types, bound: Bound): Type | null {
  if (node.op === 'list') return { kind: 'list', of: { kind: 'any' }, max: node.args.length };
  if (node.op === 'rcall' && (node.args[0] === 'filter' || node.args[0] === 'map')) {
    const inner = typeOf(node.args[1], types, bound);
    return inner?.kind === 'list' ? { ...inner, of: node.args[0] === 'filter' ? inner.of : { kind: 'any' } } : null;
  }
  const path = pathOf(node);
  if (path === null) return null;
  let type: Type | null = bound[path[0] as string] ?? types[path[0] as string]?.type ?? null;
  for (const name of path.slice(1)) {
    if (type?.kind === 'object') type = type.fields[name]?.type ?? null;
    else if (type?.kind === 'map') type = type.of;
    else return null;
  }
  return type;
}
