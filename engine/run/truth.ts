import { evaluateText, type Node, parse, print, references, type Scope } from '../expressions/index.ts';
import { once } from '../model/once.ts';

/** `unknown`: it depends on something that is only known when the event is sent. */
export type Truth = 'yes' | 'no' | 'unknown';

/** Says of a path of names (`['event', 'mode']`) whether its value may still be another one when the event is sent. */
export type Open = (path: readonly string[]) => boolean;

/**
 * What is known of a condition before the event is sent: three-valued over `&&`, `||`, `!`.
 * What cannot be evaluated does not hold, as in a step.
 */
export function truthOf(text: string | null, scope: Scope, open: Open): Truth {
  if (text === null) return 'yes';
  const parsed = parse(text);
  return parsed.kind === 'failed' ? 'no' : truthOfNode(parsed.expression.ast, scope, open);
}

export function truthOfNode(node: Node, scope: Scope, open: Open): Truth {
  if (node.op === '&&') {
    const [one, two] = [truthOfNode(node.args[0], scope, open), truthOfNode(node.args[1], scope, open)];
    return one === 'no' || two === 'no' ? 'no' : one === 'unknown' || two === 'unknown' ? 'unknown' : 'yes';
  }
  if (node.op === '||') {
    const [one, two] = [truthOfNode(node.args[0], scope, open), truthOfNode(node.args[1], scope, open)];
    return one === 'yes' || two === 'yes' ? 'yes' : one === 'unknown' || two === 'unknown' ? 'unknown' : 'no';
  }
  const { paths, text } = termOf(node);
  if (paths.some(open)) return 'unknown';
  const result = evaluateText(text, scope);
  return result.kind === 'value' && result.value === true ? 'yes' : 'no';
}

/** What a part of a condition reads, and its text. Parts belong to expressions, which are kept: worked out once. */
const termOf = once((node: Node) => ({
  paths: references(node).map(({ path }) => path),
  text: print(node),
}));
