import { type Locale, sentence } from '../errors/index.ts';
import { evaluateText } from '../expressions/index.ts';
import { checkForm, committedValues, settle, validateForm, visibleFields } from '../forms/index.ts';
import type { CompiledForm, FormContext, Settled } from '../forms/types.ts';
import type { Blocker, FieldError } from '../model/blocker.ts';
import type { Definition, TaskNode } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { blocker } from './blockers.ts';
import { formContext, formOf } from './forms.ts';
import { scopeOf } from './scope.ts';
import type { World } from './world.ts';

export type Committed =
  | {
      readonly kind: 'committed';
      readonly world: World;
      /** `<form>.<field>` whose committed value is another one now. */
      readonly changed: readonly string[];
      readonly voided: readonly string[];
    }
  | { readonly kind: 'refused'; readonly blockers: readonly Blocker[] };

/**
 * Validates all forms of a task together, compares them with what may be edited, commits them and voids the facts
 * about changed data. Nothing is committed when one field of one form is wrong. [RUN-9] [RUN-10] [RUN-11]
 */
export function commitForms(
  definition: Definition,
  world: World,
  task: TaskNode,
  sent: { readonly [form: string]: JsonObject },
  locale: Locale = 'zh-CN',
): Committed {
  const working: { [form: string]: JsonObject } = {};
  for (const id of task.forms) working[id] = sent[id] ?? world.forms[id] ?? {};
  const { settled, errors } = judgedForms(definition, world, task.forms, working, locale);
  const changed = task.forms.flatMap((id) => changedFields(id, world.forms[id] ?? {}, settled[id] ?? {}));
  const closed = task.edit === null ? [] : closedFields(definition, world, task.edit, changed, settled);
  if (closed.length > 0) {
    const titles = closed.map((path) => titleOf(definition, path, locale)).join(locale === 'en' ? ', ' : '、');
    return { kind: 'refused', blockers: [blocker('field-closed', { titles, paths: [...closed] }, undefined, locale)] };
  }
  const wrong = task.edit === null ? errors : mendable(definition, world, task.edit, changed, errors, settled);
  if (wrong.length > 0) {
    return { kind: 'refused', blockers: [blocker('form-invalid', { count: wrong.length }, wrong, locale)] };
  }
  const voided = Object.keys(world.facts).filter((fact) =>
    (definition.declared.facts[fact]?.about ?? []).some((about) => changed.some((path) => touches(path, about))),
  );
  const facts = Object.fromEntries(Object.entries(world.facts).filter(([fact]) => !voided.includes(fact)));
  return { kind: 'committed', world: { ...world, facts, forms: { ...world.forms, ...settled } }, changed, voided };
}

interface Judged {
  readonly form: CompiledForm;
  readonly context: FormContext;
  readonly counts: Settled;
}

/**
 * The forms as they would be committed: cleaned, hidden fields gone, computed ones filled; and what is wrong with them.
 * Forms may compute from each other, in any order, so each is worked out again until none of the others moves.
 */
function judgedForms(
  definition: Definition,
  world: World,
  ids: readonly string[],
  working: { readonly [form: string]: JsonObject },
  locale: Locale,
): { readonly settled: { [form: string]: JsonObject }; readonly errors: readonly FieldError[] } {
  let settled: { [form: string]: JsonObject } = { ...working };
  const judged: { [form: string]: Judged } = {};
  let moved: readonly string[] = ids;
  for (let round = 0; round <= ids.length && moved.length > 0; round++) {
    const next: { [form: string]: JsonObject } = { ...settled };
    for (const id of ids) {
      const form = formOf(definition, id);
      if (form === null || (round > 0 && moved.every((other) => other === id))) continue;
      const context = formContext(definition, world, id, settled, locale);
      const counts = settle(form, working[id] ?? {}, context);
      judged[id] = { form, context, counts };
      next[id] = committedValues(form, counts, context);
    }
    const before = settled;
    settled = next;
    moved = ids.filter((id) => !equal(next[id] ?? {}, before[id] ?? {}));
  }
  const errors = Object.entries(judged).flatMap(([id, { form, context, counts }]) => {
    const raw = working[id] ?? {};
    // Forms that never come to rest are judged by the others as they are at last.
    if (moved.some((other) => other !== id))
      return validateForm(form, raw, formContext(definition, world, id, settled, locale));
    return checkForm(form, raw, context, counts).errors;
  });
  return { settled, errors };
}

/** Validates an event's own dialogue. @returns its data as it counts. */
export function acceptDialogue(
  definition: Definition,
  world: World,
  id: string,
  sent: JsonObject,
  locale: Locale = 'zh-CN',
):
  | { readonly kind: 'accepted'; readonly data: JsonObject }
  | { readonly kind: 'refused'; readonly blockers: readonly Blocker[] } {
  const form = formOf(definition, id);
  if (form === null) return { kind: 'accepted', data: {} };
  const context = formContext(definition, world, id, undefined, locale);
  const { errors, settled } = checkForm(form, sent, context);
  if (errors.length > 0) {
    return { kind: 'refused', blockers: [blocker('form-invalid', { count: errors.length }, errors, locale)] };
  }
  return { kind: 'accepted', data: committedValues(form, settled, context) };
}

/**
 * The paths that `edit` opens: texts, or entries with the path in `field`. A missing list opens nothing.
 * @returns `<form>` or `<form>.<field>` each
 */
export function openPaths(definition: Definition, world: World, edit: string): readonly string[] {
  const result = evaluateText(edit, scopeOf(definition, world));
  if (result.kind !== 'value' || !Array.isArray(result.value)) return [];
  return result.value.flatMap((entry) => {
    if (typeof entry === 'string') return [entry];
    const field = entry !== null && typeof entry === 'object' && !Array.isArray(entry) ? entry.field : null;
    return typeof field === 'string' ? [field] : [];
  });
}

/**
 * Open fields of a task with `edit` that this step left as they were, in the order of the list. A scan of a printed
 * form whose data changed in the same step is not among them: it is asked for again when that is printed.
 */
export function untouchedFields(
  definition: Definition,
  world: World,
  edit: string,
  changed: readonly string[],
): readonly string[] {
  return [...new Set(openPaths(definition, world, edit))].filter((path) => {
    if (changed.some((each) => touches(each, path))) return false;
    const [form = '', name = ''] = path.split('.');
    const printed = formOf(definition, form)?.field(name)?.file?.digest ?? null;
    const about = printed === null ? [] : definition.documents[printed]?.about;
    const paths = Array.isArray(about) ? about.filter((each) => typeof each === 'string') : [];
    return !paths.some((each) => changed.some((one) => touches(one, each)));
  });
}

/**
 * Errors at fields that the person may change or has changed. A field that is closed and was left as it is cannot be
 * mended here; the obligations lead to where it can.
 */
function mendable(
  definition: Definition,
  world: World,
  edit: string,
  changed: readonly string[],
  errors: readonly FieldError[],
  settled: { readonly [form: string]: JsonObject },
): FieldError[] {
  const mine = [...openPaths(definition, world, edit), ...changed];
  return errors.filter((error) => {
    const path = error.path.split('.').slice(0, 2).join('.');
    return mine.some((each) => touches(path, each)) || appeared(definition, world, path, settled);
  });
}

/**
 * Changed fields that are not open. Computed fields follow the open ones, and so do fields that only their change made
 * visible or took away: what is asked for anew must be answerable.
 */
function closedFields(
  definition: Definition,
  world: World,
  edit: string,
  changed: readonly string[],
  settled: { readonly [form: string]: JsonObject },
): string[] {
  const open = openPaths(definition, world, edit);
  return changed.filter((path) => {
    if (open.some((each) => touches(path, each))) return false;
    const [id = '', name = ''] = path.split('.');
    const form = formOf(definition, id);
    const field = form?.field(name);
    if (form === null || field === undefined || field === null) return true;
    if (field.compute !== null) return false;
    return isVisible(definition, world, path, world.forms, {}) === isVisible(definition, world, path, settled, settled);
  });
}

/** The field is visible with the data that was sent, and was not before. */
function appeared(
  definition: Definition,
  world: World,
  path: string,
  settled: { readonly [form: string]: JsonObject },
): boolean {
  return isVisible(definition, world, path, settled, settled) && !isVisible(definition, world, path, world.forms, {});
}

function isVisible(
  definition: Definition,
  world: World,
  path: string,
  values: { readonly [form: string]: JsonObject },
  working: { readonly [form: string]: JsonObject },
): boolean {
  const [id = '', name = ''] = path.split('.');
  const form = formOf(definition, id);
  if (form === null) return false;
  const fields = visibleFields(form, values[id] ?? {}, formContext(definition, world, id, working));
  return fields.some((field) => field.name === name);
}

/** A changed field and a path that facts or flags name: the same, or one holds the other. */
export function touches(path: string, named: string): boolean {
  return path === named || path.startsWith(`${named}.`) || named.startsWith(`${path}.`);
}

function changedFields(form: string, before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !equal(before[name], after[name])).map((name) => `${form}.${name}`);
}

export function equal(one: Json | undefined, two: Json | undefined): boolean {
  if (one === two) return true;
  if (one === null || two === null || typeof one !== 'object' || typeof two !== 'object') return false;
  if (Array.isArray(one) || Array.isArray(two)) {
    return (
      Array.isArray(one) &&
      Array.isArray(two) &&
      one.length === two.length &&
      one.every((item, i) => equal(item, two[i]))
    );
  }
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(two).length && keys.every((key) => Object.hasOwn(two, key) && equal(one[key], two[key]))
  );
}

function titleOf(definition: Definition, path: string, locale: Locale): string {
  const [form = '', field = ''] = path.split('.');
  const title = formOf(definition, form)?.field(field)?.title ?? field;
  return sentence('field-of', { form: definition.forms[form]?.title ?? form, field: title }, locale);
}
