import type { Json, JsonObject } from '../../engine/model/json.ts';

/** A small value that fits a JSON Schema of a contract. `id` stands where a text of one's own is needed. */
export function sampleOf(schema: JsonObject, id: string): Json {
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  if (schema.default !== undefined) return schema.default;
  if (Array.isArray(schema.examples) && schema.examples[0] !== undefined) return schema.examples[0];
  switch (schema.type) {
    case 'object': {
      const properties = isObject(schema.properties) ? schema.properties : {};
      return Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, sampleOf(isObject(property) ? property : {}, id)]),
      );
    }
    case 'array': {
      const count = typeof schema.minItems === 'number' ? schema.minItems : 0;
      return Array.from({ length: count }, () => sampleOf(isObject(schema.items) ? schema.items : {}, id));
    }
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 0;
    case 'boolean':
      return true;
    default: {
      const least = typeof schema.minLength === 'number' ? schema.minLength : 0;
      return id.padEnd(least, '0').slice(0, typeof schema.maxLength === 'number' ? schema.maxLength : undefined);
    }
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
