import type { BankLineView, Imported, Proposal } from '../../engine/contract/routes.ts';
import type { OfferView } from '../../engine/contract/view.ts';
import { maskValue } from '../../engine/forms/mask.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { requireWhole } from '../cases/cases.ts';
import { lengthOf } from '../cases/numbers.ts';
import type { BankLine } from '../connectors/bank/lines.ts';
import { readBankStatement, type StatementLine } from '../connectors/bank/statement.ts';
import { StatementFault } from '../connectors/payment/reconcile.ts';
import type { Context } from '../context.ts';
import { invalid, notFound } from '../fault.ts';
import type { Caller } from '../policies/case-access.ts';
import { openCase } from './open-case.ts';

const MOST_PROPOSALS = 10;

type Column = 'transaction' | 'date' | 'payer' | 'payerAccount' | 'amount' | 'part';

/** A form that is filled from a line of the statement, and what shares the line between cases. */
interface StatementForm {
  readonly form: string;
  /** Field of the form that each column fills. */
  readonly fields: ReadonlyMap<Column, string>;
  readonly reservation: string | null;
}

/** @throws Fault request-invalid with the line of the file that cannot be read */
export async function importLines(context: Context, person: string, csv: string): Promise<Imported> {
  let lines: readonly StatementLine[];
  try {
    lines = readBankStatement(csv);
  } catch (error) {
    if (error instanceof StatementFault)
      throw invalid(`流水文件不对：${error.reason.zh}`, `the statement cannot be read: ${error.reason.en}`);
    throw error;
  }
  return context.bankLines.add(lines, person, context.clock.now());
}

/** Lines with what is left of them, and the case that each names or that took of it. Newest first. */
export async function listLines(context: Context, view: 'open' | 'all'): Promise<readonly BankLineView[]> {
  const forms = [...statementForms(context)];
  const shown: BankLineView[] = [];
  const lines = await context.bankLines.all();
  const numbers = await numbersIn(context, lines);
  for (const line of lines) {
    const { sum, cases } = await takenOf(context, forms, line);
    const left = line.amount - sum;
    if (view === 'open' && left <= 0) continue;
    const entries = [...(await context.cases.lists.many(cases)).values()];
    const named = numberIn(line.remark, numbers);
    shown.push({
      id: line.id,
      date: line.date,
      transaction: line.transaction,
      payer: line.payer,
      payerAccount: masked(line.payerAccount),
      amount: line.amount,
      left,
      remark: line.remark,
      taken: entries.map(({ id, number }) => ({ id, number })),
      named: named === null ? null : { id: named.id, number: named.number },
    });
  }
  return shown;
}

/**
 * Lines that may be what this case waits for, the best first: its number in the remark, its payer, its amount. Nothing is
 * decided here: finance picks one, and the workflow checks it as if it had been typed.
 * @throws Fault not-found when the caller has no such offer, or its form takes nothing from a statement
 */
export async function proposeLines(
  context: Context,
  caller: Caller,
  id: string,
  event: string,
): Promise<readonly Proposal[]> {
  const { document, definition, actor } = await openCase(context, caller, id);
  const view = context.engine.view(definition, document.state, actor, document.journal, context.cases.env());
  const offers = view.tasks.filter(({ mine }) => mine).flatMap((task) => task.offers);
  const offer = offers.find((one) => one.event === event);
  const known = offer?.form === undefined ? null : statementForm(definition, offer.form);
  if (!offer || !known) throw notFound();
  const proposals: (Proposal & { readonly score: number })[] = [];
  for (const line of await context.bankLines.all()) {
    const left = line.amount - (await takenOf(context, [{ definition, ...known }], line)).sum;
    if (left <= 0) continue;
    const values = filled(known, line, left, offer);
    const fits = reasonsOf(document.state.number, line, known, offer);
    const score = (fits.number ? 4 : 0) + (fits.payer ? 2 : 0) + (fits.amount ? 1 : 0);
    if (score === 0) continue;
    const { date, transaction, payer, amount, remark } = line;
    proposals.push({ id: line.id, date, transaction, payer, amount, left, remark, fits, values, score });
  }
  proposals.sort((a, b) => b.score - a.score);
  return proposals.slice(0, MOST_PROPOSALS).map(({ score: _score, ...proposal }) => proposal);
}

function statementForm(definition: Definition, form: string): StatementForm | null {
  const fields = new Map<Column, string>();
  for (const [field, schema] of Object.entries(definition.forms[form]?.properties ?? {})) {
    const column = schema['x-statement'];
    if (typeof column === 'string') fields.set(column as Column, field);
  }
  if (!fields.has('transaction')) return null;
  const { reservations, records } = definition.declared;
  const shared = Object.entries(reservations).find(([, { of }]) => of !== undefined && records[of]?.form === form);
  return { form, fields, reservation: shared?.[0] ?? null };
}

function* statementForms(context: Context): Iterable<StatementForm & { readonly definition: Definition }> {
  for (const definition of context.inForce()) {
    for (const form of Object.keys(definition.forms)) {
      const known = statementForm(definition, form);
      if (known) yield { definition, ...known };
    }
  }
}

/** The same reservation of several projects is one when it holds across projects: cases are counted once. */
async function takenOf(
  { reservations }: Context,
  forms: readonly (StatementForm & { readonly definition: Definition })[],
  line: BankLine,
) {
  const asked = new Set<string>();
  const found = { sum: 0, cases: new Set<string>() };
  for (const { definition, reservation } of forms) {
    if (reservation === null) continue;
    const across = definition.declared.reservations[reservation]?.across === true;
    const place = `${across ? '*' : definition.project.id}/${reservation}`;
    if (asked.has(place)) continue;
    asked.add(place);
    const taken = await reservations.taken(definition, reservation, line.transaction);
    found.sum += taken.sum;
    for (const id of taken.cases) found.cases.add(id);
  }
  return { sum: found.sum, cases: [...found.cases] };
}

function filled({ fields }: StatementForm, line: BankLine, left: number, offer: OfferView): JsonObject {
  const values: { [field: string]: Json } = {};
  const set = (column: Column, value: Json): void => {
    const field = fields.get(column);
    if (field !== undefined && value !== '') values[field] = value;
  };
  for (const column of ['transaction', 'date', 'payer', 'payerAccount', 'amount'] as const) set(column, line[column]);
  const wanted = startOf(offer, fields.get('part'));
  set('part', typeof wanted === 'number' ? Math.min(left, wanted) : left);
  return values;
}

function reasonsOf(number: string, line: BankLine, { fields }: StatementForm, offer: OfferView): Proposal['fits'] {
  const payer = startOf(offer, fields.get('payer'));
  const wanted = startOf(offer, fields.get('part')) ?? startOf(offer, fields.get('amount'));
  return {
    number: compact(line.remark).includes(compact(number)),
    payer: typeof payer === 'string' && compact(payer) !== '' && compact(payer) === compact(line.payer),
    amount: typeof wanted === 'number' && wanted === line.amount,
  };
}

function startOf(offer: OfferView, field: string | undefined): Json | undefined {
  return field === undefined ? undefined : offer.formValues?.[field];
}

/** Payers and banks write brackets and letters in either width, and put spaces where they like. */
function compact(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

interface Numbered {
  readonly id: string;
  readonly number: string;
}

/** The cases whose numbers may stand in the remarks of these lines. */
function numbersIn(
  { cases, inForce }: Context,
  lines: readonly { readonly remark: string }[],
): Promise<ReadonlyMap<string, Numbered>> {
  requireWhole(cases);
  const lengths = new Set(inForce().map(({ project }) => lengthOf(project.number)));
  const parts = lines.flatMap(({ remark }) => [...lengths].flatMap((length) => partsOf(remark, length)));
  return cases.lists.numbered([...new Set(parts)]);
}

function partsOf(remark: string, length: number): readonly string[] {
  const text = compact(remark);
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));
}

/** The case whose number stands in a remark. */
function numberIn(remark: string, numbers: ReadonlyMap<string, Numbered>): Numbered | null {
  for (const length of new Set([...numbers.keys()].map((number) => number.length)))
    for (const part of partsOf(remark, length)) {
      const found = numbers.get(part);
      if (found) return found;
    }
  return null;
}

function masked(account: string): string {
  return account === '' ? '' : String(maskValue('account', account));
}
