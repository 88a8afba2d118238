import type { Mark } from '../../engine/contract/view.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { type DraftForms, type DraftMarks, isOpen } from '../cases/drafts.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import { objectIn } from '../json.ts';
import type { Caller } from '../policies/case-access.ts';
import { findFillable, tasksOf, unknownPart } from './fillable.ts';
import { openCase } from './open-case.ts';

/** A working copy is bounded like a body; a field of it at most this much JSON. */
const MOST_FIELD = 100_000;
const MOST_TITLE = 100;

/**
 * Keeps what a person has typed, field by field. It is checked when it is sent, not now; only what could be sent at all
 * is kept: open forms of a task of theirs, known fields, no secrets; marks of what was read from a picture, for those.
 * @throws Fault not-found, not-fillable, request-invalid
 */
export async function saveDraft(
  context: Context,
  caller: Caller,
  id: string,
  forms: { readonly [form: string]: JsonObject },
  marks: { readonly [form: string]: JsonObject } = {},
): Promise<{ readonly savedAt: number }> {
  const { document, definition, actor } = await openCase(context, caller, id);
  const tasks = tasksOf(context, document, definition, actor);
  const byRole = new Map<string, { [form: string]: { readonly [field: string]: Json } }>();
  for (const [form, fields] of Object.entries(forms)) {
    const schema = definition.forms[form];
    const fillable = findFillable(tasks, form);
    if (!schema || fillable?.kind !== 'task')
      throw new Fault(409, 'not-fillable', { form: schema?.title ?? unknownPart });
    const kept: { [field: string]: Json } = {};
    for (const [field, value] of Object.entries(fields)) {
      const rules = schema.properties[field];
      const open = fillable.section.editable === null || isOpen(fillable.section.editable, form, field);
      if (!rules || !open || rules['x-secret'] !== undefined || rules['x-compute'] !== undefined) continue;
      if (JSON.stringify(value).length > MOST_FIELD) throw new Fault(413, 'request-too-large', { limit: '100 KB' });
      kept[field] = value;
    }
    const role = fillable.task.by.id;
    byRole.set(role, { ...byRole.get(role), [form]: kept });
  }
  let savedAt = context.clock.now();
  for (const [role, kept] of byRole) {
    savedAt = (await context.drafts.merge(id, role, kept satisfies DraftForms, marksOf(kept, marks))).savedAt;
  }
  return { savedAt };
}

/** Well-formed marks of fields that are kept. They come from the person's own page and concern only what it shows them. */
function marksOf(kept: DraftForms, given: { readonly [form: string]: JsonObject }): DraftMarks {
  const marks: { [form: string]: { [field: string]: Mark } } = {};
  for (const [form, fields] of Object.entries(kept)) {
    for (const field of Object.keys(fields)) {
      const { from, score, checked, doubtful, taken } = objectIn(given[form]?.[field]);
      if (typeof from !== 'string' || typeof score !== 'number' || !(score >= 0 && score <= 1)) continue;
      const mark = {
        from: from.slice(0, MOST_TITLE),
        score,
        checked: checked === true,
        doubtful: doubtful === true,
        ...(taken === true && { taken }),
      };
      marks[form] = { ...marks[form], [field]: mark };
    }
  }
  return marks;
}
