import type { SessionView } from '../../../engine/contract/routes.ts';
import type { Person } from '../../accounts/accounts.ts';
import type { Context } from '../../context.ts';
import { clearCookie, setCookie } from '../cookies.ts';
import { bodyOf, type Call, optionalText, textOf } from '../request.ts';
import type { Route } from '../route.ts';

function present(context: Context, person: Person | null, link: Call['caller']['link'] = null): SessionView {
  return {
    person: person && { id: person.id, name: person.name, account: person.account },
    roles: person?.roles ?? [],
    ...(link ? { link: { caseId: link.caseId, via: link.via } } : {}),
    development: context.config.development,
  };
}

/** A new session for whoever has proven to be this person; the old one ends, so that a planted token is worth nothing. */
async function renew(context: Context, call: Call, person: Person): Promise<void> {
  const token = await context.sessions.open({ kind: 'person', person: person.id });
  if (call.tokens.person !== null) await context.sessions.close(call.tokens.person);
  setCookie(call.response, context.config, 'person', token);
}

export const sessionRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/session',
    access: { kind: 'public' },
    handle: async (context, { caller }) => present(context, caller.person, caller.link),
  },
  {
    method: 'post',
    path: '/api/session',
    access: { kind: 'public' },
    async handle(context, call) {
      const body = bodyOf(call);
      const person = await context.accounts.logIn(textOf(body, 'account'), textOf(body, 'password'), call.address);
      await renew(context, call, person);
      return present(context, person);
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
      return present(context, null);
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
      const person = await context.accounts.register(given, call.address);
      await renew(context, call, person);
      return present(context, person);
    },
  },
  {
    method: 'patch',
    path: '/api/account',
    access: { kind: 'person' },
    async handle(context, call) {
      const body = bodyOf(call);
      const { person } = call.caller;
      const [name, password] = [optionalText(body, 'name'), optionalText(body, 'password')];
      const newPassword = optionalText(body, 'newPassword');
      const next = await context.accounts.change(person?.id ?? '', {
        ...(name === undefined ? {} : { name }),
        ...(password === undefined ? {} : { password }),
        ...(newPassword === undefined ? {} : { newPassword }),
      });
      if (newPassword !== undefined && call.tokens.person !== null) {
        await context.sessions.closeOthers(next.id, call.tokens.person);
      }
      return present(context, next);
    },
  },
];
