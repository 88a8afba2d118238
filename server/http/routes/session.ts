import { requireMobile } from '../../accounts/codes.ts';
import { isCrowded } from '../../accounts/passwords.ts';
import type { Context } from '../../context.ts';
import { Fault, invalid, notFound } from '../../fault.ts';
import { presentSession } from '../../presenters/session-view.ts';
import { logInByCode, resetByCode } from '../../use-cases/by-code.ts';
import { clearCookie } from '../cookies.ts';
import { enter, enterByPassword } from '../entry.ts';
import { bodyOf, type Call, optionalText, textOf } from '../request.ts';
import type { Route } from '../route.ts';

const present = (context: Context, call: Call) => presentSession(context, call.caller);

/** Logging in and out, registering, and what one forgot. */
/** So many wait before the door that one more would be turned away after all. */
function requireCalm(): void {
  if (isCrowded()) throw new Fault(429, 'too-many-requests', { seconds: 5 });
}

export const sessionRoutes: readonly Route[] = [
  { method: 'get', path: '/api/session', access: { kind: 'public' }, handle: present },
  {
    method: 'post',
    path: '/api/session',
    access: { kind: 'public' },
    before: requireCalm,
    async handle(context, call) {
      const body = bodyOf(call);
      const person = await context.accounts.logIn(textOf(body, 'account'), textOf(body, 'password'), call.address);
      return enterByPassword(context, call, person);
    },
  },
  {
    method: 'patch',
    path: '/api/session',
    access: { kind: 'person' },
    async handle(context, call) {
      const { company } = bodyOf(call);
      const { person } = call.caller;
      if (company !== null && typeof company !== 'string')
        throw invalid('company 应为编号或 null', 'company is an id or null');
      if (company !== null && !person?.companies.some((one) => one.company === company)) throw notFound();
      if (call.tokens.person !== null) await context.sessions.act(call.tokens.person, company);
      return presentSession(context, { ...call.caller, acting: company });
    },
  },
  {
    method: 'delete',
    path: '/api/session',
    access: { kind: 'public' },
    async handle(context, call) {
      if (call.tokens.person !== null) await context.sessions.close(call.tokens.person);
      if (call.tokens.link !== null) await context.sessions.close(call.tokens.link);
      clearCookie(call.response, context.config, 'person');
      clearCookie(call.response, context.config, 'link');
      // Whoever sits down at this browser next finds nothing in its cache.
      call.response.setHeader('clear-site-data', '"cache"');
      return presentSession(context, { person: null, link: null });
    },
  },
  {
    method: 'post',
    path: '/api/session/second',
    access: { kind: 'half' },
    async handle(context, call) {
      const { half } = call.caller;
      if (!half) throw notFound();
      await context.secondFactors.check(half, textOf(bodyOf(call), 'code', 40));
      const person = await context.accounts.person(half);
      if (!person) throw new Fault(401, 'not-logged-in');
      return enter(context, call, person);
    },
  },
  {
    method: 'post',
    path: '/api/codes',
    access: { kind: 'public' },
    async handle(context, call) {
      const body = bodyOf(call);
      const purpose = (['login', 'reset', 'mobile'] as const).find((one) => one === body.purpose);
      if (!purpose) throw invalid('purpose 应为 login、reset 或 mobile', 'purpose has to be login, reset or mobile');
      return context.sms.codes.ask(purpose, textOf(body, 'mobile', 20).trim(), call.address);
    },
  },
  {
    method: 'post',
    path: '/api/session/code',
    access: { kind: 'public' },
    async handle(context, call) {
      const body = bodyOf(call);
      const name = optionalText(body, 'name', 100);
      const person = await logInByCode(context, typedCode(call), name);
      // A code by SMS is one factor: whoever has set up a second one is asked for it too.
      return enterByPassword(context, call, person);
    },
  },
  {
    method: 'post',
    path: '/api/accounts',
    access: { kind: 'public' },
    async handle(context, call) {
      const body = bodyOf(call);
      const given = {
        account: textOf(body, 'account'),
        password: textOf(body, 'password'),
        name: textOf(body, 'name'),
      };
      return enter(context, call, await context.accounts.register(given, call.address));
    },
  },
  {
    method: 'post',
    path: '/api/accounts/reset',
    access: { kind: 'public' },
    async handle(context, call) {
      const person = await resetByCode(context, typedCode(call), textOf(bodyOf(call), 'password'));
      return enterByPassword(context, call, person);
    },
  },
];

export function typedCode(call: Call): { mobile: string; request: string; code: string } {
  const body = bodyOf(call);
  const mobile = textOf(body, 'mobile', 20).trim();
  requireMobile(mobile);
  return { mobile, request: textOf(body, 'request', 60), code: textOf(body, 'code', 20) };
}
