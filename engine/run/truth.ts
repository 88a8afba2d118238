import { evaluateText, type Node, parse, print, references, type Scope } from '../expressions/index.ts';

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
  if (node.op === '!_') {
    if (references(node.args).some((reference) => open(reference.path))) return 'unknown';
    const result = evaluateText(print(node), scope);
    return result.kind === 'value' && result.value === true ? 'yes' : 'no';
  }
  if (references(node).some((reference) => open(reference.path))) return 'unknown';
  const result = evaluateText(print(node), scope);
  return result.kind === 'value' && result.value === true ? 'yes' : 'no';
}
