import type { NextFunction, Request, Response } from 'express';
import type { Context } from '../context.ts';
import { forCase, type Place, readTraceparent, within } from '../trace/place.ts';

/** Of a request that runs; beside what express keeps of it. */
interface Watched {
  /** The case that the request is about, once somebody has been let in to it. */
  place?: Place;
}

const watchedOf = (response: Response): Watched => response.locals as Watched;

/** Trace and case of a request, for lines of the log that are written outside of it. */
export function traceOf(response: Response): { readonly trace?: string; readonly case?: string } {
  const { place } = watchedOf(response);
  return place === undefined ? {} : { trace: place.trace, ...(place.case !== undefined && { case: place.case }) };
}

/** What a request does for a case; its own line in the log says which. */
export function aboutCase<T>(response: Response, id: string, work: () => Promise<T>): Promise<T> {
  const watched = watchedOf(response);
  if (watched.place !== undefined) watched.place = { ...watched.place, case: id };
  return forCase(id, work);
}

/**
 * Every request is a part of a trace: of its sender's (`traceparent`), else of one that begins here. The answer says which
 * (`trace`), so that a person can tell it to those who look for it. When it is done it is written down, and counted.
 */
export function watchRequest(context: Context, request: Request, response: Response, next: NextFunction): void {
  const { log, metrics, tracing } = context;
  const { method } = request;
  const span = tracing.begin('request', 'server', readTraceparent(request.get('traceparent')));
  watchedOf(response).place = span.place;
  response.setHeader('trace', span.place.trace);
  const start = performance.now();
  response.on('finish', () => {
    const seconds = (performance.now() - start) / 1000;
    const route = patternOf(request);
    const { statusCode: status } = response;
    const isStream = String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
    metrics.request(method, route, status, isStream ? null : seconds);
    // Why something was refused and to whom; who came in. Ids and codes only, and no address of a person.
    const { refused, entered, person } = response.locals;
    const isTold = refused !== undefined || entered !== undefined;
    const told = { refused, entered, ...(isTold && { person }) };
    log.info({ ...traceOf(response), method, route, status, ms: Math.round(seconds * 1000), ...told }, 'request');
  });
  // Also when whoever asked has gone away.
  response.on('close', () => {
    const route = patternOf(request);
    const { statusCode: status } = response;
    const about = { name: `${method} ${route}`, 'http.request.method': method, 'http.route': route };
    const caseId = traceOf(response).case;
    span.end({ ...about, 'http.response.status_code': status, 'certflow.case': caseId }, status >= 500);
  });
  within(span.place, next);
}

/** The pattern, never the address: addresses hold ids and tokens. */
function patternOf(request: Request): string {
  const pattern: unknown = request.route?.path;
  if (pattern === undefined) return request.path.startsWith('/api') ? '/api/?' : 'page';
  // Everything that the user interface answers.
  return pattern === '/{*path}' ? 'page' : String(pattern);
}
