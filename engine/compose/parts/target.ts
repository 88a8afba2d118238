import { get, type Node, text } from '../../read/index.ts';

/** Verbs of a change whose address may lead into a form or into the content. */
const verbs = ['set', 'add', 'remove'] as const;
export type PartVerb = (typeof verbs)[number];

/** What a change reaches that is no piece of the chart: a piece of a form, or of the content. */
export interface PartTarget {
  readonly verb: PartVerb;
  readonly of: 'form' | 'content';
  /** Form, or kind of content. */
  readonly id: string;
  /** Below it. */
  readonly steps: readonly string[];
  readonly address: string;
  /** The word that holds the address. */
  readonly at: Node;
}

/**
 * `forms.<form>.…` and `content.<kind>.…`; null for everything that is applied to the chart. `add: forms.<form>` names a
 * whole form and is a change of the process.
 */
export function partTarget(change: Node): PartTarget | null {
  const verb = verbs.find((one) => get(change, one) !== undefined);
  const at = verb === undefined ? undefined : get(change, verb);
  const address = text(at) ?? '';
  const [head, id, ...steps] = address.split('.');
  if (verb === undefined || at === undefined || id === undefined || steps.length === 0) return null;
  const of = head === 'forms' ? 'form' : head === 'content' ? 'content' : null;
  return of === null ? null : { verb, of, id, steps, address, at };
}
