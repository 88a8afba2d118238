import type { Json, JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';

/** The type of a value as expressions see it. */
export type Type =
  | { readonly kind: 'any' }
  | { readonly kind: 'null' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'int' }
  | { readonly kind: 'double' }
  /** `values`: the only texts that it can be. */
  | { readonly kind: 'string'; readonly values?: readonly string[] }
  /** `max`: how many elements at most; null when nothing limits it. */
  | { readonly kind: 'list'; readonly of: Type; readonly max: number | null }
  /** Known fields; another name is a misspelling. */
  | { readonly kind: 'object'; readonly fields: { readonly [field: string]: Field } }
  /** Any name, one type of value. */
  | { readonly kind: 'map'; readonly of: Type };

export interface Field {
  readonly type: Type;
  /** May be missing: must be asked with `has()`. */
  readonly optional: boolean;
}

/** Root name -> what it is: forms, `settings`, `facts`, … See [EXP-2] in engine/SPEC.md. */
export type Types = { readonly [root: string]: Field };

export const any: Type = { kind: 'any' };
export const bool: Type = { kind: 'bool' };
export const int: Type = { kind: 'int' };
export const text: Type = { kind: 'string' };

export const objectOf = (fields: { readonly [field: string]: Type }): Type => ({
  kind: 'object',
  fields: Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type, optional: false }])),
});

/** Verdicts on a secret; a form field with `x-secret` has one of these as its value. */
export const verdicts = ['right', 'wrong', 'expired', 'used'] as const;

const fileReference = objectOf({ id: text, name: text, size: int, type: text, sha256: text });
const agreement = objectOf({ accepted: bool, versions: { kind: 'map', of: text }, at: int });

/**
 * The type that a JSON Schema (2020-12, the keywords of forms/README.md) gives to a value.
 * What it does not say is `any`. Never throws.
 */
export function typeOfSchema(schema: Json | undefined): Type {
  return schema === null || typeof schema !== 'object' || Array.isArray(schema) ? any : typeOfObjectSchema(schema);
}

/** Schemas are data that nobody changes: one that several expressions or projects ask about is looked at once. */
const typeOfObjectSchema = once((schema: JsonObject): Type => {
  if ('x-secret' in schema) return { kind: 'string', values: verdicts };
  if ('x-file' in schema) return fileReference;
  if ('x-agreement' in schema) return agreement;
  if ('const' in schema) return typeOfLiterals([schema.const as Json]);
  if (Array.isArray(schema.enum)) return typeOfLiterals(schema.enum);
  switch (schema.type) {
    case 'boolean':
      return bool;
    case 'integer':
      return int;
    case 'number':
      return { kind: 'double' };
    case 'string':
      return text;
    case 'null':
      return { kind: 'null' };
    case 'array': {
      const max = typeof schema.maxItems === 'number' ? schema.maxItems : null;
      const items = typeOfSchema(schema.items);
      // A list of distinct values of an enum cannot be longer than the enum.
      const own = schema.uniqueItems === true && items.kind === 'string' ? (items.values?.length ?? null) : null;
      return { kind: 'list', of: items, max: max ?? own };
    }
    case 'object':
      return typeOfObject(schema);
    default:
      return any;
  }
});

function typeOfObject(schema: JsonObject): Type {
  const properties = schema.properties;
  if (properties === null || typeof properties !== 'object' || Array.isArray(properties)) {
    return { kind: 'map', of: typeOfSchema(schema.additionalProperties) };
  }
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const fields: { [field: string]: Field } = {};
  for (const [name, property] of Object.entries(properties)) {
    fields[name] = { type: typeOfSchema(property), optional: !required.has(name) || isHidable(property) };
  }
  return { kind: 'object', fields };
}

/** A field that a condition hides is not kept, so that it may be missing whatever `required` says. */
function isHidable(property: Json): boolean {
  return property !== null && typeof property === 'object' && !Array.isArray(property) && 'x-visible' in property;
}

function typeOfLiterals(values: readonly Json[]): Type {
  if (values.every((value) => typeof value === 'string')) return { kind: 'string', values: values as string[] };
  if (values.every((value) => typeof value === 'boolean')) return bool;
  if (values.every((value) => Number.isInteger(value))) return int;
  if (values.every((value) => typeof value === 'number')) return { kind: 'double' };
  return any;
}

/** The type in words, for messages. */
export function describe(type: Type): string {
  switch (type.kind) {
    case 'any':
      return '任意';
    case 'null':
      return '空';
    case 'bool':
      return '是/否';
    case 'int':
      return '整数';
    case 'double':
      return '小数';
    case 'string':
      return type.values === undefined ? '文字' : `文字（${type.values.join('、')}）`;
    case 'list':
      return `${describe(type.of)}的列表`;
    case 'object':
    case 'map':
      return '对象';
  }
}

export function isNumber(type: Type): boolean {
  return type.kind === 'int' || type.kind === 'double';
}

/** A value of type `found` can stand where `want` is expected. */
export function fits(found: Type, want: Type): boolean {
  if (found.kind === 'any' || want.kind === 'any') return true;
  if (found.kind === 'list' && want.kind === 'list') return fits(found.of, want.of);
  if (found.kind === 'map' || want.kind === 'map') {
    return ['map', 'object'].includes(found.kind) && ['map', 'object'].includes(want.kind);
  }
  return found.kind === want.kind;
}

export function typeOfLiteral(value: unknown): Type {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'boolean') return bool;
  if (typeof value === 'bigint') return int;
  if (typeof value === 'number') return { kind: 'double' };
  // A literal has no enum of its own: the other side says which texts there are.
  return typeof value === 'string' ? text : any;
}
