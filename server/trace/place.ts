import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** Where the program is: in which trace (W3C Trace Context), and for which case. Random numbers and ids, nothing of a person. */
export interface Place {
  /** 32 hexadecimal digits. */
  readonly trace: string;
  /** 16 hexadecimal digits: the part of the trace that is done here. */
  readonly span: string;
  /** Whether somebody keeps this trace. */
  readonly sampled: boolean;
  /** Of a case that is there; never what somebody wrote into an address. */
  readonly case?: string;
}

const places = new AsyncLocalStorage<Place>();

/** Undefined outside of any request and job. */
export function here(): Place | undefined {
  return places.getStore();
}

export function within<T>(place: Place, work: () => T): T {
  return places.run(place, work);
}

/** Does something for a case: lines of the log say for which. */
export function forCase<T>(id: string, work: () => T): T {
  const place = here();
  return place === undefined || place.case === id ? work() : within({ ...place, case: id }, work);
}

/** A part of a trace, or a trace of its own when there is no `parent`. */
export function newPlace(parent: Pick<Place, 'trace' | 'sampled'> | null, about: Pick<Place, 'case'> = {}): Place {
  const digits = randomBytes(24).toString('hex');
  const span = digits.slice(32);
  return parent === null
    ? { trace: digits.slice(0, 32), span, sampled: false, ...about }
    : { trace: parent.trace, span, sampled: parent.sampled, ...about };
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
export function traceparent({ trace, span, sampled }: Place): string {
  return `00-${trace}-${span}-${sampled ? '01' : '00'}`;
}

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const NOTHING = /^0+$/;

/** Null for what is no traceparent: then a trace of its own begins, as the standard says. */
export function readTraceparent(text: string | undefined): Place | null {
  const [, version, trace = '', span = '', flags = '', more] = FORM.exec(text ?? '') ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return null;
  if (NOTHING.test(trace) || NOTHING.test(span)) return null;
  return { trace, span, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** The head that a request to another system carries on; none outside of a trace. */
export function traceHeaders(): { readonly traceparent?: string } {
  const place = here();
  return place === undefined ? {} : { traceparent: traceparent(place) };
}
