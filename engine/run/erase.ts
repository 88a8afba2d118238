import type { Composed } from '../model/composed.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { recordSchema } from './record-schema.ts';
import type { World } from './world.ts';

/** Forms and records without what their schemas mark `x-sensitive` or `x-personal`; everything else stays as it was. [RUN-28] */
export function withoutPersonal(
  composed: Pick<Composed, 'declared' | 'forms' | 'connectors'>,
  world: Pick<World, 'forms' | 'records'>,
): Pick<World, 'forms' | 'records'> {
  const forms = Object.fromEntries(
    Object.entries(world.forms).map(([id, values]) => [id, harmless(composed.forms[id] ?? {}, values) as JsonObject]),
  );
  const records = Object.fromEntries(
    Object.entries(world.records).map(([name, entries]) => {
      const schema = recordSchema(composed, name) ?? {};
      return [name, entries.map((entry) => ({ ...entry, data: harmless(schema, entry.data) as JsonObject }))];
    }),
  );
  return { forms, records };
}

/** The value without its personal parts, at any depth. What no schema describes is kept: it is not known to be personal. */
function harmless(schema: Json, value: Json): Json {
  const rules = isObject(schema) ? schema : {};
  if (Array.isArray(value)) return value.map((item) => harmless(rules.items ?? null, item));
  if (!isObject(value)) return value;
  // A file's reference names no content; its name may name a person.
  if (typeof value.id === 'string' && typeof value.sha256 === 'string') return { ...value, name: '****' };
  const properties = isObject(rules.properties) ? rules.properties : {};
  const kept = Object.entries(value).filter(([name]) => !isPersonal(properties[name]));
  return Object.fromEntries(kept.map(([name, item]) => [name, harmless(properties[name] ?? null, item)]));
}

function isPersonal(schema: Json | undefined): boolean {
  return isObject(schema) && (schema['x-sensitive'] === true || schema['x-personal'] === true);
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
