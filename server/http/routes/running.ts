import { type WorkAction, workActions } from '../../../engine/contract/running.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { Person } from '../../accounts/accounts.ts';
import type { Context } from '../../context.ts';
import { Fault, invalid, notFound } from '../../fault.ts';
import { newId } from '../../ids.ts';
import { isObject } from '../../json.ts';
import { may } from '../../policies/abilities.ts';
import { claimedTasks } from '../../running/claims.ts';
import { bulkOffers } from '../../running/offers.ts';
import { stuckCases } from '../../running/stuck.ts';
import { reportOf, summaryOf, type Work } from '../../running/works.ts';
import { writeDown } from '../../use-cases/audit.ts';
import { bodyOf, type Call, optionalText, param, personOf, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const LEAD: Access = { kind: 'lead' };
/** Of one work: what a person can look over. */
const MOST_ROWS = 500;

/** `[{ id, key }]`: cases, and of what in them. @throws Fault request-invalid */
async function rowsOf(context: Context, body: JsonObject): Promise<Work['rows']> {
  const { rows } = body;
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > MOST_ROWS)
    throw invalid(`请选 1 到 ${MOST_ROWS} 件业务单`, `choose 1 to ${MOST_ROWS} cases`);
  const seen = new Set<string>();
  const ids = rows.flatMap((row) => (isObject(row) && typeof row.id === 'string' ? row.id : []));
  const known = await context.cases.lists.many(ids);
  return rows.flatMap((row) => {
    if (!isObject(row) || typeof row.id !== 'string' || typeof (row.key ?? '') !== 'string')
      throw invalid('rows 应为 { id, key } 的列表', 'rows has to be a list of { id, key }');
    const key = String(row.key ?? '');
    if (seen.has(`${row.id} ${key}`)) return [];
    seen.add(`${row.id} ${key}`);
    const number = known.get(row.id)?.number ?? '';
    return [{ id: row.id, number, key, state: 'waiting' as const, message: '', at: null }];
  });
}

async function workOf(context: Context, call: Call): Promise<Work> {
  const person = personOf(call);
  const body = bodyOf(call);
  const action = workActions.find((one): one is WorkAction => one === body.action);
  if (action === undefined) throw invalid('没有这种操作', 'there is no such action');
  // Requests to others belong to whoever runs the hall.
  if (['replay', 'ask'].includes(action) && !may(person, 'letters')) throw new Fault(403, 'not-allowed');
  const event = action === 'event' ? textOf(body, 'event', 80) : '';
  const to = action === 'hand' ? (optionalText(body, 'to', 80) ?? '') : '';
  const data = isObject(body.data) ? body.data : null;
  const name = to === '' ? '' : ((await context.accounts.person(to))?.name ?? '');
  return {
    ...{ id: newId(), at: context.clock.now(), by: person.id, name: person.name },
    locale: call.caller.locale ?? 'zh-CN',
    ...{ action, what: action === 'event' ? textOf(body, 'title', 80) : name, event, data, to },
    rows: await rowsOf(context, body),
  };
}

export const runningRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/running/stuck',
    access: LEAD,
    handle: async (context, call) => ({ cases: await stuckCases(context, personOf(call)) }),
  },
  {
    method: 'get',
    path: '/api/running/claims',
    access: LEAD,
    handle: (context, call) => claimedTasks(context, personOf(call)),
  },
  {
    method: 'post',
    path: '/api/running/offers',
    access: LEAD,
    async handle(context, call) {
      const { cases } = bodyOf(call);
      const ids = Array.isArray(cases) ? cases.filter((id): id is string => typeof id === 'string') : [];
      return { offers: await bulkOffers(context, personOf(call), ids.slice(0, MOST_ROWS)) };
    },
  },
  {
    method: 'post',
    path: '/api/running/works',
    access: LEAD,
    async handle(context, call) {
      const work = await workOf(context, call);
      const path = `${work.action} ${work.event}`.trim();
      await writeDown(context, { person: work.by, action: 'bulk', path, reason: `${work.rows.length} ${work.id}` });
      await context.works.put(work);
      return { id: work.id };
    },
  },
  {
    method: 'get',
    path: '/api/running/works',
    access: LEAD,
    async handle(context, call) {
      const own = (await context.works.all()).filter((work) => maySee(work, personOf(call)));
      return { works: own.slice(0, 100).map(summaryOf) };
    },
  },
  {
    method: 'get',
    path: '/api/running/works/:id',
    access: LEAD,
    async handle(context, call) {
      const work = await context.works.read(param(call, 'id'));
      if (work === null || !maySee(work, personOf(call))) throw notFound();
      return reportOf(work);
    },
  },
];

/** Their own; whoever runs the hall sees what others did. */
function maySee(work: Work, person: Person): boolean {
  return work.by === person.id || may(person, 'letters');
}
