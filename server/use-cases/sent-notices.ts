import type { SentNoticeView } from '../../engine/contract/routes.ts';
import { maskValue } from '../../engine/forms/index.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import { sendAgain } from '../jobs/sent.ts';
import type { Caller } from '../policies/case-access.ts';
import type { SentNotice } from '../store/store.ts';
import { writeDown } from './audit.ts';
import { openCase } from './open-case.ts';

/** Between two times of the same notice: whoever presses twice sends once, and nobody is flooded. */
const PAUSE = 60_000;

/** The newest notices of a case that left the house, the newest first. @throws Fault not-found */
export async function sentNotices(context: Context, caller: Caller, id: string): Promise<readonly SentNoticeView[]> {
  const { document } = await openCase(context, caller, id);
  const isUnderWay = (key: string): boolean => document.outbox.some(({ effect }) => effect.key === key);
  return [...(document.sent ?? [])].reverse().map(({ effect, at }) => ({
    key: effect.key,
    at,
    by: effect.by === 'email' ? 'email' : 'sms',
    to: String(maskValue(effect.by === 'email' ? 'email' : 'mobile', effect.to)),
    text: effect.text,
    waiting: isUnderWay(effect.key),
  }));
}

/** Sends one of them again, in its own words. It is written down who had it sent. @throws Fault not-found, notice-just-sent */
export async function resendNotice(
  context: Context,
  caller: Caller,
  id: string,
  key: string,
): Promise<readonly SentNoticeView[]> {
  const { document } = await openCase(context, caller, id);
  const known = document.sent?.find(({ effect }) => effect.key === key);
  if (!known || !caller.person) throw notFound();
  const now = context.clock.now();
  const isTooSoon = ({ at }: SentNotice): boolean => now < at + PAUSE;
  let isSent = false;
  await context.cases.adjust(id, (newest) => {
    const sent = newest.sent?.find(({ effect }) => effect.key === key);
    const next = sent && !isTooSoon(sent) ? sendAgain(newest, key, now) : null;
    isSent = next !== null;
    return next;
  });
  if (!isSent) throw new Fault(409, 'notice-just-sent');
  const { notice } = known.effect;
  await writeDown(context, { person: caller.person.id, caseId: id, action: 'resend', path: notice });
  return sentNotices(context, caller, id);
}
