import pino from 'pino';

export type Log = pino.Logger;

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
    redact: {
      paths: ['req.headers', 'password', 'token', '*.password', '*.token', '*.input', '*.text', '*.to'],
      censor: '…',
    },
  };
  return to ? pino(options, to) : pino(options);
}
