import type { SessionView } from '../../engine/contract/session.ts';
import type { Context } from '../context.ts';
import { abilitiesOf } from '../policies/abilities.ts';
import type { Caller } from '../policies/case-access.ts';

/** Rooms in the order in which somebody is sent to them who came without a destination. */
const ROOMS = [
  ['audit', '/audit'],
  ['desk', '/desk'],
  ['studio', '/studio'],
  ['lab', '/lab'],
  ['staff', '/staff'],
] as const;

/** Who is logged in, and all that they may do beside single cases. */
export async function presentSession(context: Context, caller: Caller): Promise<SessionView> {
  const { person, link, half, acting } = caller;
  const abilities = person ? abilitiesOf(person) : [];
  const room = abilities.includes('apply') ? undefined : ROOMS.find(([ability]) => abilities.includes(ability));
  const companies = await Promise.all((person?.companies ?? []).map(({ company }) => context.companies.read(company)));
  const known = companies.flatMap((one) => (one ? [{ id: one.id, name: one.name }] : []));
  const halfWay = half ? await context.accounts.book.read(half) : null;
  const provider = context.identityProvider?.title;
  return {
    person: person && { id: person.id, name: person.name, account: person.account },
    abilities,
    home: room?.[1] ?? '/',
    ...(halfWay && { second: halfWay.second?.confirmed ? 'code' : 'enrol' }),
    ...(known.length > 0 && { companies: known }),
    ...(acting && known.some(({ id }) => id === acting) && { acting }),
    ...(link ? { link: { caseId: link.caseId, via: link.via } } : {}),
    development: context.config.development,
    logins: { sms: context.sms.ready(), ...(provider !== undefined && { provider }) },
  };
}
