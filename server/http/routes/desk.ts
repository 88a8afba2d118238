import type { Person } from '../../accounts/accounts.ts';
import { Fault, invalid } from '../../fault.ts';
import { staffRoles } from '../../policies/case-access.ts';
import { listDeskNotices, markAllDeskNotices, markDeskNotices } from '../../use-cases/desk-notices.ts';
import { bodyOf, type Call, numberOf, personOf, queryPage, queryText } from '../request.ts';
import type { Route } from '../route.ts';
import { keysOf } from './messages.ts';

function staffOf(call: Call): Person {
  const person = personOf(call);
  if (staffRoles(person).length === 0) throw new Fault(403, 'not-allowed');
  return person;
}

/** What the desk is told: a promise that presses, money that does not fit, an applicant who wrote. */
export const deskRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/desk/notices',
    access: { kind: 'may', ability: 'work' },
    handle: async (context, call) =>
      listDeskNotices(context, staffOf(call), { unread: queryText(call, 'view') === 'unread' }, queryPage(call)),
  },
  {
    method: 'post',
    path: '/api/desk/notices/marks',
    access: { kind: 'may', ability: 'work' },
    async handle(context, call) {
      const { read } = bodyOf(call);
      if (typeof read !== 'boolean') throw invalid('read 应为 true 或 false', 'read has to be true or false');
      return { unread: await markDeskNotices(context, staffOf(call), keysOf(call), read) };
    },
  },
  {
    method: 'post',
    path: '/api/desk/notices/read',
    access: { kind: 'may', ability: 'work' },
    handle: async (context, call) => ({
      unread: await markAllDeskNotices(context, staffOf(call), numberOf(bodyOf(call), 'until')),
    }),
  },
];
