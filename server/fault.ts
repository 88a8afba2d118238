import type { faults } from '../engine/errors/faults.ts';
import { type Locale, sentence } from '../engine/errors/index.ts';
import type { Blocker, FieldError } from '../engine/model/blocker.ts';

export type FaultCode = keyof typeof faults;

/** An answer that is not 2xx. The message is for the person; nothing of the cause leaks. */
export class Fault extends Error {
  readonly status: number;
  readonly code: FaultCode;
  readonly fields: readonly FieldError[] | undefined;
  readonly blockers: readonly Blocker[] | undefined;
  readonly extra: { readonly [name: string]: unknown };
  readonly #params: { readonly [name: string]: unknown };
  readonly #told: string | undefined;

  constructor(
    status: number,
    code: FaultCode,
    params: { readonly [name: string]: unknown } = {},
    more: {
      readonly fields?: readonly FieldError[];
      readonly blockers?: readonly Blocker[];
      readonly extra?: { readonly [name: string]: unknown };
      readonly message?: string;
    } = {},
  ) {
    super(more.message ?? sentence(code, params));
    this.name = 'Fault';
    this.status = status;
    this.code = code;
    this.fields = more.fields;
    this.blockers = more.blockers;
    this.extra = more.extra ?? {};
    this.#params = params;
    this.#told = more.message;
  }

  /** The sentence for whoever asked. One that was given whole is in their language already. */
  messageIn(locale: Locale): string {
    return this.#told ?? sentence(this.code, this.#params, locale);
  }
}

/** What is wrong with a request, where no sentence of the catalogue says it better: most of these no page of ours sends. */
export const invalid = (zh: string, en: string, status = 400): Fault =>
  new Fault(status, 'request-invalid', { reason: { zh, en } });

/** What is not there and what one may not know of look the same. */
export const notFound = (): Fault => new Fault(404, 'not-found');
