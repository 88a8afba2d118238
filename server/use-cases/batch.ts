import type { BatchCheck, BatchColumn, BatchLine } from '../../engine/contract/routes.ts';
import { columnsOf, type Definition, type Locale, whyClosed } from '../../engine/index.ts';
import type { Batch, BatchRow } from '../batches/batches.ts';
import { type Asked, caseOf, type Forms, type PlannedRow, planRows } from '../batches/plan.ts';
import { writeTable } from '../batches/table.ts';
import { requireWhole } from '../cases/cases.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';

/** Who asks for a batch of which project. */
export interface Asking {
  readonly project: string;
  readonly owner: string;
  /** That the person acts for now. */
  readonly company: string | null;
  readonly locale: Locale;
  readonly forms: Forms;
}

/** What stands in the table, and an empty one. @throws Fault batch-none, project-not-open */
export async function describeTable(
  context: Context,
  asking: Asking,
): Promise<{ readonly columns: readonly BatchColumn[]; readonly csv: string }> {
  const definition = await batchDefinition(context, asking);
  const columns = columnsOf(definition, asking.forms, { locale: asking.locale, now: context.clock.now() });
  return {
    columns: columns.map(({ title, required, hint, choices }) => ({
      title,
      required,
      hint,
      choices: choices.map(({ label }) => label),
    })),
    csv: writeTable([columns.map(({ title }) => title)]),
  };
}

/** What would become of a file. @throws Fault of `planRows` */
export async function checkBatch(context: Context, asking: Asking, csv: string): Promise<BatchCheck> {
  const plan = await planRows(context, await askedOf(context, asking, csv));
  const id = context.batches.identity.batchOf(asking, csv);
  const before = await context.batches.read(id);
  return {
    lines: await Promise.all(plan.rows.map((row) => presentPlanned(context, row))),
    shared: plan.shared,
    ignored: plan.ignored,
    ...(before && { before: id }),
  };
}

/**
 * Sends a file in: its right rows begin. The same file again is the same batch: what has a case keeps it, the other rows are
 * tried again. @throws Fault of `planRows`, batch-shared, batch-nothing
 */
export async function startBatch(
  context: Context,
  asking: Asking,
  csv: string,
  name: string,
): Promise<{ readonly id: string }> {
  const { batches, cases, clock } = context;
  const id = batches.identity.batchOf(asking, csv);
  const before = await batches.read(id);
  if (before?.rows.some(({ waiting }) => waiting !== null)) return { id };
  const plan = await planRows(context, await askedOf(context, asking, csv));
  if (plan.shared.length > 0)
    throw new Fault(409, 'batch-shared', { count: plan.shared.length }, { fields: plan.shared });
  const there = await cases.lists.many([...(before?.rows ?? []), ...plan.rows].map(({ caseId }) => caseId));
  const kept = new Map((before?.rows ?? []).filter(({ caseId }) => there.has(caseId)).map((row) => [row.line, row]));
  const rows = plan.rows.map((row): BatchRow => kept.get(row.line) ?? rowOf(row));
  const isNew = rows.some(({ waiting }) => waiting !== null);
  if (!isNew && before === null && !rows.some(({ caseId }) => there.has(caseId))) throw new Fault(409, 'batch-nothing');
  const { owner, company, project, locale } = asking;
  const batch: Batch = {
    ...{ id, owner, project, locale, rows },
    ...(company !== null && { company }),
    name: before?.name ?? name,
    at: before?.at ?? clock.now(),
    shared: isNew ? asking.forms : null,
  };
  await batches.put(batch);
  return { id };
}

function rowOf({ line, caseId, known, forms, problems }: PlannedRow): BatchRow {
  return { line, caseId, problems, waiting: known || problems.length > 0 ? null : forms };
}

async function presentPlanned(
  context: Context,
  { line, name, caseId, known, problems }: PlannedRow,
): Promise<BatchLine> {
  const state = known ? 'known' : problems.length > 0 ? 'wrong' : 'ready';
  const found = known ? await caseOf(context, caseId) : null;
  return { line, name, problems, state, ...(found && { case: found }) };
}

async function askedOf(context: Context, asking: Asking, csv: string): Promise<Asked> {
  const { owner, company, locale, forms } = asking;
  return { definition: await batchDefinition(context, asking), owner, company, locale, shared: forms, csv };
}

/** The project's definition, when it takes batches now. @throws Fault not-found, batch-none, project-not-open, index-rebuilding */
export async function batchDefinition(
  context: Context,
  { project, locale }: Pick<Asking, 'project' | 'locale'>,
): Promise<Definition> {
  // Which rows have a case is known by the index.
  requireWhole(context.cases);
  const head = await context.releases.project(project);
  if (!head?.current) throw notFound();
  const definition = await context.releases.definition(head.current);
  if (definition.declared.batch === undefined) throw new Fault(404, 'batch-none');
  const closed = whyClosed(context.boards.effective(definition.project), context.clock.now(), locale);
  if (closed !== null) throw new Fault(409, 'project-not-open', { reason: closed });
  return definition;
}
