import type { FormSchema } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';
import { list, object } from './fields.ts';

/** Whether a field is for one of the roles: `x-seen-by` names those that it is for; without it everybody. */
export function isSeenBy(property: JsonObject, roles: readonly string[]): boolean {
  const named = property['x-seen-by'];
  return named === undefined || list(named).some((role) => typeof role === 'string' && roles.includes(role));
}

/** The values that somebody with these roles may see; the others are left out, not even masked. */
export function seenBy(schema: FormSchema | JsonObject, values: JsonObject, roles: readonly string[]): JsonObject {
  const hidden = restricted(schema).filter(({ name, property }) => name in values && !isSeenBy(property, roles));
  if (hidden.length === 0) return { ...values };
  return Object.fromEntries(Object.entries(values).filter(([name]) => hidden.every((one) => one.name !== name)));
}

/** Fields that are not for everybody. */
const restricted = once((schema: JsonObject) =>
  Object.entries(object(schema.properties)).flatMap(([name, given]) => {
    const property = object(given);
    return property['x-seen-by'] === undefined ? [] : [{ name, property }];
  }),
);
