import { isFileReference } from '../../engine/forms/files.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { isObject } from '../json.ts';

/** How one sensitive value is turned into its sealed text and back; `path` is bound to it. */
export interface Sealer {
  seal(plain: string, path: string): string;
  open(sealed: string, path: string): string;
}

/** A sealed value stands as `{ "$sealed": text }` where the value stood. */
const MARK = '$sealed';

/** The rule of data that no schema describes. */
export const unknown: Json = { 'x-sensitive': true };

/**
 * Seals every value that the schema marks `x-sensitive` or `x-personal`, at any depth. Whatever looks like a sealed value without being
 * one (a person may have sent it) is sealed as well, so that opening is never fooled.
 */
export function sealValue(schema: Json | undefined, value: Json, path: string, sealer: Sealer): Json {
  const rules = isObject(schema) ? schema : {};
  const isPersonal = rules['x-sensitive'] === true || rules['x-personal'] === true;
  if (isPersonal || (isObject(value) && MARK in value)) {
    return value === null ? null : { [MARK]: sealer.seal(JSON.stringify(value), path) };
  }
  if (Array.isArray(value)) return mapArray(value, (item, n) => sealValue(rules.items, item, `${path}.${n}`, sealer));
  if (!isObject(value)) return value;
  // A file's reference names no content; its name may name a person.
  if (isFileReference(value))
    return { ...(value as JsonObject), name: sealValue(unknown, value.name, `${path}.name`, sealer) };
  const properties = isObject(rules.properties) ? rules.properties : null;
  return mapObject(value, (item, key) => {
    // What an older release asked for and the case's release knows no more: nobody can say that it is harmless.
    const rule = properties === null ? {} : (properties[key] ?? unknown);
    return sealValue(rule, item, `${path}.${key}`, sealer);
  });
}

/** Opens everything that `sealValue` sealed; needs no schema. */
export function openValue(value: Json, path: string, sealer: Sealer): Json {
  if (Array.isArray(value)) return mapArray(value, (item, n) => openValue(item, `${path}.${n}`, sealer));
  if (!isObject(value)) return value;
  const sealed = value[MARK];
  if (typeof sealed === 'string') return JSON.parse(sealer.open(sealed, path)) as Json;
  return mapObject(value, (item, key) => openValue(item, `${path}.${key}`, sealer));
}

/** @returns the same object where nothing changes: most of a case is read and written as it is */
export function mapObject(value: JsonObject, change: (item: Json, key: string) => Json): JsonObject {
  let changed: JsonObject | null = null;
  for (const key of Object.keys(value)) {
    const item = value[key] as Json;
    const next = change(item, key);
    if (next === item) continue;
    changed ??= { ...value };
    // A person may have sent a field of any name: never the prototype.
    Object.defineProperty(changed, key, { value: next, enumerable: true, configurable: true, writable: true });
  }
  return changed ?? value;
}

function mapArray(value: readonly Json[], change: (item: Json, n: number) => Json): Json[] {
  const mapped = value.map(change);
  return mapped.every((item, n) => item === value[n]) ? (value as Json[]) : mapped;
}

/** Schemas by which the data of a case is sealed. */
export interface SensitiveSchemas {
  readonly forms: { readonly [form: string]: FormSchema };
  readonly records: { readonly [record: string]: Json };
}
