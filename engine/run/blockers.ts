import { type ErrorCode, type Locale, sentence } from '../errors/index.ts';
import type { Blocker, FieldError } from '../model/blocker.ts';
import type { JsonObject } from '../model/json.ts';

/** A blocker with its sentence from the catalogue. */
export function blocker(
  code: ErrorCode,
  params: JsonObject = {},
  fields?: readonly FieldError[],
  locale?: Locale,
): Blocker {
  const message = sentence(code, params, locale);
  return fields === undefined ? { code, params, message } : { code, params, message, fields };
}
