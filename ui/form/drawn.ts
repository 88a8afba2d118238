import { display, type Field, type FormContext, fillText, offered, scopeIn } from '../../engine/forms/live.ts';
import type { Json } from '../../engine/model/json.ts';
import { type FieldState, type FormState, sameValue } from './field-state.ts';
import type { Part } from './parts.ts';
import type { FormStore } from './store.ts';
import type { Tally } from './tally.ts';

const noParts: readonly Part[] = [];

/** What a field's control draws now. */
export function drawnField(
  store: FormStore,
  field: Field,
  context: FormContext,
  before: FieldState | undefined,
): FieldState {
  const { name } = field;
  const { settled, complaintsOf } = store;
  const locked = store.isLocked(name);
  const value = drawnValue(store, field, before);
  const was = store.before(name);
  const changed = store.isPartlyOpen && !locked && !sameValue(was, value);
  return {
    field,
    value,
    visible: settled.visible.has(name),
    required: settled.required.has(name),
    readonly: locked || settled.readonly.has(name),
    locked,
    hint: hintOf(store, field.hint, context),
    options: optionsOf(field, context, before),
    error: complaintsOf.errors.get(name) ?? null,
    warning: complaintsOf.warnings.get(name) ?? null,
    mark: store.marks.get(name) ?? null,
    was: changed && was !== undefined ? display(field, was) : null,
    note: store.notes[name] ?? null,
    under: underOf(store, field),
    parts: field.inner === null ? noParts : store.partsOf(name),
  };
}

/** The same object where a summary says the same, so that it need not be drawn again. */
function drawnValue(store: FormStore, field: Field, before: FieldState | undefined): Json | undefined {
  const value = store.valueOf(field);
  return field.summary.length > 0 && before && sameValue(before.value, value) ? before.value : value;
}

/** What of the form as a whole is drawn now. */
export function drawnForm(store: FormStore, context: FormContext, tally: Tally, before: FormState | null): FormState {
  const { settled, form } = store;
  const { errors, warnings } = store.complaintsOf;
  const below = (kind: 'errors' | 'warnings') => innerSum(store, kind);
  const wrong = errors.size + below('errors');
  const doubtful = warnings.size + below('warnings');
  const sameFields = before !== null && before.shown === settled.visible;
  return {
    status: tally.status(wrong, doubtful),
    errors: wrong,
    warnings: doubtful,
    shown: settled.visible,
    visible: sameFields ? before.visible : [...settled.visible],
    error: errors.get('') ?? null,
    warning: warnings.get('') ?? null,
    hint: hintOf(store, form.hint, context),
    busy: store.busy,
  };
}

function innerSum(store: FormStore, kind: 'errors' | 'warnings'): number {
  return store.parted.reduce(
    (sum, field) => sum + store.partsOf(field.name).reduce((all, part) => all + part.store.whole()[kind], 0),
    0,
  );
}

function hintOf(store: FormStore, hint: string, context: FormContext): string {
  return hint.includes('{') ? fillText(hint, scopeIn(store.form, store.settled.values, context)) : hint;
}

/** The same list where nothing of it changed, so that the field need not be drawn again. */
function optionsOf(field: Field, context: FormContext, before: FieldState | undefined): FieldState['options'] {
  if (before && field.options?.kind !== 'from') return before.options;
  const options = offered(field, context);
  return before && sameValue(before.options as unknown as Json, options as unknown as Json) ? before.options : options;
}

function underOf(store: FormStore, field: Field): string | null {
  if (field.options?.kind !== 'source' || field.options.under === null) return '';
  const parent = store.form.field(field.options.under);
  const value = parent ? store.settled.values[parent.name] : undefined;
  if (!parent || typeof value !== 'string') return null;
  const above = underOf(store, parent);
  return above ? `${above}/${value}` : value;
}
