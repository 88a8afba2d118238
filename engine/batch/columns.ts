import { compileForm } from '../forms/index.ts';
import { display, fillText, offered, scopeIn, settle } from '../forms/live.ts';
import type { CompiledForm, Field, FormContext } from '../forms/types.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** A column of the table: a field of a form. */
export interface Column {
  /** `<form>.<field>`. */
  readonly path: string;
  readonly form: string;
  readonly field: Field;
  /** What stands in the first line; with the form's title where the field's alone would stand there twice. */
  readonly title: string;
  /** A cell of it may not be empty, as far as the row does not say otherwise. */
  readonly required: boolean;
  readonly hint: string;
  /** What may be written; empty = anything that fits. */
  readonly choices: readonly { readonly value: Json; readonly label: string }[];
}

type Shared = { readonly [form: string]: JsonObject };

/**
 * The columns of a project's table, in the order in which they are declared: fields that a cell can hold, without those
 * that what all rows share takes away. Empty where the project has no batches.
 */
export function columnsOf(definition: Definition, shared: Shared, around: Pick<FormContext, 'locale' | 'now'>) {
  const found: Omit<Column, 'title'>[] = [];
  const context = batchContext(definition, shared, around);
  for (const path of definition.declared.batch?.columns ?? []) {
    const [form = '', name] = path.split('.');
    const schema = definition.forms[form];
    if (schema === undefined) continue;
    const compiled = compileForm(form, schema);
    const { visible, required, values } = settle(compiled, {}, context);
    const scope = scopeIn(compiled, values, context);
    for (const field of compiled.fields) {
      if (!isCell(field) || (name !== undefined && field.name !== name)) continue;
      if (!visible.has(field.name) && !hangsOnRow(compiled, field)) continue;
      found.push({
        path: `${form}.${field.name}`,
        form,
        field,
        required: visible.has(field.name) && required.has(field.name),
        hint: fillText(field.hint, scope),
        choices: choicesOf(field, context),
      });
    }
  }
  const times = (title: string) => found.filter(({ field }) => field.title === title).length;
  return found.map((column): Column => {
    const { title } = column.field;
    const form = definition.forms[column.form]?.title ?? column.form;
    return { ...column, title: times(title) > 1 ? `${form}·${title}` : title };
  });
}

/** What the forms of a row see of what all rows share. */
function batchContext(
  { settings, declared: { tables } }: Definition,
  shared: Shared,
  around: Pick<FormContext, 'locale' | 'now'>,
): FormContext {
  return { forms: shared, settings, tables, ...around };
}

/** A value of the field can be written in a cell. */
export function isCell(field: Field): boolean {
  const { file, agreements, secret, compute, readonly, inner, kind } = field;
  if (file !== null || agreements.length > 0 || secret !== null || compute !== null || readonly === true) return false;
  return inner === null && kind !== 'flags' && kind !== 'summary';
}

/** Whether it is seen is for other cells of the row to say. */
function hangsOnRow(form: CompiledForm, { visible }: Field): boolean {
  const rules = [visible, form.visible].filter((rule) => typeof rule !== 'boolean');
  return rules.some(({ reads }) => [...reads].some((name) => form.field(name) !== null || name === form.id));
}

function choicesOf(field: Field, context: FormContext): Column['choices'] {
  const chosen = offered(field, context);
  if (chosen.length > 0) return chosen;
  if (field.type !== 'boolean') return [];
  return [true, false].map((value) => ({ value, label: display(field, value, context.locale) }));
}
