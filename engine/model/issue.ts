/**
 * What is wrong with a definition, and where. Issues are data: reading and checking never throw for bad input.
 * `line` and `column` are 1-based and point at the offending word in `file` (a path inside the bundle).
 */
export interface Issue {
  /** Code from `engine/errors`, for example `unknown-state`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Address of the element in the definition (`main.work.review.on.APPROVE`), where there is one. */
  readonly path?: string;
  /** One sentence that says what is wrong. */
  readonly message: string;
  /** What to write instead, ready to be copied, where the checker knows it. */
  readonly proposal?: string;
  /** The same in English. */
  readonly english?: { readonly message: string; readonly proposal?: string };
}
