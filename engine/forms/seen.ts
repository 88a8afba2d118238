import type { FormSchema } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { list, object } from './fields.ts';

/** Whether a field is for one of the roles: `x-seen-by` names those that it is for; without it everybody. */
export function isSeenBy(property: JsonObject, roles: readonly string[]): boolean {
  const named = property['x-seen-by'];
  return named === undefined || list(named).some((role) => typeof role === 'string' && roles.includes(role));
}

/** The values that somebody with these roles may see; the others are left out, not even masked. */
export function seenBy(schema: FormSchema | JsonObject, values: JsonObject, roles: readonly string[]): JsonObject {
  const properties = object(schema.properties);
  return Object.fromEntries(Object.entries(values).filter(([name]) => isSeenBy(object(properties[name]), roles)));
}
