import pino from 'pino';

export type Log = pino.Logger;

/**
 * Logs carry ids, codes and times, never what a person typed: no bodies, no query strings, no tokens, no texts of
 * notices. `redact` is the net below that rule, not the rule.
 */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['req.headers', 'password', 'token', '*.password', '*.token', '*.input', '*.text', '*.to'],
      censor: '…',
    },
  });
}
