import { type AnyMachineSnapshot, and, not, or, stateIn } from 'xstate';
import { atAddress, type Node, parse, print, walk } from '../expressions/index.ts';
import { reference, stateId } from './names.ts';

/** What may stand at `guard` of a transition: a named guard with parameters, or XState's own joined ones. */
export type Guard =
  | { readonly type: 'holds'; readonly params: { readonly text: string; readonly address: string } }
  | { readonly type: 'asked' | 'held'; readonly params: { readonly address: string } }
  | Join;
type Join = ReturnType<typeof stateIn> | ReturnType<typeof and> | ReturnType<typeof or> | ReturnType<typeof not>;

/**
 * A condition as XState's guard. Guards do not see the state they are asked in, so an expression with `at()` is taken
 * apart at `&&`, `||` and `!`: `at()` becomes `stateIn`, everything else stays CEL. [CMP-3]
 */
export function guardOf(text: string | null, address: string): Guard | undefined {
  if (text === null) return undefined;
  const parsed = parse(text);
  // Cannot happen after the checks; a condition that cannot be read never holds.
  if (parsed.kind === 'failed') return { type: 'holds', params: { text: 'false', address } };
  return compileNode(parsed.expression.ast, address);
}

function compileNode(node: Node, address: string): Guard {
  if (!mentionsAt(node)) return { type: 'holds', params: { text: print(node), address } };
  const target = atAddress(node);
  if (target !== null) return inState(target);
  switch (node.op) {
    case '&&':
      return all(compileNode(node.args[0], address), compileNode(node.args[1], address));
    case '||':
      return some(compileNode(node.args[0], address), compileNode(node.args[1], address));
    case '!_':
      return not(compileNode(node.args, address) as never);
    default:
      return { type: 'holds', params: { text: 'false', address } };
  }
}

function mentionsAt(node: Node): boolean {
  let found = false;
  walk(node, (each) => {
    if (atAddress(each) !== null) found = true;
    return !found;
  });
  return found;
}

/** XState's `and` / `or`, whose types want guards of one machine; ours are made before the machine is. */
export function all(...guards: readonly Guard[]): Guard {
  return guards.length === 1 ? (guards[0] as Guard) : and(guards as never);
}
export function some(...guards: readonly Guard[]): Guard {
  return guards.length === 1 ? (guards[0] as Guard) : or(guards as never);
}

/**
 * XState's `stateIn`. That one looks the state up by its path each time it is asked; here the active states are compared
 * with the state's id. [CMP-3]
 */
export function inState(address: string): Guard {
  const id = stateId(address);
  const check = ({ _nodes }: AnyMachineSnapshot) => _nodes.some((node) => node.id === id);
  return Object.assign(stateIn(reference(address)), { check });
}
