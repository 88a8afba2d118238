import type { Json, JsonObject } from '../../../engine/model/json.ts';
import type { Assumptions } from '../../../engine/simulate/load/index.ts';

/** What somebody assumes otherwise than the process suggests: short enough for an address, so that a link repeats a run. */
export type Patch = { readonly [name: string]: Json };

const plain = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What has to be laid over `base` to get `given`. */
export function differences(base: Assumptions, given: Assumptions): Patch {
  return between(base as unknown as JsonObject, given as unknown as JsonObject);
}

function between(base: JsonObject, given: JsonObject): JsonObject {
  const found: JsonObject = {};
  for (const [name, value] of Object.entries(given)) {
    const before = base[name];
    if (plain(value) && plain(before)) {
      const inner = between(before, value);
      if (Object.keys(inner).length > 0) found[name] = inner;
    } else if (JSON.stringify(value) !== JSON.stringify(before)) found[name] = value;
  }
  return found;
}

/** Only what the process knows and has the same kind of value: a link may be of another release. */
export function laidOver(base: Assumptions, patch: Patch): Assumptions {
  return over(base as unknown as JsonObject, patch as JsonObject) as unknown as Assumptions;
}

function over(base: JsonObject, patch: JsonObject): JsonObject {
  const result: JsonObject = { ...base };
  for (const [name, value] of Object.entries(patch)) {
    const before = Object.hasOwn(base, name) ? base[name] : undefined;
    if (before === undefined) continue;
    if (plain(before)) result[name] = plain(value) ? over(before, value) : before;
    else if (Array.isArray(before))
      result[name] = Array.isArray(value) && value.length === before.length && value.every(isNumber) ? value : before;
    else if (typeof value === typeof before) result[name] = value;
  }
  return result;
}

const isNumber = (value: Json): boolean => typeof value === 'number';

/** Out of an address; nonsense says nothing. */
export function readPatch(text: string | null): Patch {
  try {
    const value = JSON.parse(text ?? '{}') as Json;
    return plain(value) ? value : {};
  } catch {
    return {};
  }
}

/** The same assumptions with one value at a place in them. */
export function withValue(given: Assumptions, path: readonly (string | number)[], value: Json): Assumptions {
  return put(given as unknown as Json, path, value) as unknown as Assumptions;
}

function put(into: Json, [name, ...rest]: readonly (string | number)[], value: Json): Json {
  if (name === undefined) return value;
  if (Array.isArray(into)) return into.map((each, index) => (index === Number(name) ? put(each, rest, value) : each));
  const object = plain(into) ? into : {};
  return { ...object, [name]: put(object[name] ?? null, rest, value) };
}
