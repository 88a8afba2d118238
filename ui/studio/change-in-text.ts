import type { Json, JsonObject } from '../../engine/model/json.ts';
import { dataIn, isObject, withValue } from './yaml-text.ts';

/** A change as it stands in the project's text: `{ title?, set | tighten | add | remove, was?, is?, … }`. */
export interface NamedChange {
  readonly name: string;
  readonly change: JsonObject;
}

/** The named changes of a project's YAML text, in its order; null while the text cannot be read. */
export function changesIn(text: string): readonly NamedChange[] | null {
  const data = dataIn(text);
  if (!data) return null;
  const { changes = null } = data;
  if (changes === null) return [];
  if (!isObject(changes)) return null;
  return Object.entries(changes).flatMap(([name, change]) => (isObject(change) ? [{ name, change }] : []));
}

/** What the project's text itself requires of every case: titles, or names where there is none. */
export function lawsIn(text: string): readonly string[] {
  const laws = dataIn(text)?.laws;
  if (!isObject(laws)) return [];
  return Object.entries(laws).map(([name, law]) => (isObject(law) && typeof law.title === 'string' ? law.title : name));
}

/**
 * The text with a change put in behind the others, written over the one of that name, or taken out (null). Comments and
 * every other byte stay; of a change that is written over, what is the same in both stays as well. A text that cannot be
 * read is answered as it is.
 */
export function withChange(text: string, name: string, change: JsonObject | null): string {
  const known = changesIn(text);
  if (known === null) return text;
  const before = known.find((one) => one.name === name);
  if (change === null) return withValue(text, ['changes', name], undefined);
  if (!before) return withValue(text, ['changes', name], change);
  return merged(text, ['changes', name], before.change, change);
}

/** A name that no change of the text has yet: the wish itself, or with a number behind it. */
export function freeName(text: string, wish: string): string {
  const taken = new Set((changesIn(text) ?? []).map(({ name }) => name));
  if (!taken.has(wish)) return wish;
  for (let number = 2; ; number++) if (!taken.has(`${wish}${number}`)) return `${wish}${number}`;
}

function merged(text: string, path: readonly string[], before: JsonObject, after: JsonObject): string {
  let next = text;
  for (const [key, value] of Object.entries(after)) {
    const was = before[key];
    if (isFilled(was) && isFilled(value)) next = merged(next, [...path, key], was, value);
    else if (JSON.stringify(was) !== JSON.stringify(value)) next = withValue(next, [...path, key], value as Json);
  }
  for (const key of Object.keys(before)) if (!(key in after)) next = withValue(next, [...path, key], undefined);
  return next;
}

const isFilled = (value: Json | undefined): value is JsonObject => isObject(value) && Object.keys(value).length > 0;
