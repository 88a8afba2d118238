import type { AccountView } from '../../../engine/contract/accounts.ts';
import type { Context } from '../../context.ts';
import { Fault, notFound } from '../../fault.ts';
import { mustHaveSecond } from '../../policies/second-factor.ts';
import { presentSession } from '../../presenters/session-view.ts';
import { bindMobile } from '../../use-cases/by-code.ts';
import { enter } from '../entry.ts';
import { requirePassword } from '../password-again.ts';
import { bodyOf, type Call, optionalText, param, personOf, textOf } from '../request.ts';
import type { Route } from '../route.ts';
import { typedCode } from './session.ts';

/** Somebody logged in, or on the way: both set up their second factor. */
function whoOf({ caller }: Call): string {
  const id = caller.person?.id ?? caller.half;
  if (!id) throw notFound();
  return id;
}

async function present(context: Context, id: string): Promise<AccountView> {
  const account = await context.accounts.book.read(id);
  if (!account) throw notFound();
  const { mobile, second } = account;
  return {
    mobile: mobile && `${mobile.slice(0, 3)}****${mobile.slice(-4)}`,
    password: account.password !== null,
    second: second?.confirmed ? { recovery: second.recovery.length } : null,
    secondRequired: mustHaveSecond(account, context.config.secondFactor),
    provided: account.provided,
  };
}

/** What somebody sees and changes of their own account. */
export const accountRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/account',
    access: { kind: 'person' },
    handle: (context, call) => present(context, personOf(call).id),
  },
  {
    method: 'patch',
    path: '/api/account',
    access: { kind: 'person' },
    async handle(context, call) {
      const body = bodyOf(call);
      const [name, password] = [optionalText(body, 'name'), optionalText(body, 'password')];
      const newPassword = optionalText(body, 'newPassword');
      const person = await context.accounts.change(personOf(call).id, {
        ...(name === undefined ? {} : { name }),
        ...(password === undefined ? {} : { password }),
        ...(newPassword === undefined ? {} : { newPassword }),
      });
      if (newPassword !== undefined) await context.sessions.closeOthers(person.id, call.tokens.person);
      return presentSession(context, { ...call.caller, person });
    },
  },
  {
    method: 'put',
    path: '/api/account/mobile',
    access: { kind: 'person' },
    async handle(context, call) {
      // By the phone a new password is set: whoever binds one could take the account over.
      const { id } = await requirePassword(context, call);
      await bindMobile(context, id, typedCode(call));
      return present(context, personOf(call).id);
    },
  },
  {
    method: 'get',
    path: '/api/account/devices',
    access: { kind: 'person' },
    handle: async (context, call) => ({
      devices: await context.sessions.devices(personOf(call).id, call.tokens.person ?? ''),
    }),
  },
  {
    method: 'delete',
    path: '/api/account/devices',
    access: { kind: 'person' },
    async handle(context, call) {
      await context.sessions.closeOthers(personOf(call).id, call.tokens.person);
      return { devices: await context.sessions.devices(personOf(call).id, call.tokens.person ?? '') };
    },
  },
  {
    method: 'delete',
    path: '/api/account/devices/:device',
    access: { kind: 'person' },
    async handle(context, call) {
      if (!(await context.sessions.closeDevice(personOf(call).id, param(call, 'device')))) throw notFound();
      return { devices: await context.sessions.devices(personOf(call).id, call.tokens.person ?? '') };
    },
  },
  {
    method: 'post',
    path: '/api/account/second',
    access: { kind: 'half' },
    async handle(context, call) {
      // Who is on the way in has given the password a moment ago.
      if (call.caller.person) await requirePassword(context, call);
      return context.secondFactors.begin(whoOf(call));
    },
  },
  {
    method: 'put',
    path: '/api/account/second',
    access: { kind: 'half' },
    async handle(context, call) {
      const id = whoOf(call);
      const recovery = await context.secondFactors.confirm(id, textOf(bodyOf(call), 'code', 40));
      const person = await context.accounts.person(id);
      if (!person) throw new Fault(401, 'not-logged-in');
      const session = call.caller.half
        ? await enter(context, call, person)
        : await presentSession(context, call.caller);
      return { recovery, session };
    },
  },
  {
    method: 'post',
    path: '/api/account/second/recovery',
    access: { kind: 'person' },
    handle: async (context, call) => ({
      recovery: await context.secondFactors.renew(personOf(call).id, textOf(bodyOf(call), 'code', 40)),
    }),
  },
  {
    method: 'delete',
    path: '/api/account/second',
    access: { kind: 'person' },
    async handle(context, call) {
      const { id } = personOf(call);
      const account = await context.accounts.book.read(id);
      if (account && mustHaveSecond(account, context.config.secondFactor)) throw new Fault(409, 'second-needed');
      await context.secondFactors.remove(id, textOf(bodyOf(call), 'code', 40));
      return present(context, id);
    },
  },
];
