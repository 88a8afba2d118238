import type { FormSchema } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';
import { object, sensitiveFields, text } from './fields.ts';

/** The values for somebody who does not need the sensitive ones. Fields without `x-mask` that are sensitive go whole. */
export function mask(schema: FormSchema | JsonObject, values: JsonObject): JsonObject {
  const masked = { ...values };
  for (const [name, way] of ways(schema))
    if (Object.hasOwn(values, name)) masked[name] = maskValue(way, values[name] ?? null);
  return masked;
}

/** Sensitive fields, each with its way. */
const ways = once((schema: JsonObject) => {
  const properties = object(schema.properties);
  return sensitiveFields(schema).map((name) => [name, text(object(properties[name])['x-mask']) || 'all'] as const);
});

/** One value by the way of `x-mask`. What is no text and no file becomes null: half a number can give it away. */
export function maskValue(way: string, value: Json): Json {
  if (value === null) return null;
  if (typeof value === 'string') return maskText(way, value);
  // A file's reference names no content; its name may name a person.
  if (typeof value === 'object' && !Array.isArray(value) && typeof value.id === 'string')
    return { ...value, name: '****' };
  return null;
}

function maskText(way: string, value: string): string {
  const letters = [...value];
  switch (way) {
    case 'idNumber':
      return ends(letters, 4, 4);
    case 'mobile':
      return ends(letters, 3, 4);
    case 'account':
      return ends(letters, 4, 4);
    case 'name':
      return letters.length <= 1
        ? '*'
        : `${letters[0]}${'*'.repeat(Math.max(1, letters.length - 2))}${letters.length > 2 ? letters.at(-1) : ''}`;
    case 'email': {
      const at = value.lastIndexOf('@');
      return at < 1 ? '****' : `${letters[0]}***${value.slice(at)}`;
    }
    default:
      return '****';
  }
}

/** First and last characters with stars between; a value too short for that is all stars. */
function ends(letters: readonly string[], first: number, last: number): string {
  if (letters.length < first + last + 2) return '****';
  return letters.slice(0, first).join('') + '*'.repeat(letters.length - first - last) + letters.slice(-last).join('');
}
