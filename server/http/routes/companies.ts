import type { CompanyDetails } from '../../../engine/contract/accounts.ts';
import { limitPer, requireNow } from '../../accounts/limits.ts';
import type { Context } from '../../context.ts';
import { writeDown } from '../../use-cases/audit.ts';
import { bodyOf, type Call, param, personOf, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const access: Access = { kind: 'may', ability: 'apply' };
/** Nobody belongs to many companies in one day. */
const joins = limitPer<Context>(10, 24 * 3_600_000);

/** The companies that a person acts for; their people are told to managers only. */
async function present(context: Context, id: string): Promise<{ readonly companies: readonly CompanyDetails[] }> {
  const { accounts, companies } = context;
  const person = await accounts.person(id);
  const nameOf = async (one: string): Promise<string> => (await accounts.book.read(one))?.name ?? '';
  const details = (person?.companies ?? []).map(async (membership): Promise<readonly CompanyDetails[]> => {
    const company = await companies.read(membership.company);
    if (!company) return [];
    const { name, number, members, asks } = company;
    const { manager, proven } = membership;
    const people = async () => ({
      members: await Promise.all(
        members.map(async ({ since: _, ...one }) => ({
          ...one,
          name: await nameOf(one.person),
          own: one.person === id,
        })),
      ),
      asks: await Promise.all(asks.map(async (one) => ({ ...one, name: await nameOf(one.person) }))),
    });
    return [{ id: company.id, name, number, manager, proven, ...(manager && (await people())) }];
  });
  return { companies: (await Promise.all(details)).flat() };
}

async function note(context: Context, call: Call, action: string, company: string, about: string): Promise<void> {
  await writeDown(context, { person: personOf(call).id, action, path: company, reason: about });
}

export const companyRoutes: readonly Route[] = [
  { method: 'get', path: '/api/companies', access, handle: (context, call) => present(context, personOf(call).id) },
  {
    method: 'post',
    path: '/api/companies',
    access,
    async handle(context, call) {
      const body = bodyOf(call);
      const { id } = personOf(call);
      requireNow(joins(context).take(id));
      const given = { name: textOf(body, 'name', 200), number: textOf(body, 'number', 60) };
      const state = await context.companies.join(id, given);
      return { state, ...(await present(context, id)) };
    },
  },
  {
    method: 'put',
    path: '/api/companies/:company/members/:person',
    access,
    async handle(context, call) {
      const { id } = personOf(call);
      const [company, other] = [param(call, 'company'), param(call, 'person')];
      await context.companies.admit(id, company, other, bodyOf(call).manager === true);
      await note(context, call, 'company-admit', company, other);
      return present(context, id);
    },
  },
  {
    method: 'delete',
    path: '/api/companies/:company/members/:person',
    access,
    async handle(context, call) {
      const { id } = personOf(call);
      const [company, other] = [param(call, 'company'), param(call, 'person')];
      await context.companies.leave(id, company, other === 'me' ? id : other);
      await note(context, call, 'company-leave', company, other);
      return present(context, id);
    },
  },
];
