import { type ReportView, reportTables } from '../../../engine/contract/reports.ts';
import { requireWhole } from '../../cases/cases.ts';
import type { Context } from '../../context.ts';
import { Fault, invalid } from '../../fault.ts';
import { lastDays, report } from '../../reports/report.ts';
import { tableOf } from '../../reports/table.ts';
import { type Call, personOf, queryText } from '../request.ts';
import type { Route } from '../route.ts';

/** Whoever leads a role of some project; the report itself says of which. @throws Fault not-allowed */
async function reportFor(context: Context, call: Call): Promise<ReportView> {
  const byDefault = lastDays(context.clock.now());
  const found = await report(context, personOf(call), {
    project: queryText(call, 'project'),
    from: queryText(call, 'from') || byDefault.from,
    to: queryText(call, 'to') || byDefault.to,
  });
  if (found === null) throw new Fault(403, 'not-allowed');
  // Half of the cases counted is worse than none.
  requireWhole(context.cases);
  return found;
}

export const reportRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/reports',
    access: { kind: 'lead' },
    handle: async (context, call) => reportFor(context, call),
  },
  {
    method: 'get',
    path: '/api/reports/table',
    access: { kind: 'lead' },
    async handle(context, call) {
      const which = reportTables.find((one) => one === queryText(call, 'table'));
      if (which === undefined) throw invalid('没有这张表', 'there is no such table');
      return { csv: tableOf(await reportFor(context, call), which, call.caller.locale) };
    },
  },
];
