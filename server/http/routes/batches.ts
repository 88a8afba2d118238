import { limitPer, requireNow } from '../../accounts/limits.ts';
import type { Batch } from '../../batches/batches.ts';
import type { Context } from '../../context.ts';
import { Fault, notFound } from '../../fault.ts';
import { presentReport, presentSummary, reportTable } from '../../presenters/batch-report.ts';
import { type Asking, batchDefinition, checkBatch, describeTable, startBatch } from '../../use-cases/batch.ts';
import { bodyOf, type Call, formsOf, param, personOf, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const access: Access = { kind: 'may', ability: 'apply' };
/** Of a file: more than a thousand long rows, and less than a body may have. */
const MOST_BYTES = 800_000;
/** A person looks at a file again and again while mending it; sends it in now and then. */
const looks = limitPer<Context>(30, 60_000);
const sends = limitPer<Context>(20, 3_600_000);

const ownerOf = (call: Call): string => personOf(call).id;

function askingOf(call: Call): Asking {
  const body = bodyOf(call);
  const locale = call.caller.locale ?? 'zh-CN';
  const company = call.caller.acting ?? null;
  const forms = formsOf(body, 'forms') ?? {};
  return { project: textOf(body, 'project', 80), owner: ownerOf(call), company, locale, forms };
}

function csvOf(call: Call): string {
  const csv = textOf(bodyOf(call), 'csv', MOST_BYTES);
  if (Buffer.byteLength(csv) > MOST_BYTES) throw new Fault(413, 'request-too-large', { limit: '800 KB' });
  return csv;
}

/** A batch of the caller's own; others look as if they were not there. */
async function ownBatch(context: Context, call: Call): Promise<Batch> {
  const batch = await context.batches.read(param(call, 'id'));
  if (batch?.owner !== ownerOf(call)) throw notFound();
  return batch;
}

export const batchRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/batches/shared/:project',
    access,
    handle: async (context, call) => ({
      forms: await context.batches.shared.read(ownerOf(call), param(call, 'project')),
    }),
  },
  {
    method: 'patch',
    path: '/api/batches/shared/:project',
    access,
    async handle(context, call) {
      const forms = formsOf(bodyOf(call), 'forms') ?? {};
      const locale = call.caller.locale ?? 'zh-CN';
      const definition = await batchDefinition(context, { project: param(call, 'project'), locale });
      return context.batches.shared.merge(ownerOf(call), definition, forms);
    },
  },
  {
    method: 'post',
    path: '/api/batches/columns',
    access,
    handle: (context, call) => describeTable(context, askingOf(call)),
  },
  {
    method: 'post',
    path: '/api/batches/check',
    access,
    async handle(context, call) {
      requireNow(looks(context).take(ownerOf(call)));
      return checkBatch(context, askingOf(call), csvOf(call));
    },
  },
  {
    method: 'post',
    path: '/api/batches',
    access,
    async handle(context, call) {
      requireNow(sends(context).take(ownerOf(call)));
      return startBatch(context, askingOf(call), csvOf(call), textOf(bodyOf(call), 'name', 200));
    },
  },
  {
    method: 'get',
    path: '/api/batches',
    access,
    async handle(context, call) {
      const batches = await context.batches.of(ownerOf(call));
      return { batches: await Promise.all(batches.map((batch) => presentSummary(context, batch))) };
    },
  },
  {
    method: 'get',
    path: '/api/batches/:id',
    access,
    handle: async (context, call) => presentReport(context, await ownBatch(context, call)),
  },
  {
    method: 'get',
    path: '/api/batches/:id/csv',
    access,
    async handle(context, call) {
      const report = await presentReport(context, await ownBatch(context, call));
      return { csv: reportTable(report, call.caller.locale) };
    },
  },
];
