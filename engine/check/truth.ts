import { type Node as Ast, atAddress, parse } from '../expressions/index.ts';

/** What is known of a condition by the active states alone; null when it hangs on data. */
export type Truth = boolean | null;

/** @param at whether the state of that address is active; null when that is not known */
export function truthOf(source: string | null, at: (address: string) => Truth): Truth {
  if (source === null) return true;
  const parsed = parse(source);
  return parsed.kind === 'failed' ? null : truthOfNode(parsed.expression.ast, at);
}

function truthOfNode(node: Ast, at: (address: string) => Truth): Truth {
  switch (node.op) {
    case '&&':
      return both(truthOfNode(node.args[0], at), truthOfNode(node.args[1], at));
    case '||':
      return not(both(not(truthOfNode(node.args[0], at)), not(truthOfNode(node.args[1], at))));
    case '!_':
      return not(truthOfNode(node.args, at));
    case 'value':
      return typeof node.args === 'boolean' ? node.args : null;
    default: {
      const address = atAddress(node);
      return address === null ? null : at(address);
    }
  }
}

function both(one: Truth, two: Truth): Truth {
  if (one === false || two === false) return false;
  return one === true && two === true ? true : null;
}

function not(truth: Truth): Truth {
  return truth === null ? null : !truth;
}
