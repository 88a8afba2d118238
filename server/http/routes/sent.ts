import { CASE } from '../../policies/case-access.ts';
import { resendNotice, sentNotices } from '../../use-cases/sent-notices.ts';
import { bodyOf, param, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const OPERATIONS: Access = { kind: 'case', who: CASE.staff, ability: 'letters' };

/** Notices of a case that left the house: somebody says that nothing came. */
export const sentRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/cases/:id/sent',
    access: OPERATIONS,
    handle: async (context, call) => ({ sent: await sentNotices(context, call.caller, param(call, 'id')) }),
  },
  {
    method: 'post',
    path: '/api/cases/:id/sent/again',
    access: OPERATIONS,
    async handle(context, call) {
      const key = textOf(bodyOf(call), 'key', 200);
      return { sent: await resendNotice(context, call.caller, param(call, 'id'), key) };
    },
  },
];
