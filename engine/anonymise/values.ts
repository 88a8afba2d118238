import { isFileReference } from '../forms/files.ts';
import { entryOf, partValue } from '../forms/inner.ts';
import { isClosed, offered } from '../forms/options.ts';
import { exampleOf } from '../forms/smallest.ts';
import type { Field, FormContext } from '../forms/types.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Fictions } from './fictions.ts';

/** A number with more digits than this is the number of something: of a phone, an account, an order. */
const MOST_COUNTED = 99_999_999;

const verdicts: readonly Json[] = ['right', 'wrong', 'expired', 'used'];

/** `meet`: only looked at. `replace`: made anonymous. */
export type Mode = 'meet' | 'replace';

export interface Replacing {
  readonly fictions: Fictions;
  readonly vocabulary: ReadonlySet<string>;
  readonly mode: Mode;
  readonly context: Pick<FormContext, 'settings' | 'forms' | 'roots'>;
}

/** The values by their fields. What no field describes is left out: nobody knows what it is. */
export function anonymousValues(fields: readonly Field[], values: JsonObject, how: Replacing): JsonObject {
  const out: JsonObject = {};
  for (const [name, value] of Object.entries(values)) {
    const field = fields.find((one) => one.name === name);
    if (field !== undefined) out[name] = anonymousValue(field, value, how);
    else if (how.mode === 'meet') meetAll(value, how);
  }
  return out;
}

function anonymousValue(field: Field, value: Json, how: Replacing): Json {
  const { inner } = field;
  if (inner === null || value === null || typeof value !== 'object') return leaf(field, value, how);
  const part = (one: Json): Json => partValue(inner, anonymousValues(inner.form.fields, entryOf(inner, one), how));
  if (inner.kind === 'group') return Array.isArray(value) ? leaf(field, value, how) : part(value);
  return Array.isArray(value) ? value.map(part) : leaf(field, value, how);
}

function leaf(field: Field, value: Json, how: Replacing): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (field.secret !== null && verdicts.includes(value)) return value;
  if (Array.isArray(value)) return value.map((one) => leaf(field, one, how));
  if (isClosed(field) || 'const' in field.schema) {
    const options =
      'const' in field.schema ? [field.schema.const as Json] : offered(field, how.context).map((one) => one.value);
    const known = options.includes(value) || listOf(field.schema.enum).includes(value);
    if (known && !isPersonal(field)) return value;
    if (known) return how.fictions.choice(field.name, value, options);
  }
  if (typeof value === 'number')
    return isPersonal(field) || Math.abs(value) > MOST_COUNTED ? how.fictions.number(value) : value;
  if (typeof value === 'string') return replaced(field, value, how);
  if (isFileReference(value)) return fileOf(field, value, how);
  if (field.agreements.length > 0) return agreement(value, how);
  return loose(value, how);
}

function fileOf(field: Field, value: JsonObject & { readonly id: string }, how: Replacing): Json {
  if (how.mode === 'meet') {
    // Of what kind a file is names nobody.
    const { type: _type, ...rest } = value;
    meetAll(rest, how);
    return value;
  }
  // The version code of a printed document is worked out when all forms are anonymous.
  const { digest: _digest, ...made } = (exampleOf(field, { ...how.context }, 0) ?? {}) as JsonObject;
  return how.fictions.file(value.id, made);
}

/** What was accepted, which version of it, when. */
function agreement(value: JsonObject, how: Replacing): JsonObject {
  if (how.mode === 'meet') meetAll(value, how);
  const versions = Object.entries(typeof value.versions === 'object' && value.versions !== null ? value.versions : {});
  return {
    accepted: value.accepted === true,
    ...(versions.length === 0
      ? {}
      : {
          versions: Object.fromEntries(
            versions.filter(([id, version]) => isSaid(id, how) && isSaid(version as Json, how)),
          ) as JsonObject,
        }),
    ...(typeof value.at === 'number' ? { at: value.at } : {}),
  };
}

/** An object that no schema describes: a flagged field with its reason, say. Words of the definition stay. */
function loose(value: JsonObject, how: Replacing): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]): [string, Json][] => {
      if (!isSaid(name, how) && name !== 'reason' && name !== 'field') {
        if (how.mode === 'meet') meetAll(one, how);
        return [];
      }
      return [[name, looseValue(one, how)]];
    }),
  );
}

function looseValue(value: Json, how: Replacing): Json {
  if (typeof value === 'string') return isPath(value, how) ? value : replaced(null, value, how);
  if (typeof value === 'number') return Math.abs(value) > MOST_COUNTED ? how.fictions.number(value) : value;
  if (Array.isArray(value)) return value.map((one) => looseValue(one, how));
  return value !== null && typeof value === 'object' ? loose(value, how) : value;
}

/** `organization.number`, or a word of the definition. */
function isPath(text: string, how: Replacing): boolean {
  return isSaid(text, how) || (text.includes('.') && text.split('.').every((part) => isSaid(part, how)));
}

function isSaid(value: Json, { vocabulary }: Replacing): boolean {
  return vocabulary.has(String(value));
}

function replaced(field: Field | null, value: string, { fictions, mode }: Replacing): string {
  if (value === '') return value;
  if (mode === 'meet') {
    fictions.meet(field, value);
    return value;
  }
  return fictions.text(field, value);
}

function meetAll(value: Json, how: Replacing): void {
  if (typeof value === 'string' && value !== '') how.fictions.originals.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) meetAll(one as Json, how);
}

function isPersonal(field: Field): boolean {
  return field.sensitive || field.schema['x-personal'] === true;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
