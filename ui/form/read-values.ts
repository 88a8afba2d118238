import type { CompiledForm } from '../../engine/forms/live.ts';
import type { Json } from '../../engine/model/json.ts';
import type { Mark } from './field-state.ts';
import type { Values } from './values.ts';

/** What was read from a picture: field -> value, how sure it is (0 to 1), whether a check digit confirmed it. */
export type Read = { readonly [field: string]: { value: string; score: number; checked: boolean } };

/**
 * What of it may be filled in: fields that are open and empty, or were read before. They are marked as read.
 * @param from title of the file slot
 * @returns the values to be written
 */
export function markRead(
  form: CompiledForm,
  values: Values,
  marks: Map<string, Mark>,
  from: string,
  read: Read,
): { readonly [name: string]: Json } {
  const found: { [name: string]: Json } = {};
  for (const [name, { value, score, checked }] of Object.entries(read)) {
    const field = form.field(name);
    if (!field || value === '' || values.isLocked(name)) continue;
    const filled = !values.isEmpty(field) && !values.prefills.has(name);
    if (filled && !marks.has(name)) continue;
    found[name] = value;
    values.prefills.drop(name);
    marks.set(name, { from, score, checked, doubtful: !checked && score < 0.9 });
  }
  return found;
}
