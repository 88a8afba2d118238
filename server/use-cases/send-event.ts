import type { EventRequest } from '../../engine/contract/routes.ts';
import type { TaskView } from '../../engine/contract/view.ts';
import type { Locale } from '../../engine/errors/index.ts';
import type { FieldError } from '../../engine/model/blocker.ts';
import type { Actor } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Prepared } from '../cases/answers.ts';
import { type Draft, overlay } from '../cases/drafts.ts';
import { judge } from '../cases/secrets.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import type { Caller } from '../policies/case-access.ts';
import { presentCase } from '../presenters/case-view.ts';
import type { CaseDocument } from '../store/store.ts';
import { checkValues } from './check-values.ts';
import { tasksOf } from './fillable.ts';
import { actorFor } from './open-case.ts';

/**
 * A person presses a button: working copies and dialogue become a command of the case.
 * @throws Fault not-found; case-moved-on (with the new view); refused (with blockers)
 */
export async function sendEvent(
  context: Context,
  caller: Caller,
  id: string,
  given: EventRequest,
  origin: string,
): Promise<unknown> {
  const before = await actorFor(context, caller, id);
  const request = `request:${before.id}:${given.request}`;
  const view = async (document: CaseDocument, definition: Definition, actor: Actor): Promise<unknown> =>
    presentCase(context, { document, definition }, actor, origin);

  let used: readonly TaskView[] = [];
  const result = await context.cases.apply(id, async (document, definition): Promise<Prepared | null> => {
    if (document.consumed.includes(request)) return null;
    // Of several tasks with the same button (two regions) all working copies belong to it; the engine takes what it needs.
    used = tasksOf(context, document, definition, before).filter(({ offers }) =>
      offers.some(({ event }) => event === given.event),
    );
    if (hasMovedOn(document, given.revision, used)) {
      throw new Fault(409, 'case-moved-on', {}, { extra: { view: await view(document, definition, before) } });
    }
    const forms = await workingCopies(context, document, definition, used, given, before.locale);
    const dialogue = definition.declared.events[given.event]?.form;
    const data = await checked(context, document, definition, dialogue, given.data, before.locale);
    const errors = [...forms.errors, ...data.errors];
    if (errors.length > 0) throw refusal([{ code: 'form-invalid', params: {}, message: '', fields: errors }]);
    return {
      command: {
        kind: 'event',
        event: given.event,
        actor: before,
        ...(Object.keys(forms.values).length > 0 ? { forms: forms.values } : {}),
        ...(data.values ? { data: data.values } : {}),
      },
      consumed: [request],
      burn: [...forms.burn, ...data.burn],
    };
  });
  if (result.kind === 'refused') throw refusal(result.blockers);
  const definition = await context.releases.definition(result.document.state.release);
  if (result.kind === 'applied') await settleDrafts(context, result.document, definition, used, given);
  // The step may have taken the case out of the caller's hands (a phone that is done): they still see how it ended.
  const after = await actorFor(context, caller, id).catch(() => before);
  return view(result.document, definition, after);
}

/**
 * Whether the case has changed since the person looked, as far as this button goes: data changed, or states moved in the
 * region of the task that offers it. A reminder, an invoice or a PIN on its way do not make what they saw wrong.
 */
function hasMovedOn(document: CaseDocument, seen: number, tasks: readonly TaskView[]): boolean {
  const { revision } = document.state;
  if (revision === seen) return false;
  if (seen > revision || seen < 0 || tasks.length === 0) return true;
  const regions = new Set(tasks.map(({ state }) => regionOf(state)));
  return document.journal
    .filter((entry) => entry.revision > seen)
    .some(
      ({ left, entered, changed }) =>
        changed.length > 0 || [...left, ...entered].some((state) => regions.has(regionOf(state))),
    );
}

function regionOf(address: string): string {
  return address.split('.')[0] ?? '';
}

interface Checked<Values> {
  readonly values: Values;
  readonly errors: readonly FieldError[];
  readonly burn: readonly string[];
}

/** Forms of the task: what came with the request, else the saved working copy over the committed data. */
async function workingCopies(
  context: Context,
  document: CaseDocument,
  definition: Definition,
  tasks: readonly TaskView[],
  given: EventRequest,
  locale: Locale | undefined,
): Promise<Checked<{ [form: string]: JsonObject }>> {
  const values: { [form: string]: JsonObject } = {};
  const errors: FieldError[] = [];
  const burn: string[] = [];
  if (definition.declared.events[given.event]?.saves === 'nothing') return { values, errors, burn };
  for (const task of tasks) {
    let draft: Draft | null = null;
    for (const section of task.sections) {
      if (section.kind !== 'form' || section.mode !== 'edit') continue;
      let copy = given.forms?.[section.form];
      if (copy === undefined) {
        // Whoever sends everything needs no working copy.
        draft ??= await context.drafts.read(document.state.id, task.by.id);
        copy = overlay(section.form, document.state.forms[section.form] ?? {}, draft.forms, section.editable);
      }
      const one = await checked(context, document, definition, section.form, copy, locale);
      values[section.form] = one.values ?? {};
      errors.push(...one.errors);
      burn.push(...one.burn);
    }
  }
  return { values, errors: definition.declared.events[given.event]?.saves === 'draft' ? [] : errors, burn };
}

async function checked(
  context: Context,
  document: CaseDocument,
  definition: Definition,
  form: string | undefined,
  values: JsonObject | undefined,
  locale: Locale | undefined,
): Promise<Checked<JsonObject | undefined>> {
  const schema = form === undefined ? undefined : definition.forms[form];
  if (form === undefined || !schema) return { values, errors: [], burn: [] };
  const known = await checkValues(context, document.state.id, form, schema, values ?? {}, locale);
  const judged = judge(context.secrets, document, schema, known.values, context.clock.now());
  return { values: judged.values, errors: known.errors, burn: judged.burn };
}

function refusal(blockers: NonNullable<Fault['blockers']>): Fault {
  const [first] = blockers;
  const fields = blockers.flatMap((blocker) => blocker.fields ?? []);
  const message = first?.message || fields[0]?.message;
  return new Fault(
    409,
    'refused',
    {},
    { blockers, ...(fields.length > 0 ? { fields } : {}), ...(message ? { message } : {}) },
  );
}

/** Committed forms need no working copy any more; `saves: draft` keeps what was sent. */
async function settleDrafts(
  context: Context,
  document: CaseDocument,
  definition: Definition,
  tasks: readonly TaskView[],
  given: EventRequest,
): Promise<void> {
  const saves = definition.declared.events[given.event]?.saves ?? 'nothing';
  for (const task of tasks) {
    const forms = task.sections.flatMap((one) => (one.kind === 'form' && one.mode === 'edit' ? [one.form] : []));
    if (saves === 'complete') await context.drafts.forget(document.state.id, task.by.id, forms);
    if (saves === 'draft' && given.forms) {
      const sent = Object.entries(given.forms).filter(([form]) => forms.includes(form));
      if (sent.length > 0) await context.drafts.merge(document.state.id, task.by.id, Object.fromEntries(sent));
    }
  }
}
