import { before } from '../expressions/index.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { holds, scopeOf } from './expression.ts';
import { list, object } from './fields.ts';
import { sameJson } from './json.ts';
import { normalise } from './normalise.ts';
import { tableValues } from './tables.ts';
import type { CompiledForm, Field, FormContext, Rule, Scope, Settled, Tables } from './types.ts';

/** Roots that stand around a form's own fields. */
export function outerScope(form: string, context: FormContext): Scope {
  return before(context.roots ?? {}, { ...context.forms, settings: context.settings, [form]: undefined });
}

/**
 * What the values amount to: computed fields are filled, fields whose `x-visible` does not hold are gone, and with them
 * everything that only they made visible. Repeats until nothing moves (at most once per field).
 */
export function settle(form: CompiledForm, raw: JsonObject, context: FormContext): Settled {
  const typed = withoutForeign(form, normalise(form, raw), context);
  const around = lazily(() => outerScope(form.id, context));
  let hidden: ReadonlySet<string> = new Set<string>();
  let values = computed(form, typed, context, hidden, around);
  let holding = holdingIn(form, values, context, hidden, around);
  for (let round = 0; round <= form.fields.length; round += 1) {
    const open = holding(form.visible);
    const next = new Set(form.fields.filter((field) => !open || !holding(field.visible)).map((field) => field.name));
    // What is hidden decides what is computed, and only that moves between the rounds.
    if (next.size === hidden.size && [...next].every((name) => hidden.has(name))) break;
    hidden = next;
    values = computed(form, typed, context, hidden, around);
    holding = holdingIn(form, values, context, hidden, around);
  }
  const shown = form.fields.filter((field) => !hidden.has(field.name));
  const pick = (rule: 'required' | 'readonly') =>
    new Set(shown.filter((field) => holding(field[rule])).map((field) => field.name));
  return {
    values: only(values, shown),
    visible: new Set(shown.map((field) => field.name)),
    required: pick('required'),
    readonly: pick('readonly'),
  };
}

/** Whether a rule holds of these values. Most rules are plain: a scope is made for the first that is a formula. */
function holdingIn(
  form: CompiledForm,
  values: JsonObject,
  context: FormContext,
  hidden: ReadonlySet<string>,
  around: () => Scope,
): (rule: Rule) => boolean {
  const scope = lazily(() => scopeIn(form, values, context, hidden, around()));
  return (rule) => (typeof rule === 'boolean' ? rule : holds(rule, scope()));
}

function lazily<Made>(make: () => Made): () => Made {
  let made: { readonly is: Made } | null = null;
  return () => {
    made ??= { is: make() };
    return made.is;
  };
}

/** What an expression of this form sees. Fields that are hidden are not there. */
export function scopeIn(
  form: CompiledForm,
  values: JsonObject,
  context: FormContext,
  hidden: ReadonlySet<string> = new Set(),
  outer: Scope = outerScope(form.id, context),
): Scope {
  const shown =
    hidden.size === 0 ? values : Object.fromEntries(Object.entries(values).filter(([name]) => !hidden.has(name)));
  return scopeOf(form.fields, shown, withTables(form.id, shown, context.tables, outer), hidden);
}

/** The decision tables over everything around the form and its values as they are; looked up when one is read. */
function withTables(form: string, values: JsonObject, tables: Tables | undefined, outer: Scope): Scope {
  if (tables === undefined) return outer;
  const get = lazily(() => tableValues(tables, before(outer, { [form]: values })));
  return Object.create(outer, { tables: { get } });
}

/** A field that is always read-only and has no start value of its own shows what is committed, whatever was sent. */
function withoutForeign(form: CompiledForm, typed: JsonObject, context: FormContext): JsonObject {
  const values: JsonObject = { ...typed };
  for (const field of form.fields) {
    if (field.readonly !== true || field.compute !== null || field.prefill !== null) continue;
    const committed = context.forms[form.id]?.[field.name];
    if (committed === undefined) delete values[field.name];
    else values[field.name] = committed;
  }
  return values;
}

/** A computed value replaces whatever was sent for it; without a value yet the field is absent. */
function computed(
  form: CompiledForm,
  typed: JsonObject,
  context: FormContext,
  hidden: ReadonlySet<string>,
  around: () => Scope,
): JsonObject {
  const values: JsonObject = { ...typed };
  for (const field of form.fields) {
    if (field.compute === null) continue;
    const value = hidden.has(field.name)
      ? undefined
      : field.compute.run(scopeIn(form, values, context, hidden, around()));
    if (value === undefined || value === null || value === '') delete values[field.name];
    else values[field.name] = value;
  }
  return values;
}

function only(values: JsonObject, fields: readonly Field[]): JsonObject {
  const out: JsonObject = {};
  for (const { name } of fields) {
    const value = values[name];
    if (value !== undefined) out[name] = value;
  }
  return out;
}

/** Fields that the person is asked now, in the order of the schema. */
export function visibleFields(form: CompiledForm, values: JsonObject, context: FormContext): Field[] {
  const { visible } = settle(form, values, context);
  return form.fields.filter((field) => visible.has(field.name));
}

/**
 * What is committed: the settled values. With `context.agreements` and `context.now` a ticked agreement becomes
 * `{ accepted, versions, at }`; one that is committed already in the same versions (`context.forms`
 * holds the form's own committed values) keeps its time. A time sent by the page counts for nothing.
 */
export function prune(form: CompiledForm, raw: JsonObject, context: FormContext): JsonObject {
  return committedValues(form, settle(form, raw, context), context);
}

/** As `prune`, for values that are settled already. */
export function committedValues(form: CompiledForm, settled: Settled, context: FormContext): JsonObject {
  const values = { ...settled.values };
  for (const field of form.fields) {
    const value = values[field.name];
    if (field.agreements.length === 0 || value === undefined) continue;
    values[field.name] = agreed(field, value, context, context.forms[form.id]?.[field.name]);
  }
  return values;
}

function agreed(field: Field, value: Json, context: FormContext, committed: Json | undefined): Json {
  if (!isAccepted(value)) return { accepted: false };
  const before = object(committed);
  if (context.agreements === undefined || context.now === undefined) {
    return isAccepted(committed) ? before : { accepted: true };
  }
  const versions: JsonObject = {};
  for (const id of field.agreements) versions[id] = context.agreements[id] ?? '';
  const unchanged =
    before.accepted === true && typeof before.at === 'number' && sameJson(before.versions ?? null, versions);
  return unchanged ? before : { accepted: true, versions, at: context.now };
}

/** Whether a value counts as entered. An agreement that is not accepted and an empty list are not. */
export function isEmpty(field: Field, value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (field.type === 'array') return list(value).length === 0;
  if (field.agreements.length > 0) return !isAccepted(value);
  return false;
}

export function isAccepted(value: Json | undefined): boolean {
  return value === true || object(value).accepted === true;
}
