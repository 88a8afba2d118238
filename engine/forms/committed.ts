import type { FormSchema } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { object } from './fields.ts';

const file: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    size: { type: 'integer' },
    type: { type: 'string' },
    sha256: { type: 'string' },
  },
  required: ['id', 'name', 'size', 'type', 'sha256'],
};

const agreement: JsonObject = {
  type: 'object',
  properties: {
    accepted: { type: 'boolean' },
    versions: { type: 'object' },
    at: { type: 'integer' },
  },
  required: ['accepted'],
};

const verdict: JsonObject = { type: 'string', enum: ['right', 'wrong', 'expired', 'used'] };

/**
 * The schema of what stands in a case after the form was committed, for expressions: a file is its reference, an
 * agreement its record, a secret a verdict, a summary nothing, and what may be hidden is not required.
 */
export function committedSchema(schema: FormSchema | JsonObject): JsonObject {
  const properties = object(schema.properties);
  const out: JsonObject = {};
  const optional = new Set<string>();
  for (const [name, value] of Object.entries(properties)) {
    const property = object(value);
    if ('x-summary' in property) continue;
    if ('x-visible' in property) optional.add(name);
    const title: JsonObject = typeof property.title === 'string' ? { title: property.title } : {};
    if ('x-file' in property) out[name] = { ...file, ...title };
    else if ('x-agreement' in property) out[name] = { ...agreement, ...title };
    else if ('x-secret' in property) out[name] = { ...verdict, ...title };
    else out[name] = value;
  }
  const required = (Array.isArray(schema.required) ? schema.required : []).filter(
    (name: Json) => typeof name === 'string' && !optional.has(name),
  );
  return { ...schema, properties: out, required };
}
