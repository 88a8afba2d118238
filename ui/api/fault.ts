import type { Blocker, FieldError } from '../../engine/model/blocker.ts';

/** What the server answered instead of 2xx, or `offline` when it could not be reached at all. */
export class Fault extends Error {
  readonly status: number;
  /** Code of `engine/errors/faults.ts` or of a blocker; `offline`, `unreadable` are made here. */
  readonly code: string;
  readonly fields: readonly FieldError[];
  readonly blockers: readonly Blocker[];
  /** What the answer holds besides the error. */
  readonly extra: { readonly [name: string]: unknown };

  constructor(
    status: number,
    code: string,
    message: string,
    fields: readonly FieldError[] = [],
    blockers: readonly Blocker[] = [],
    extra: { readonly [name: string]: unknown } = {},
  ) {
    super(message);
    this.name = 'Fault';
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.blockers = blockers;
    this.extra = extra;
  }

  /** Nothing was refused: trying the same again later may work. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** The session ran out: logging in again mends it, and nothing of what was typed is wrong. */
  get loggedOut(): boolean {
    return this.code === 'not-logged-in';
  }

  /** Field errors of the answer itself and of its blockers, in order. */
  get fieldErrors(): readonly FieldError[] {
    return [...this.fields, ...this.blockers.flatMap((blocker) => blocker.fields ?? [])];
  }
}

interface ErrorBody {
  readonly error?: {
    readonly code?: string;
    readonly message?: string;
    readonly fields?: readonly FieldError[];
    readonly blockers?: readonly Blocker[];
  };
}

/** Reads an answer that is not 2xx. An answer that is no JSON of ours (a proxy's page) becomes `unreadable`. */
export function faultOf(status: number, text: string, unreadable: string): Fault {
  let body: ErrorBody = {};
  try {
    body = JSON.parse(text) as ErrorBody;
  } catch {
    // Falls through to the general sentence.
  }
  const { error, ...extra } = body ?? {};
  if (!error?.code) return new Fault(status, 'unreadable', unreadable);
  return new Fault(status, error.code, error.message ?? unreadable, error.fields ?? [], error.blockers ?? [], extra);
}
