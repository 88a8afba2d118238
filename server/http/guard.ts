import type { Request } from 'express';
import type { Config } from '../config.ts';
import { Fault } from '../fault.ts';
import type { Call } from './request.ts';
import type { Access, Route } from './route.ts';

/**
 * A change must come from our own pages: a foreign site can send a form or a text/plain body with the person's cookie,
 * but neither our content types nor our origin. A browser always sends Origin with such a request.
 * @throws Fault request-foreign, content-type
 */
export function requireOwnSite(request: Request, route: Route, config: Config): void {
  if (route.method === 'get') return;
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const own = `${request.protocol}://${request.get('host') ?? ''}`;
  const isOwn = origin !== undefined ? origin === own || config.origins.includes(origin) : site === 'same-origin';
  if (!isOwn || (site !== undefined && site !== 'same-origin' && !config.origins.includes(origin ?? ''))) {
    throw new Fault(403, 'request-foreign');
  }
  const wanted = route.body === 'multipart' ? 'multipart/form-data' : 'application/json';
  if (!request.is(wanted)) throw new Fault(415, 'content-type', { wanted });
}

/** @throws Fault not-logged-in, not-allowed. Access to a case is decided where the case is read. */
export function requireAccess(access: Access, call: Call): void {
  const { person, link } = call.caller;
  switch (access.kind) {
    case 'public':
      return;
    case 'person':
      if (!person) throw new Fault(401, 'not-logged-in');
      return;
    case 'role':
      if (!person) throw new Fault(401, 'not-logged-in');
      if (!access.roles.some((role) => person.roles.includes(role))) throw new Fault(403, 'not-allowed');
      return;
    case 'case':
      if (!person && !link) throw new Fault(401, 'not-logged-in');
      return;
  }
}
