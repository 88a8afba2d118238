import pino from 'pino';
import { here } from './trace/place.ts';

export type Log = pino.Logger;

/** Every line of a request or a job says of which: by `trace` all of them are found, by `case` those of a case. */
function whereOf(): { trace?: string; case?: string } {
  const place = here();
  if (place === undefined) return {};
  return place.case === undefined ? { trace: place.trace } : { trace: place.trace, case: place.case };
}

/**
 * Logs carry ids, codes and times, never what a person typed: no bodies, no query strings, no tokens, no texts of
 * notices. `redact` is the net below that rule, not the rule.
 */
/** @param to where they go; by default the process's standard output */
export function createLog(level: string, to?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: whereOf,
    redact: {
      paths: ['req.headers', 'password', 'token', '*.password', '*.token', '*.input', '*.text', '*.to'],
      censor: '…',
    },
  };
  return to ? pino(options, to) : pino(options);
}
