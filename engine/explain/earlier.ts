import { fieldsOf } from '../forms/index.ts';
import type { Field } from '../forms/types.ts';
import type { CaseState } from '../model/case.ts';
import type { FormSchema } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** What a person need not type again: form -> field -> value. */
export type Earlier = { readonly [form: string]: JsonObject };

/**
 * What an earlier case of the same person says about these forms: the field of the same form and name, or what `x-earlier`
 * names there (`organization.number`, `last.issued.serial`). Only what a person types: no files, consents, secrets,
 * computed values. What does not fit the field any more is left out. [XPL-12]
 */
export function earlier(forms: { readonly [form: string]: FormSchema }, from: CaseState): Earlier {
  const found: { [form: string]: JsonObject } = {};
  for (const [form, schema] of Object.entries(forms)) {
    const values: JsonObject = {};
    for (const field of fieldsOf(schema)) {
      if (!isTyped(field)) continue;
      const named = field.schema['x-earlier'];
      const value = valueAt(from, typeof named === 'string' ? named : `${form}.${field.name}`);
      if (value !== undefined && value !== '' && fits(field, value)) values[field.name] = value;
    }
    if (Object.keys(values).length > 0) found[form] = values;
  }
  return found;
}

function isTyped(field: Field): boolean {
  const { file, agreements, secret, compute, kind, schema } = field;
  if (file !== null || agreements.length > 0 || secret !== null || compute !== null) return false;
  return schema['x-summary'] === undefined && schema['x-readonly'] !== 'true' && kind !== 'flags';
}

function valueAt(state: CaseState, path: string): Json | undefined {
  const [root = '', ...rest] = path.split('.');
  const record = root === 'last' ? (state.records[rest[0] ?? ''] ?? []).at(-1)?.data : undefined;
  let found: Json | undefined = root === 'last' ? record : state.forms[root];
  for (const key of root === 'last' ? rest.slice(1) : rest) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) || !Object.hasOwn(found, key))
      return undefined;
    found = found[key];
  }
  return found;
}

function fits(field: Field, value: Json): boolean {
  const { type, schema } = field;
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return false;
  if (type === 'integer' || type === 'number') return typeof value === 'number';
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
