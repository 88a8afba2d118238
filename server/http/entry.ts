import type { SessionView } from '../../engine/contract/session.ts';
import type { Person } from '../accounts/accounts.ts';
import { deviceOf } from '../accounts/device.ts';
import type { Context } from '../context.ts';
import type { Caller } from '../policies/case-access.ts';
import { needsSecond } from '../policies/second-factor.ts';
import { presentSession } from '../presenters/session-view.ts';
import { setCookie } from './cookies.ts';
import type { Call } from './request.ts';

/** A new session; the old one ends, so that a planted token is worth nothing. */
async function renew(context: Context, call: Call, token: string): Promise<void> {
  if (call.tokens.person !== null) await context.sessions.close(call.tokens.person);
  setCookie(call.response, context.config, 'person', token);
}

/** Logs somebody in who has proven everything that is asked of them. */
export async function enter(context: Context, call: Call, person: Person, acting?: string): Promise<SessionView> {
  const device = deviceOf(call.request.get('user-agent') ?? '');
  const session = { kind: 'person', person: person.id, device, ...(acting !== undefined && { acting }) } as const;
  await renew(context, call, await context.sessions.open(session));
  note(call, person, 'in');
  await context.accounts.book.update(person.id, (now) => ({ ...now, seenAt: context.clock.now() }));
  return presentSession(context, { ...callerOf(call, person), acting: acting ?? null });
}

/** A password (or an invitation) was right: in, or half-way in where a second factor is asked for. */
export async function enterByPassword(context: Context, call: Call, person: Person): Promise<SessionView> {
  const account = await context.accounts.book.read(person.id);
  if (!account || !needsSecond(account, context.config.secondFactor)) return enter(context, call, person);
  note(call, person, 'half');
  await renew(context, call, await context.sessions.open({ kind: 'half', person: person.id }));
  return presentSession(context, { ...callerOf(call, null), half: person.id });
}

/** For the log of the request: the route says by which way, the second factor has one of its own. */
function note({ response }: Call, person: Person, entered: 'in' | 'half'): void {
  Object.assign(response.locals, { person: person.id, entered });
}

function callerOf({ caller }: Call, person: Person | null): Caller {
  const { half: _, acting: __, ...rest } = caller;
  return { ...rest, person };
}
