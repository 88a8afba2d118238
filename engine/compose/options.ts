import { type Json, type JsonObject, objectOf } from '../model/json.ts';

/** The values that a setting can have, each with its word; empty for a setting that is not chosen from a list. */
export function optionsOf(schema: JsonObject, setting: string): { readonly [value: string]: string } {
  const property = objectOf(objectOf(schema.properties)[setting]);
  const items = objectOf(property.items);
  const values = [property.enum, items.enum].find((list) => Array.isArray(list)) ?? [];
  const labels = { ...objectOf(items['x-labels']), ...objectOf(property['x-labels']) };
  return Object.fromEntries(
    (values as readonly Json[]).map((value) => {
      const word = labels[String(value)];
      return [String(value), typeof word === 'string' ? word : String(value)];
    }),
  );
}

/** Whether the project has the value: as its setting, or among those that it offers. */
export function isOffered(settings: JsonObject, setting: string, value: string): boolean {
  const chosen = settings[setting];
  return Array.isArray(chosen) ? chosen.map(String).includes(value) : String(chosen) === value;
}
