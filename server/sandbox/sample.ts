import type { Json, JsonObject } from '../../engine/model/json.ts';
import { objectIn } from '../json.ts';

/**
 * Data that fits a JSON Schema: what is given stays where the schema knows it, what is missing and required is made up.
 * Deterministic. It serves contracts, which are plain: objects, strings, numbers, enums, lists.
 */
export function fitTo(schema: JsonObject | undefined, given: JsonObject): JsonObject {
  if (schema === undefined) return {};
  const properties = objectIn(schema.properties);
  const required = Array.isArray(schema.required) ? schema.required : [];
  const open = schema.additionalProperties !== false;
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(given)) if (name in properties || open) result[name] = value;
  for (const [name, property] of Object.entries(properties)) {
    if (name in result && suits(objectIn(property), result[name] ?? null)) continue;
    delete result[name];
    if (required.includes(name)) result[name] = sample(name, objectIn(property));
  }
  return result;
}

/** A value for one field. */
export function sample(name: string, schema: JsonObject): Json {
  if ('const' in schema) return schema.const ?? null;
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  if (Array.isArray(schema.examples)) return schema.examples[0] ?? null;
  if ('default' in schema) return schema.default ?? null;
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 1;
    case 'boolean':
      return true;
    case 'array': {
      const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
      return Array.from({ length: least }, () => sample(name, objectIn(schema.items)));
    }
    case 'object':
      return fitTo(schema, {});
    case 'null':
      return null;
    default:
      return text(name, schema);
  }
}

function text(name: string, schema: JsonObject): string {
  if (schema.format === 'date') return '2026-11-23';
  if (schema.format === 'date-time') return '2026-11-23T10:00:00+08:00';
  if (schema.format === 'uri') return 'https://example.com/';
  const least = typeof schema.minLength === 'number' ? schema.minLength : 1;
  const most = typeof schema.maxLength === 'number' ? schema.maxLength : 64;
  const digits = typeof schema.pattern === 'string' && /^\^?\\d|^\^?\[0-9\]/.test(schema.pattern);
  const word = digits ? '1234567890' : `SANDBOX-${name}`;
  return word.repeat(Math.ceil(least / word.length) || 1).slice(0, Math.max(least, Math.min(most, word.length)));
}

function suits(schema: JsonObject, value: Json): boolean {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return false;
  if (type === 'string') return typeof value === 'string';
  if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
  if (type === 'number') return typeof value === 'number';
  if (type === 'boolean') return typeof value === 'boolean';
  return true;
}
