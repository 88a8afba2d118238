import type { Request } from 'express';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import { may } from '../policies/abilities.ts';
import { relationOf } from '../policies/case-access.ts';
import { leads } from '../policies/leading.ts';
import { mayReadMetrics } from '../policies/metrics-access.ts';
import { type Call, param } from './request.ts';
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

/** Heads of whoever passes a request on. */
const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/** @throws Fault not-logged-in, not-allowed, metrics-token; not-found for a case that does not exist for the caller */
export async function requireAccess(context: Context, access: Access, call: Call): Promise<void> {
  const { person, link, half } = call.caller;
  switch (access.kind) {
    case 'public':
      return;
    case 'person':
      if (!person) throw new Fault(401, 'not-logged-in');
      return;
    case 'half':
      if (!person && !half) throw new Fault(401, 'not-logged-in');
      return;
    case 'may': {
      if (!person) throw new Fault(401, 'not-logged-in');
      const abilities = [access.ability].flat();
      const project = access.project === undefined ? undefined : param(call, access.project);
      if (!abilities.some((ability) => may(person, ability, project))) throw new Fault(403, 'not-allowed');
      return;
    }
    case 'key':
      if (!/^Bearer \S/.test(call.request.get('authorization') ?? '')) throw new Fault(401, 'portal-key');
      return;
    case 'metrics': {
      const { request } = call;
      const isForwarded = FORWARDING.some((name) => request.get(name) !== undefined);
      const asked = { authorization: request.get('authorization'), peer: request.socket.remoteAddress, isForwarded };
      const answer = mayReadMetrics(context.config, asked);
      if (answer === 'off') throw notFound();
      if (answer === 'refused') throw new Fault(401, 'metrics-token');
      return;
    }
    case 'lead':
      if (!person) throw new Fault(401, 'not-logged-in');
      if (!context.inForce().some((definition) => leads(definition, person))) throw new Fault(403, 'not-allowed');
      return;
    case 'case': {
      if (!person && !link) throw new Fault(401, 'not-logged-in');
      const entry = await context.cases.entry(param(call, 'id'));
      const relation = entry && relationOf(call.caller, entry, await context.releases.definition(entry.release));
      if (!relation || !access.who.includes(relation)) throw notFound();
      if (access.ability !== undefined && !(person && may(person, access.ability))) throw new Fault(403, 'not-allowed');
      return;
    }
  }
}
