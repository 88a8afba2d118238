import { FLOW_LIFE } from '../../accounts/identity-provider.ts';
import { limitPer, requireNow } from '../../accounts/limits.ts';
import type { Context } from '../../context.ts';
import { Fault, notFound } from '../../fault.ts';
import { clearCookie, readCookie, setCookie } from '../cookies.ts';
import { enter, enterByPassword } from '../entry.ts';
import { bodyOf, type Call, queryText, textOf } from '../request.ts';
import type { Route } from '../route.ts';

const limitOf = limitPer<Context>(({ config }) => (config.development ? 600 : 60), 60_000);

/** Tokens are too long to be guessed; whoever tries all the same is slowed down. */
function requireCalm(context: Context, call: Call): void {
  requireNow(limitOf(context).take(call.address));
}

/** Only a path of our own: `//evil.example` and `/\evil` are addresses of others. */
function safePath(next: string): string {
  return /^\/(?![/\\])/.test(next) ? next : '';
}

function backUrl(context: Context, call: Call): string {
  return `${context.config.outside.publicUrl || call.origin}/api/oidc/callback`;
}

/** Ways in beside password and code: the house's identity provider, a portal, an invitation. */
export const entryRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/oidc/start',
    access: { kind: 'public' },
    async handle(context, call) {
      const { identityProvider, config } = context;
      if (!identityProvider) throw notFound();
      requireCalm(context, call);
      const next = safePath(queryText(call, 'next', 300));
      const { url, token } = await identityProvider.begin(backUrl(context, call), next);
      setCookie(call.response, config, 'flow', token, FLOW_LIFE);
      call.response.redirect(303, url);
    },
  },
  {
    method: 'get',
    path: '/api/oidc/callback',
    access: { kind: 'public' },
    async handle(context, call) {
      const { identityProvider, config } = context;
      if (!identityProvider) throw notFound();
      requireCalm(context, call);
      // The browser that began is the one that ends: nobody is logged in by somebody else's link.
      const token = readCookie(call.request, config, 'flow');
      clearCookie(call.response, config, 'flow');
      try {
        if (token === null) throw new Fault(403, 'provider-failed');
        const query = new URL(call.request.originalUrl, 'http://here').search;
        const { person, next } = await identityProvider.finish(new URL(backUrl(context, call) + query), token);
        const { home } = await enter(context, call, person);
        call.response.redirect(303, next || home);
      } catch (error) {
        // A person looks at this answer, not a program: the login page says what happened.
        if (!(error instanceof Fault)) throw error;
        call.response.locals.refused = error.code;
        call.response.redirect(303, `/login?trouble=${encodeURIComponent(error.code)}`);
      }
    },
  },
  {
    method: 'post',
    path: '/api/jumps',
    access: { kind: 'public' },
    async handle(context, call) {
      requireCalm(context, call);
      const { person, project, company } = await context.portals.arrive(textOf(bodyOf(call), 'token', 4_000));
      const session = await enter(context, call, person, company);
      const known = await context.companies.read(company);
      return { session, project, company: { id: company, name: known?.name ?? '' } };
    },
  },
  {
    method: 'post',
    path: '/api/invitations',
    access: { kind: 'public' },
    async handle(context, call) {
      requireCalm(context, call);
      const person = await context.accounts.person(await context.invitations.look(textOf(bodyOf(call), 'token', 200)));
      if (!person) throw new Fault(410, 'invitation-over');
      return { account: person.account, name: person.name };
    },
  },
  {
    method: 'put',
    path: '/api/invitations',
    access: { kind: 'public' },
    async handle(context, call) {
      requireCalm(context, call);
      const body = bodyOf(call);
      const token = textOf(body, 'token', 200);
      const { accounts, invitations, sessions } = context;
      const id = await invitations.look(token);
      if (!(await accounts.person(id))) throw new Fault(410, 'invitation-over');
      const person = await accounts.setPassword(id, textOf(body, 'password'));
      await invitations.use(token);
      await sessions.closeOthers(id, null);
      return enterByPassword(context, call, person);
    },
  },
];
