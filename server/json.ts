import type { JsonObject } from '../engine/model/json.ts';

/** Whether a value from outside is a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A part of an answer, as far as it is there. */
export function objectIn(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
