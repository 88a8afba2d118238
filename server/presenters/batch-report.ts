import type { BatchLine, BatchReport, BatchSummary } from '../../engine/contract/routes.ts';
import { columnsOf, groupedNumber, type Locale, sentence } from '../../engine/index.ts';
import type { Batch, BatchRow } from '../batches/batches.ts';
import { nameColumn, shownCase } from '../batches/plan.ts';
import { writeTable } from '../batches/table.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import type { Context } from '../context.ts';

type Entries = ReadonlyMap<string, IndexEntry>;

/** The cases that there are by now. */
const begunOf = ({ cases }: Context, { rows }: Batch): Promise<Entries> =>
  cases.lists.many(rows.map(({ caseId }) => caseId));

/** How far a batch has come, by the cases that there are. */
export async function presentSummary(context: Context, batch: Batch): Promise<BatchSummary> {
  return summaryOf(context, batch, await begunOf(context, batch));
}

function summaryOf(context: Context, { id, name, project, at, rows }: Batch, there: Entries): BatchSummary {
  const states = rows.map((row) => stateOf(there, row));
  const count = (...which: readonly BatchLine['state'][]) => states.filter((state) => which.includes(state)).length;
  const title = context.inForce().find((definition) => definition.project.id === project)?.project.title ?? project;
  return {
    id,
    name,
    project: { id: project, title },
    at,
    total: rows.length,
    begun: count('begun'),
    wrong: count('wrong'),
    waiting: count('waiting'),
  };
}

/** Each row with its case as it stands today, or with what was wrong with it. */
export async function presentReport(context: Context, batch: Batch): Promise<BatchReport> {
  const lines: BatchLine[] = [];
  // One look for all of it: rows begin meanwhile.
  const there = await begunOf(context, batch);
  for (const row of batch.rows) {
    const { line, problems } = row;
    const found = there.get(row.caseId);
    const name = found ? await nameOf(context, row.caseId, batch.locale) : '';
    lines.push({ line, name, problems, state: stateOf(there, row), ...(found && { case: shownCase(found) }) });
  }
  return { ...summaryOf(context, batch, there), lines };
}

function stateOf(there: Entries, { caseId, waiting }: BatchRow): BatchLine['state'] {
  if (there.has(caseId)) return 'begun';
  return waiting === null ? 'wrong' : 'waiting';
}

/** By which the row is known, as its case has it now: nothing of it is kept beside the case. */
async function nameOf(context: Context, caseId: string, locale: Locale): Promise<string> {
  const { document, definition } = await context.cases.read(caseId);
  const { forms } = document.state;
  const columns = columnsOf(definition, forms, { locale });
  const column = nameColumn(columns);
  const value = column === undefined ? undefined : forms[column.form]?.[column.field.name];
  return typeof value === 'string' ? value : '';
}

/** The report as a table. Numbers stand in groups: a spreadsheet would round one of 17 digits. */
export function reportTable({ lines }: BatchReport, locale: Locale | undefined): string {
  const word = (code: Parameters<typeof sentence>[0], params = {}) => sentence(code, params, locale);
  const titles = ['report-line', 'report-name', 'report-number', 'report-state', 'report-problems'] as const;
  const rows = lines.map((line) => [
    String(line.line),
    line.name,
    line.case ? groupedNumber(line.case.number) : '',
    line.case?.label ?? word(line.state === 'wrong' ? 'report-wrong' : 'report-waiting'),
    line.problems
      .map(({ column, message }) => (column === null ? message : word('report-problem', { column, message })))
      .join(locale === 'en' ? '; ' : '；'),
  ]);
  return writeTable([titles.map((title) => word(title)), ...rows]);
}
