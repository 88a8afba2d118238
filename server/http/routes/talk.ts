import { CASE } from '../../policies/case-access.ts';
import { listTalk, readTalk, writeTalk } from '../../use-cases/talk.ts';
import { bodyOf, numberOf, param, textOf } from '../request.ts';
import type { Route } from '../route.ts';

/** What owner and desk of a case write to each other. */
export const talkRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/cases/:id/talk',
    access: { kind: 'case', who: CASE.seen },
    handle: async (context, call) => listTalk(context, call.caller, param(call, 'id')),
  },
  {
    method: 'post',
    path: '/api/cases/:id/talk',
    access: { kind: 'case', who: CASE.changed },
    async handle(context, call) {
      const body = bodyOf(call);
      const given = { text: textOf(body, 'text', 4_000), request: textOf(body, 'request', 80) };
      return writeTalk(context, call.caller, param(call, 'id'), given);
    },
  },
  {
    method: 'post',
    path: '/api/cases/:id/talk/read',
    access: { kind: 'case', who: CASE.changed },
    handle: async (context, call) => readTalk(context, call.caller, param(call, 'id'), numberOf(bodyOf(call), 'until')),
  },
];
