import { type Node, pathOf } from './ast.ts';

/** Paths that are there when the condition holds (`holds`), or when it does not. */
export function certain(node: Node, holds: boolean): ReadonlySet<string> {
  if (node.op === 'call' && node.args[0] === 'has' && holds) {
    const path = node.args[1][0] === undefined ? null : pathOf(node.args[1][0]);
    return new Set(path === null ? [] : [path.join('.')]);
  }
  if (node.op === '!_') return certain(node.args, !holds);
  if ((node.op === '&&' && holds) || (node.op === '||' && !holds)) {
    return union(certain(node.args[0], holds), certain(node.args[1], holds));
  }
  return new Set();
}

export function union(one: ReadonlySet<string>, two: ReadonlySet<string>): ReadonlySet<string> {
  return two.size === 0 ? one : new Set([...one, ...two]);
}
