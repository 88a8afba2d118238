import type { Context } from '../../context.ts';
import { invalid } from '../../fault.ts';
import { isObject } from '../../json.ts';
import type { Grant } from '../../policies/roles.ts';
import { listAudit } from '../../use-cases/read-audit.ts';
import { actOnStaff, createStaff, listStaff, type StaffDeed, setGrants } from '../../use-cases/staff.ts';
import { bodyOf, type Call, param, personOf, queryPage, queryText, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const STAFF: Access = { kind: 'may', ability: 'staff' };
const DEEDS: readonly StaffDeed[] = ['disable', 'enable', 'unlock', 'reset-second', 'invite'];

function grantsOf(call: Call): readonly Grant[] {
  const { grants } = bodyOf(call);
  const wrong = () => invalid('grants 应为角色的列表', 'grants has to be a list of roles');
  if (!Array.isArray(grants) || grants.length > 50) throw wrong();
  return grants.map((one) => {
    if (!isObject(one) || typeof one.role !== 'string') throw wrong();
    const { role, projects } = one;
    if (projects === null) return { role, projects };
    if (!Array.isArray(projects) || projects.length === 0 || projects.length > 200) throw wrong();
    if (!projects.every((id) => typeof id === 'string')) throw wrong();
    return { role, projects: projects as string[] };
  });
}

const list = (context: Context, call: Call) => listStaff(context, personOf(call), call.caller.locale);

/** Accounts of the staff, and what the staff looked at and decided. */
export const staffRoutes: readonly Route[] = [
  { method: 'get', path: '/api/staff', access: STAFF, handle: list },
  {
    method: 'post',
    path: '/api/staff',
    access: STAFF,
    async handle(context, call) {
      const body = bodyOf(call);
      const given = { account: textOf(body, 'account', 60), name: textOf(body, 'name', 100), grants: grantsOf(call) };
      const { invitation } = await createStaff(context, personOf(call), given);
      return { ...(await list(context, call)), invitation };
    },
  },
  {
    method: 'put',
    path: '/api/staff/:id/grants',
    access: STAFF,
    async handle(context, call) {
      await setGrants(context, personOf(call), param(call, 'id'), grantsOf(call));
      return list(context, call);
    },
  },
  {
    method: 'post',
    path: '/api/staff/:id/deeds',
    access: STAFF,
    async handle(context, call) {
      const deed = DEEDS.find((one) => one === bodyOf(call).deed);
      if (!deed) throw invalid(`deed 应为 ${DEEDS.join('、')}`, `deed has to be one of ${DEEDS.join(', ')}`);
      const { invitation } = await actOnStaff(context, personOf(call), param(call, 'id'), deed);
      return { ...(await list(context, call)), ...(invitation !== undefined && { invitation }) };
    },
  },
  {
    method: 'get',
    path: '/api/audit',
    access: { kind: 'may', ability: 'audit' },
    handle: (context, call) =>
      listAudit(
        context,
        { by: queryText(call, 'by'), action: queryText(call, 'action'), number: queryText(call, 'number') },
        queryPage(call),
      ),
  },
];
