import type { CompiledForm, Formula } from '../../engine/forms/live.ts';

/** Whether a condition, formula or hint of the form reads the root. Hints are not parsed: one with a place reads all. */
export function readsRoot(form: CompiledForm, root: string): boolean {
  const placed = form.hint.includes('{') || form.fields.some((field) => field.hint.includes('{'));
  return placed || formulasOf(form).some((formula) => formula.reads.has(root));
}

/** Every formula of a form. */
function formulasOf(form: CompiledForm): Formula[] {
  const own = typeof form.visible === 'boolean' ? [] : [form.visible];
  const ofFields = form.fields.flatMap((field) =>
    [field.visible, field.required, field.readonly, field.compute, field.prefill].flatMap((rule) =>
      rule === null || typeof rule === 'boolean' ? [] : [rule],
    ),
  );
  return [...own, ...ofFields];
}

/** Nothing in the form depends on another field, so a change draws only its own. */
const statics = new WeakMap<CompiledForm, boolean>();
export function isStatic(form: CompiledForm): boolean {
  let known = statics.get(form);
  if (known === undefined) {
    known =
      formulasOf(form).length === 0 &&
      !form.fields.some(
        (field) => field.hint.includes('{') || (field.options?.kind === 'source' && field.options.under),
      );
    statics.set(form, known);
  }
  return known;
}
