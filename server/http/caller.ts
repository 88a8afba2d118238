import type { Request, Response } from 'express';
import type { Linked } from '../accounts/sessions.ts';
import type { Context } from '../context.ts';
import { readCookie } from './cookies.ts';
import { localeOf } from './locale.ts';
import type { Call } from './request.ts';

/** Finds out who asks. A session of an account that is disabled meanwhile is nobody's. */
export async function callOf(context: Context, request: Request, response: Response): Promise<Call> {
  const { config, sessions, accounts } = context;
  const tokens = { person: readCookie(request, config, 'person'), link: readCookie(request, config, 'link') };
  const own = tokens.person === null ? null : await sessions.find(tokens.person);
  const linked = tokens.link === null ? null : await sessions.find(tokens.link);
  const person = own?.kind === 'person' ? await accounts.person(own.person) : null;
  // Whoever does not act for it any more does not act for it here either.
  const acting = own?.kind === 'person' && person?.companies.some(({ company }) => company === own.acting);
  return {
    request,
    response,
    tokens,
    caller: {
      person,
      half: own?.kind === 'half' && (await accounts.person(own.person)) !== null ? own.person : null,
      acting: acting ? (own.acting ?? null) : null,
      link: linked?.kind === 'link' ? linkOf(linked) : null,
      locale: localeOf(request),
    },
    address: request.ip ?? '',
    origin: `${request.protocol}://${request.get('host') ?? ''}`,
  };
}

function linkOf({ caseId, via, generation }: Linked): Linked {
  return { caseId, via, generation };
}
