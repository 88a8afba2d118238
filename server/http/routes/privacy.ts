import { limitPer, requireNow } from '../../accounts/limits.ts';
import { requireWhole } from '../../cases/cases.ts';
import type { Context } from '../../context.ts';
import { erasePerson, planErasure } from '../../privacy/erasure.ts';
import { ownData } from '../../privacy/own-data.ts';
import { writeZip } from '../../privacy/zip.ts';
import { clearCookie } from '../cookies.ts';
import { requirePassword } from '../password-again.ts';
import { personOf } from '../request.ts';
import type { Route } from '../route.ts';

/** Archives that a person gets in an hour. */
const MOST_EXPORTS = 5;
const HOUR = 3_600_000;
const exports = limitPer<Context>(MOST_EXPORTS, HOUR);

export const privacyRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/api/account/export',
    access: { kind: 'person' },
    async handle(context, call) {
      const person = await requirePassword(context, call);
      const { audit, clock } = context;
      requireWhole(context.cases);
      requireNow(exports(context).take(person.id));
      await audit.append({ at: clock.now(), person: person.id, action: 'export' });
      const { response } = call;
      response.setHeader('content-type', 'application/zip');
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('content-disposition', 'attachment; filename="my-data.zip"');
      await writeZip(ownData(context, person), response);
    },
  },
  {
    method: 'get',
    path: '/api/account/erasure',
    access: { kind: 'person' },
    handle(context, call) {
      requireWhole(context.cases);
      return planErasure(context, personOf(call));
    },
  },
  {
    method: 'post',
    path: '/api/account/erasure',
    access: { kind: 'person' },
    async handle(context, call) {
      const person = await requirePassword(context, call);
      requireWhole(context.cases);
      const plan = await erasePerson(context, person, call.origin);
      clearCookie(call.response, context.config, 'person');
      return plan;
    },
  },
];
