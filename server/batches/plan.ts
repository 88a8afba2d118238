import { setImmediate } from 'node:timers/promises';
import type { BatchLine } from '../../engine/contract/routes.ts';
import {
  type Blocker,
  type Column,
  columnsOf,
  type Definition,
  type FieldError,
  type Head,
  type Locale,
  readHead,
  readRow,
  sentence,
} from '../../engine/index.ts';
import type { Command } from '../../engine/model/command.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { APPLICANT } from '../accounts/accounts.ts';
import { playFirst } from '../cases/begin.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import { checkValues } from '../use-cases/check-values.ts';
import { readTable, type Table } from './table.ts';

export type Forms = { readonly [form: string]: JsonObject };

/** What a batch is asked for. */
export interface Asked {
  readonly definition: Definition;
  readonly owner: string;
  readonly company: string | null;
  readonly locale: Locale;
  /** Forms that all rows share. */
  readonly shared: Forms;
  readonly csv: string;
}

/** Something that is wrong with a row: at a column, or as a whole (`column` null). */
export interface Problem {
  readonly column: string | null;
  readonly message: string;
}

/** What would become of a row now. */
export interface PlannedRow {
  readonly line: number;
  /** By which a person knows the row again. */
  readonly name: string;
  readonly caseId: string;
  /** It has a case that is not over: begun with another file, or earlier in this one. */
  readonly known: boolean;
  readonly forms: Forms;
  readonly problems: readonly Problem[];
}

export interface Plan {
  readonly rows: readonly PlannedRow[];
  /** What is wrong with the shared forms. */
  readonly shared: readonly FieldError[];
  /** Titles that mean nothing here. */
  readonly ignored: readonly string[];
}

/**
 * Plays every row without storing anything: the same steps by the same engine as when the cases are begun.
 * @throws Fault batch-unreadable, batch-empty, batch-many, batch-columns, batch-twice
 */
export async function planRows(context: Context, asked: Asked): Promise<Plan> {
  const { definition, locale, csv, shared } = asked;
  const columns = columnsOf(definition, shared, { locale, now: context.clock.now() });
  const table = readTable(csv, definition.declared.batch?.most ?? 0);
  const head = headOf(columns, table);
  const found: FieldError[] = [];
  const seen: Seen = { lines: new Map(), keys: new Map() };
  const known = await checkedForms(context, definition, shared, locale);
  found.push(...known.errors);
  const rows: PlannedRow[] = [];
  for (const { line, cells } of table.rows) {
    const row = await planRow(context, { ...asked, shared: known.forms }, { head, columns, line, cells }, seen);
    found.push(...row.shared);
    // A row takes some milliseconds: others are served between two of them.
    await setImmediate();
    rows.push(row.planned);
  }
  const shown = new Map(found.map((error) => [`${error.path} ${error.message}`, error]));
  return { rows, shared: [...shown.values()], ignored: head.unknown };
}

function headOf(columns: readonly Column[], { titles }: Table): Head {
  const head = readHead(columns, titles);
  const named = (which: readonly Column[]) => which.map(({ title }) => title).join('、');
  if (head.twice.length > 0) throw new Fault(400, 'batch-twice', { titles: named(head.twice) });
  const missing = head.missing.filter(({ required }) => required);
  if (missing.length > 0) throw new Fault(400, 'batch-columns', { missing: named(missing) });
  return head;
}

interface Line {
  readonly head: Head;
  readonly columns: readonly Column[];
  readonly line: number;
  readonly cells: readonly string[];
}

/** What earlier lines of the file have taken. */
interface Seen {
  readonly lines: Map<string, number>;
  /** Lines that hold a key. */
  readonly keys: Map<string, readonly number[]>;
}

async function planRow(
  context: Context,
  { definition, owner, company, locale, shared }: Asked,
  { head, columns, line, cells }: Line,
  seen: Seen,
): Promise<{ readonly planned: PlannedRow; readonly shared: readonly FieldError[] }> {
  const read = readRow(head, cells, locale);
  const checked = await checkedForms(context, definition, read.forms, locale);
  const { id: caseId, isOpen } = await context.batches.identity.caseOf({
    owner,
    company,
    project: definition.project.id,
    forms: checked.forms,
  });
  const shown = nameColumn(columns);
  const name = shown === undefined ? '' : (cells[head.places.get(shown) ?? -1] ?? '').trim();
  const planned = (problems: readonly Problem[], known = false): PlannedRow => {
    return { line, name, caseId, known, forms: checked.forms, problems };
  };
  const before = seen.lines.get(caseId);
  if (before !== undefined) {
    const message = sentence('row-twice', { line: before }, locale);
    return { planned: planned([{ column: null, message }], true), shared: [] };
  }
  seen.lines.set(caseId, line);
  if (isOpen) return { planned: planned([], true), shared: [] };
  const errors = [...read.errors, ...checked.errors];
  const played = playFirst(
    context,
    definition,
    { id: caseId, number: '', owner },
    commandsOf(definition, owner, { ...shared, ...checked.forms }, locale),
    context.cases.env(),
  );
  const blockers = played.kind === 'refused' ? played.blockers : [];
  const judged = blockers.flatMap(({ fields }) => fields ?? []);
  const isOwn = ({ path }: FieldError) => columns.some((column) => path.split('.')[0] === column.form);
  const told = new Set(errors.map(({ path }) => path));
  errors.push(...judged.filter((error) => isOwn(error) && !told.has(error.path)));
  const problems = errors.map((error) => problemAt(columns, error, locale));
  for (const { message, fields } of blockers) if (!fields?.length) problems.push({ column: null, message });
  if (played.kind === 'played' && problems.length === 0) {
    const { state } = played.document;
    for (const [reservation, key] of Object.entries(state.reservations)) {
      const taken = definition.declared.reservations[reservation]?.taken ?? '';
      const held = await context.reservations.holders(definition, reservation, key);
      const lines = seen.keys.get(`${reservation} ${key}`) ?? [];
      const left = (state.places?.[reservation] ?? 1) - held.length;
      if (left <= 0) problems.push({ column: null, message: taken });
      else if (lines.length >= left)
        problems.push({ column: null, message: sentence('row-rival', { line: lines.join('、'), taken }, locale) });
      else seen.keys.set(`${reservation} ${key}`, [...lines, line]);
    }
  }
  return { planned: planned(problems), shared: judged.filter((error) => !isOwn(error)) };
}

/** The first column that is not sensitive, so that a person knows a row again. */
export function nameColumn(columns: readonly Column[]): Column | undefined {
  return columns.find(({ field }) => !field.sensitive && field.mask === null);
}

/** The case of a row, as its line shows it; null as long as there is none. */
export async function caseOf(
  { cases }: Pick<Context, 'cases'>,
  id: string,
): Promise<NonNullable<BatchLine['case']> | null> {
  const entry = await cases.lists.get(id);
  return entry && shownCase(entry);
}

export function shownCase({ id, number, label }: IndexEntry): NonNullable<BatchLine['case']> {
  return { id, number, label };
}

/** What the server knows of values that a form cannot know: that they come from a list of ours. */
async function checkedForms(context: Context, definition: Definition, forms: Forms, locale: Locale) {
  const found: { [form: string]: JsonObject } = {};
  const errors: FieldError[] = [];
  for (const [form, values] of Object.entries(forms)) {
    const schema = definition.forms[form];
    if (!schema) continue;
    const checked = await checkValues(context, '', form, schema, values, locale);
    found[form] = checked.values;
    errors.push(...checked.errors);
  }
  return { forms: found, errors };
}

/** What the person does with each case. */
export function commandsOf(definition: Definition, owner: string, forms: Forms, locale?: Locale): readonly Command[] {
  const actor = { id: owner, roles: [APPLICANT], ...(locale && { locale }) };
  const sent = forms as { [form: string]: JsonObject };
  return (definition.declared.batch?.send ?? []).map((event) => ({ kind: 'event', event, actor, forms: sent }));
}

/** The title of the column says where; what may be chosen stands on the page of a form, and here in the sentence. */
function problemAt(columns: readonly Column[], { path, keyword, message }: FieldError, locale: Locale): Problem {
  const column = columns.find((each) => path === each.path || path.startsWith(`${each.path}.`));
  if (column === undefined) return { column: null, message };
  const isChoice = (keyword === 'enum' || keyword === 'x-options') && column.choices.length > 0;
  const choices = column.choices.map(({ label }) => label).join('、');
  return { column: column.title, message: isChoice ? sentence('cell-choice', { choices }, locale) : message };
}

/** The same for a row that was refused when its case was to begin. */
export function problemsOf(
  columns: readonly Column[],
  blockers: readonly Blocker[],
  locale: Locale,
): readonly Problem[] {
  return blockers.flatMap(({ message, fields }) =>
    fields?.length ? fields.map((error) => problemAt(columns, error, locale)) : [{ column: null, message }],
  );
}
