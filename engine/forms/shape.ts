import type { Json, JsonObject } from '../model/json.ts';
import { kindOf, object } from './fields.ts';
import { isGroup } from './part.ts';

/**
 * What of a form's schema is ajv's to check. Presence of fields (conditions), formats, files, agreements and offered
 * options are ours, so they are taken out: a field is asked one question by one checker.
 */
const kept = new Set([
  'type',
  'enum',
  'const',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
  'required',
  'properties',
  '$ref',
]);

const annotations = new Set([
  '$schema',
  '$id',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'format',
  'additionalProperties',
]);

/** The longest text that a field takes when its schema names no limit. */
export const textLimit = 4000;

/** @throws FormSchemaError for a keyword that the vocabulary does not have. */
export function shapeOf(schema: JsonObject): JsonObject {
  const properties: JsonObject = {};
  for (const [name, property] of Object.entries(object(schema.properties))) {
    properties[name] = fieldShape(object(property), name);
  }
  const defs = Object.entries(object(schema.$defs));
  if (defs.length === 0) return { type: 'object', properties };
  const $defs = Object.fromEntries(defs.map(([name, one]) => [name, { ...inner(object(one), name), required: [] }]));
  return { type: 'object', properties, $defs };
}

function fieldShape(schema: JsonObject, path: string): JsonObject {
  if ('x-file' in schema) return { type: 'object' };
  if ('x-agreement' in schema) return { type: ['boolean', 'object'] };
  return inner(schema, path);
}

function inner(schema: JsonObject, path: string): JsonObject {
  const out: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword.startsWith('x-') || annotations.has(keyword)) continue;
    if (!kept.has(keyword)) throw new FormSchemaError(path, keyword);
    out[keyword] = nested(keyword, value, path);
  }
  const kind = kindOf(schema);
  if (isGroup(kind)) delete out.required;
  if (kind === 'list' && out.items !== undefined) delete object(out.items).required;
  if (out.type === 'string' && out.maxLength === undefined) out.maxLength = textLimit;
  return out;
}

function nested(keyword: string, value: Json, path: string): Json {
  if (keyword === 'items') return inner(object(value), `${path}[]`);
  if (keyword !== 'properties') return value;
  return Object.fromEntries(
    Object.entries(object(value)).map(([name, property]) => [name, inner(object(property), `${path}.${name}`)]),
  );
}

export class FormSchemaError extends Error {
  readonly path: string;
  readonly keyword: string;

  constructor(path: string, keyword: string) {
    super(`The form vocabulary has no keyword "${keyword}" (at "${path}")`);
    this.name = 'FormSchemaError';
    this.path = path;
    this.keyword = keyword;
  }
}
