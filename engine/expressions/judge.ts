import type { Said } from '../errors/index.ts';
import type { Node } from './ast.ts';
import type { ExpressionCode } from './parse.ts';
import type { Types } from './types.ts';

/**
 * A rule about expressions in a file of its own (`engine/check/literals.ts` …). The checker walks the tree and knows the
 * types; a rule is asked where its question arises, and says what is wrong there, or null.
 */
export interface Judge {
  readonly code: ExpressionCode;
  /** A text is written where only one of these values can stand. */
  literal?(text: string, values: readonly string[]): Verdict | null;
  /** A field is read that may be missing, or asked for. */
  reading?(reading: Reading): Verdict | null;
  /** The expression as a whole; asked once nothing else is wrong with it. */
  whole?(expression: Node, types: Types): Verdict | null;
}

export interface Verdict {
  /** They fill the sentence of the rule's code. */
  readonly params: { readonly [name: string]: string | Said };
  /** What to write instead. */
  readonly proposal?: string;
}

export interface Reading {
  /** The field as it is written: `agent.name`, or an expression before the last name. */
  readonly path: string;
  /** The field may be left empty. */
  readonly optional: boolean;
  /** It stands in `has(…)`. */
  readonly asked: boolean;
  /** A `has(…)` that this part of the expression depends on has made sure of it. */
  readonly sure: boolean;
}
