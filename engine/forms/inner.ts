import type { Json, JsonObject } from '../model/json.ts';
import { list, object } from './fields.ts';
import { scopeIn } from './scope.ts';
import { settle } from './settle.ts';
import type { CompiledForm, Field, FormContext, Inner } from './types.ts';

/** The only field of an entry that is no object: what a list of texts or numbers holds. */
export const entryValue = 'value';

/** What stands around the parts of a field: the fields beside it, and everything that they see. */
export function innerContext(
  form: CompiledForm,
  field: Field,
  values: JsonObject,
  context: FormContext,
  hidden: ReadonlySet<string> = new Set(),
): FormContext {
  const { roots: _roots, tables: _tables, ...rest } = context;
  const committed = field.inner?.kind === 'group' ? object(context.forms[form.id]?.[field.name]) : {};
  return { ...rest, forms: { [field.name]: committed }, around: scopeIn(form, values, context, hidden) };
}

/** The values of each part, as the part's own form sees them; an entry that is no object is its `value`. */
export function partsOf(inner: Inner, value: Json | undefined): JsonObject[] {
  if (inner.kind === 'group') return value === undefined ? [] : [object(value)];
  return list(value).map((entry) => entryOf(inner, entry));
}

/** The values of one entry of a list as its form sees them. */
export function entryOf(inner: Inner, entry: Json): JsonObject {
  if (!inner.plain) return object(entry);
  return entry === null ? {} : { [entryValue]: entry };
}

/** One part as it stands in the value of the field. */
export function partValue(inner: Inner, values: JsonObject): Json {
  return inner.plain ? (values[entryValue] ?? null) : values;
}

/** A group or list with every part settled; a group that holds nothing is absent. What is neither stays as it is. */
export function settleInner(field: Field, value: Json | undefined, around: FormContext): Json | undefined {
  const { inner } = field;
  if (inner === null || value === undefined || !fits(inner, value)) return value;
  const parts = partsOf(inner, value).map((part) => partValue(inner, settle(inner.form, part, around).values));
  if (inner.kind === 'list') return parts;
  const [group] = parts;
  return group === undefined || Object.keys(object(group)).length === 0 ? undefined : group;
}

/** Whether the value is a list, or an object, as the field asks for; and each entry of the list, too. */
export function fits(inner: Inner, value: Json): boolean {
  const isObject = (one: Json) => one !== null && typeof one === 'object' && !Array.isArray(one);
  if (inner.kind === 'group') return isObject(value);
  return Array.isArray(value) && (inner.plain || value.every(isObject));
}
