import type { JsonObject } from './json.ts';

/** Why something cannot be done now. A refusal is a non-empty list of these; it never changes a case. */
export interface Blocker {
  /** Code from `engine/errors`, for example `condition-unmet`, `form-invalid`, `not-your-turn`. */
  readonly code: string;
  readonly params: JsonObject;
  /** The sentence for the person, in the language of the actor. */
  readonly message: string;
  /** Field errors when `code` is `form-invalid`: paths are `<form>.<field>[.<sub>…]`. */
  readonly fields?: readonly FieldError[];
}

/** One field that keeps a form from being accepted. */
export interface FieldError {
  /** `<form>.<field>` with array indexes as numbers: `organization.name`, `rejection.flags.0.reason`. */
  readonly path: string;
  /** Keyword that failed: `required`, `pattern`, `format:idNumber`, `x-required`, … */
  readonly keyword: string;
  /** A sentence that says how to mend it. */
  readonly message: string;
}
