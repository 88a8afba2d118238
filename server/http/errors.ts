import type { NextFunction, Request, Response } from 'express';
import { sentence } from '../../engine/errors/index.ts';
import { Fault, invalid } from '../fault.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { Conflict, StoreCorrupt, StoreDead, StoreUnavailable } from '../store/store.ts';
import { localeOf } from './locale.ts';
import { traceOf } from './watch.ts';

/** Turns whatever was thrown into `{ error: { code, message, fields?, blockers? } }`. Nothing of the cause leaks. */
export function answerErrors(log: Log) {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const { trace, ...where } = traceOf(response);
    const fault = faultOf(error, (cause) => {
      const id = trace ?? newId(50);
      log.error(
        { ...where, id, ...(trace && { trace }), route: String(request.route?.path ?? ''), error: describe(cause) },
        'request failed',
      );
      return id;
    });
    response.locals.refused = fault.code;
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(fault.status);
    response.setHeader('cache-control', 'no-store');
    if (fault.status === 429 || fault.status === 503) response.setHeader('retry-after', '5');
    const locale = localeOf(request);
    const message = fault.messageIn(locale);
    // What is wrong on our side is told with the number by which it is found.
    const isOurs = fault.status >= 500 && trace !== undefined;
    response.json({
      ...fault.extra,
      error: {
        code: fault.code,
        message: isOurs && fault.code !== 'internal' ? sentence('numbered', { message, id: trace }, locale) : message,
        ...(isOurs && { trace }),
        ...(fault.fields ? { fields: fault.fields } : {}),
        ...(fault.blockers ? { blockers: fault.blockers } : {}),
      },
    });
  };
}

function faultOf(error: unknown, log: (cause: unknown) => string): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof Conflict) return new Fault(409, 'case-moved-on');
  if (error instanceof StoreUnavailable || error instanceof StoreDead) {
    log(error);
    return new Fault(503, 'try-later');
  }
  if (error instanceof StoreCorrupt) {
    log(error);
    return new Fault(500, 'data-damaged');
  }
  // Body parsers and the router say by status that the request was bad.
  const status = (error as { status?: unknown }).status;
  if (status === 413) return new Fault(413, 'request-too-large', { limit: '1 MB' });
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return invalid('无法读取', 'it cannot be read');
  }
  return new Fault(500, 'internal', { id: log(error) });
}

/** Name and stack, without the message's values: they may be somebody's data. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  // A path in the data folder is nobody's data, and it says what is to be restored.
  const where = cause instanceof StoreCorrupt ? ` ${cause.where}` : '';
  return `${cause.name}${where}\n${frames.slice(0, 6).join('\n')}`;
}
