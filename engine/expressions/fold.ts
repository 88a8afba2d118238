import type { JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';
import { atAddress, type Node, print, walk } from './ast.ts';
import { evaluate } from './evaluate.ts';
import { parse } from './parse.ts';

/** What is constant while a definition is composed. */
export interface Constants {
  readonly settings: JsonObject;
  /** Full address of the state that `at('name')` means; null when it is gone or there is none: `at()` is false then. */
  readonly address?: (name: string) => string | null | undefined;
}

export type Folded =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** The rest of the condition; the author's own text when nothing could be folded. */
  | { readonly kind: 'open'; readonly text: string };

/**
 * A condition with everything worked in that is constant: terms over `settings` alone, `at()` of states that are gone.
 * A text that does not parse is left as it is; the checker tells what is wrong with it.
 */
export function fold(text: string, constants: Constants): Folded {
  // Without `at()` only the settings matter: the same for every state and every round.
  if (text.includes('at(')) return foldText(text, constants);
  const settings = text.includes('settings') ? constants.settings : noSettings;
  const known = foldedBy(settings);
  let folded = known.get(text);
  if (folded === undefined) {
    folded = foldText(text, { settings });
    if (known.size >= most) known.clear();
    known.set(text, folded);
  }
  return folded;
}

const foldedBy = once((_settings: JsonObject) => new Map<string, Folded>());
const noSettings: JsonObject = {};
/** Texts that are remembered for the same settings. */
const most = 4000;

function foldText(text: string, constants: Constants): Folded {
  const parsed = parse(text);
  if (parsed.kind === 'failed') return { kind: 'open', text };
  const result = foldNode(parsed.expression.ast, constants);
  if (typeof result === 'boolean') return { kind: 'constant', value: result };
  return { kind: 'open', text: result === parsed.expression.ast ? text : print(result) };
}

function foldNode(node: Node, constants: Constants): Node | boolean {
  switch (node.op) {
    case '&&':
    case '||': {
      const decides = node.op === '||';
      const left = foldNode(node.args[0], constants);
      const right = foldNode(node.args[1], constants);
      if (left === decides || right === decides) return decides;
      if (typeof left === 'boolean') return right;
      if (typeof right === 'boolean') return left;
      return left === node.args[0] && right === node.args[1] ? node : remade(node, [left, right]);
    }
    case '!_': {
      const inner = foldNode(node.args, constants);
      if (typeof inner === 'boolean') return !inner;
      return inner === node.args ? node : remade(node, inner);
    }
    case '?:': {
      const test = foldNode(node.args[0], constants);
      if (typeof test === 'boolean') return foldNode(node.args[test ? 1 : 2], constants);
      const yes = foldNode(node.args[1], constants);
      const no = foldNode(node.args[2], constants);
      if (typeof yes === 'boolean' || typeof no === 'boolean') {
        if (yes === no) return yes as boolean;
        return test === node.args[0] ? node : remade(node, [test, node.args[1], node.args[2]]);
      }
      const same = test === node.args[0] && yes === node.args[1] && no === node.args[2];
      return same ? node : remade(node, [test, yes, no]);
    }
    default:
      return foldLeaf(node, constants);
  }
}

function foldLeaf(node: Node, constants: Constants): Node | boolean {
  if (node.op === 'value') return typeof node.args === 'boolean' ? node.args : node;
  const named = atAddress(node);
  if (named !== null && node.op === 'call') {
    const address = constants.address?.(named);
    if (address === null) return false;
    if (address === undefined || address === named) return node;
    return remade(node, ['at', [remade(node.args[1][0]!, address)]]);
  }
  let open = false;
  walk(node, (inner) => {
    if (atAddress(inner) !== null || (inner.op === 'id' && inner.args !== 'settings')) open = true;
    return undefined;
  });
  if (open) return node;
  const parsed = parse(print(node));
  if (parsed.kind === 'failed') return node;
  const value = evaluate(parsed.expression, { values: { settings: constants.settings } });
  return value.kind === 'value' && typeof value.value === 'boolean' ? value.value : node;
}

/** The same node with other operands; only `op` and `args` matter for printing. */
function remade(node: Node, args: unknown): Node {
  return { op: node.op, args, input: node.input, range: node.range } as unknown as Node;
}
