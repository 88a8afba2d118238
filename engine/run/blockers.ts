import { type ErrorCode, sentence } from '../errors/index.ts';
import type { Blocker, FieldError } from '../model/blocker.ts';
import type { JsonObject } from '../model/json.ts';

/** A blocker with its sentence from the catalogue. */
export function blocker(code: ErrorCode, params: JsonObject = {}, fields?: readonly FieldError[]): Blocker {
  const message = sentence(code, params);
  return fields === undefined ? { code, params, message } : { code, params, message, fields };
}
