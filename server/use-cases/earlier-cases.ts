import type { EarlierCase } from '../../engine/contract/routes.ts';
import { type Earlier, earlier } from '../../engine/index.ts';
import type { Definition, FormSchema } from '../../engine/model/definition.ts';
import { APPLICANT } from '../accounts/accounts.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import type { Context } from '../context.ts';
import { notFound } from '../fault.ts';
import type { Caller } from '../policies/case-access.ts';
import { tasksOf } from './fillable.ts';
import { openCase } from './open-case.ts';

/** How many are offered, and how many are looked at for them. */
const MOST = 5;
const MOST_READ = 30;

/**
 * Own earlier cases from which something may be taken over into the forms that the person is filling in, newest first; of
 * those that say the same, the newest. Values are told only when one is chosen.
 * @throws Fault not-found
 */
export async function listEarlier(context: Context, caller: Caller, id: string): Promise<readonly EarlierCase[]> {
  const { forms, owner } = await openForms(context, caller, id);
  if (Object.keys(forms).length === 0) return [];
  const own = (await context.cases.lists.ownedBy(owner, MOST_READ + 1)).filter((entry) => entry.id !== id);
  const seen = new Set<string>();
  const found: EarlierCase[] = [];
  for (const entry of own.slice(0, MOST_READ)) {
    const { document, definition } = await context.cases.read(entry.id);
    const values = earlier(forms, document.state);
    const text = JSON.stringify(values);
    if (Object.keys(values).length === 0 || seen.has(text)) continue;
    seen.add(text);
    found.push(presentEarlier(entry, definition));
    if (found.length === MOST) break;
  }
  return found;
}

/** What one of them says about the forms that are being filled in. @throws Fault not-found, also for cases of others */
export async function readEarlier(context: Context, caller: Caller, id: string, other: string): Promise<Earlier> {
  const { forms, owner } = await openForms(context, caller, id);
  if (other === id) throw notFound();
  return takeOver(context, owner, forms, other);
}

/**
 * Begins a case with what an earlier one of the same person says, as a working copy that is marked as taken from there.
 * @throws Fault not-found
 */
export async function startFrom(
  context: Context,
  definition: Definition,
  owner: string,
  from: string,
  company: string | null = null,
): Promise<string> {
  const values = await takeOver(context, owner, definition.forms, from);
  const entry = (await context.cases.entry(from)) as IndexEntry;
  const { state } = await context.cases.start(definition, owner, company);
  const mark = { from: entry.number, score: 1, checked: false, doubtful: false, taken: true } as const;
  const marks = Object.fromEntries(
    Object.entries(values).map(([form, fields]) => [
      form,
      Object.fromEntries(Object.keys(fields).map((field) => [field, mark])),
    ]),
  );
  if (Object.keys(values).length > 0) await context.drafts.merge(state.id, APPLICANT, values, marks);
  return state.id;
}

/** The forms that the owner is filling in freely: not a correction, not by a link. */
async function openForms(
  context: Context,
  caller: Caller,
  id: string,
): Promise<{ readonly forms: { readonly [form: string]: FormSchema }; readonly owner: string }> {
  const { document, definition, actor } = await openCase(context, caller, id);
  const { owner } = document.state;
  if (actor.id !== owner || actor.via !== undefined) throw notFound();
  const ids = tasksOf(context, document, definition, actor).flatMap(({ sections }) =>
    sections.flatMap((one) => (one.kind === 'form' && one.mode === 'edit' && one.editable === null ? [one.form] : [])),
  );
  const forms = Object.fromEntries(
    ids.flatMap((form) => (definition.forms[form] ? [[form, definition.forms[form]]] : [])),
  );
  return { forms, owner };
}

async function takeOver(
  context: Context,
  owner: string,
  forms: { readonly [form: string]: FormSchema },
  from: string,
): Promise<Earlier> {
  if ((await context.cases.entry(from))?.owner !== owner) throw notFound();
  const { document } = await context.cases.read(from);
  return earlier(forms, document.state);
}

function presentEarlier(entry: IndexEntry, definition: Definition): EarlierCase {
  const { id, number, subject, createdAt } = entry;
  return { id, number, subject, createdAt, workflow: definition.workflow.title };
}
