import type { Json, JsonObject } from '../model/json.ts';
import { affectedBy, derivedIn } from './affected.ts';
import { holds } from './expression.ts';
import { list, object } from './fields.ts';
import { innerContext, settleInner } from './inner.ts';
import { sameJson } from './json.ts';
import { normalise, normaliseValue } from './normalise.ts';
import { scopeIn } from './scope.ts';
import type { CompiledForm, Field, FormContext, Scope, Settled } from './types.ts';

/**
 * What the values amount to: computed fields are filled, fields whose `x-visible` does not hold are gone, and with them
 * everything that only they made visible. Repeats until nothing moves (at most once per field).
 */
export function settle(form: CompiledForm, raw: JsonObject, context: FormContext): Settled {
  const typed = withoutForeign(form, form.fields, normalise(form, raw), context);
  const { values, hidden } = stable(form, form.fields, typed, new Set(), context);
  const shown = form.fields.filter((field) => !hidden.has(field.name));
  const scope = scopeIn(form, values, context, hidden);
  return {
    values: only(values, shown),
    visible: new Set(shown.map((field) => field.name)),
    required: whereHolds(shown, 'required', scope),
    readonly: whereHolds(shown, 'readonly', scope),
  };
}

function whereHolds(fields: readonly Field[], rule: 'required' | 'readonly', scope: Scope): ReadonlySet<string> {
  const names = new Set<string>();
  for (const field of fields) if (holds(field[rule], scope)) names.add(field.name);
  return names;
}

/**
 * As `settle`, when nothing but one field of `raw` changed since `before`: what the field cannot reach stays as it is.
 * The result equals that of `settle` but for the order of the values' keys.
 */
export function resettle(
  form: CompiledForm,
  before: Settled,
  raw: JsonObject,
  name: string,
  context: FormContext,
): Settled {
  const reached = affectedBy(form, name);
  if (reached === null) return settle(form, raw, context);
  const fields = [...reached].flatMap((one) => form.field(one) ?? []).sort((a, b) => a.place - b.place);
  const typed: JsonObject = { ...before.values };
  for (const field of fields) {
    const value = Object.hasOwn(raw, field.name) ? normaliseValue(field, raw[field.name]) : undefined;
    put(typed, field.name, value);
  }
  const aside = form.fields.length - before.visible.size === 0 ? [] : form.fields;
  const others = aside.filter((field) => !before.visible.has(field.name) && !reached.has(field.name));
  const start = new Set(others.map((field) => field.name));
  const { values, hidden } = stable(form, fields, withoutForeign(form, fields, typed, context), start, context);
  for (const field of fields) if (hidden.has(field.name)) delete values[field.name];
  const scope = scopeIn(form, values, context, hidden);
  const shown = (field: Field) => !hidden.has(field.name);
  return {
    values,
    visible: patched(form, before.visible, fields, shown),
    required: patched(form, before.required, fields, (field) => shown(field) && holds(field.required, scope)),
    readonly: patched(form, before.readonly, fields, (field) => shown(field) && holds(field.readonly, scope)),
  };
}

/** The same set where nothing of it changed; else a new one in the order of the form. */
function patched(
  form: CompiledForm,
  before: ReadonlySet<string>,
  fields: readonly Field[],
  belongs: (field: Field) => boolean,
): ReadonlySet<string> {
  const moved = new Set(fields.filter((field) => belongs(field) !== before.has(field.name)).map(({ name }) => name));
  if (moved.size === 0) return before;
  return new Set(form.fields.map(({ name }) => name).filter((name) => before.has(name) !== moved.has(name)));
}

/** Computes and hides `fields` until nothing moves; the others stay as they are. */
function stable(
  form: CompiledForm,
  fields: readonly Field[],
  typed: JsonObject,
  aside: ReadonlySet<string>,
  context: FormContext,
): { readonly values: JsonObject; readonly hidden: ReadonlySet<string> } {
  let hidden = aside;
  let values = computed(form, fields, typed, context, hidden);
  for (let round = 0; round <= fields.length; round += 1) {
    const scope = scopeIn(form, values, context, hidden);
    const open = holds(form.visible, scope);
    const next = new Set(aside);
    for (const field of fields) if (!open || !holds(field.visible, scope)) next.add(field.name);
    // What is hidden decides what is computed, and only that moves between the rounds.
    if (next.size === hidden.size && [...next].every((name) => hidden.has(name))) break;
    hidden = next;
    values = computed(form, fields, typed, context, hidden);
  }
  return { values, hidden };
}

/** A field that is always read-only and has no start value of its own shows what is committed, whatever was sent. */
function withoutForeign(
  form: CompiledForm,
  fields: readonly Field[],
  values: JsonObject,
  context: FormContext,
): JsonObject {
  for (const field of fields) {
    if (field.readonly !== true || field.compute !== null || field.prefill !== null) continue;
    put(values, field.name, context.forms[form.id]?.[field.name]);
  }
  return values;
}

/** A computed value replaces whatever was sent for it; without a value yet the field is absent. Parts are settled too. */
function computed(
  form: CompiledForm,
  fields: readonly Field[],
  typed: JsonObject,
  context: FormContext,
  hidden: ReadonlySet<string>,
): JsonObject {
  const values: JsonObject = { ...typed };
  const wanted = fields === form.fields ? null : new Set(fields);
  for (const field of derivedIn(form)) {
    if (wanted !== null && !wanted.has(field)) continue;
    if (field.compute !== null) {
      const value = hidden.has(field.name) ? undefined : field.compute.run(scopeIn(form, values, context, hidden));
      put(values, field.name, value === null || value === '' ? undefined : value);
    } else if (field.inner !== null && !hidden.has(field.name)) {
      put(
        values,
        field.name,
        settleInner(field, values[field.name], innerContext(form, field, values, context, hidden)),
      );
    }
  }
  return values;
}

function put(values: JsonObject, name: string, value: Json | undefined): void {
  if (value === undefined) delete values[name];
  else values[name] = value;
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

/** Whether a value counts as entered. An agreement that is not accepted, an empty list and an empty group are not. */
export function isEmpty(field: Field, value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (field.type === 'array') return list(value).length === 0;
  if (field.agreements.length > 0) return !isAccepted(value);
  if (field.inner !== null && typeof value === 'object') return Object.keys(value).length === 0;
  return false;
}

export function isAccepted(value: Json | undefined): boolean {
  return value === true || object(value).accepted === true;
}
