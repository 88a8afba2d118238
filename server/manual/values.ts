import type { TaskView } from '../../engine/contract/view.ts';
import { type CompiledForm, type Field, type FormContext, remoteFields, smallest } from '../../engine/forms/index.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { formOf } from '../../engine/run/forms.ts';
import type { Visitor } from './visitor.ts';

/** What surrounds a form of a task: the case's other forms as they are known, settings, tables, versions of agreements. */
export function contextAt(
  definition: Definition,
  task: TaskView,
  known: { readonly [form: string]: JsonObject },
): FormContext {
  const forms: { [form: string]: JsonObject } = { ...known, ...task.context?.forms };
  for (const section of task.sections) if (section.kind === 'form') forms[section.form] = section.values;
  return {
    forms: { ...forms, ...known },
    settings: definition.settings,
    tables: definition.declared.tables,
    now: Date.now(),
    ...(task.context?.roots && { roots: task.context.roots }),
  };
}

/** A form of the definition. @throws when the view names one that is not there */
export function theForm(definition: Definition, id: string): CompiledForm {
  const form = formOf(definition, id);
  if (form === null) throw new Error(`no form ${id}`);
  return form;
}

/** The smallest values that the form accepts around what is given; what a data source offers is picked from it. */
export async function wantedValues(
  visitor: Visitor,
  form: CompiledForm,
  context: FormContext,
  given: JsonObject,
  seed = 0,
): Promise<JsonObject> {
  let values = smallest(form, context, { given, seed });
  for (const { field, source, under } of remoteFields(form.schema)) {
    if (given[field] !== undefined || values[field] === undefined) continue;
    const above = under === null ? '' : String(values[under] ?? '');
    for (const query of ['', ...queriesFor(form.field(field))]) {
      const picked = (await visitor.options(source, query, above))[0];
      if (picked === undefined) continue;
      values = { ...values, [field]: picked.value };
      break;
    }
  }
  return values;
}

/** What somebody would type to find something: words that the field's own hint quotes. */
export function queriesFor(field: Field | null): readonly string[] {
  return [...(field?.hint ?? '').matchAll(/“([^”]{1,8})”/g)].map((match) => match[1] ?? '');
}
