import type { Json, JsonObject } from '../model/json.ts';
import { formatOf } from './formats/index.ts';
import { fits, partsOf, partValue } from './inner.ts';
import type { CompiledForm, Field } from './types.ts';

/**
 * Values as they were meant: full-width digits and letters become half-width, separators go where the format has none,
 * empty texts and nulls are absent, unknown names are dropped. Never invents a value, never throws.
 */
export function normalise(form: Pick<CompiledForm, 'fields'>, values: JsonObject): JsonObject {
  const out: JsonObject = {};
  for (const field of form.fields) {
    if (!Object.hasOwn(values, field.name)) continue;
    const value = normaliseValue(field, values[field.name]);
    if (value !== undefined) out[field.name] = value;
  }
  return out;
}

/** One value; `undefined` = nothing was entered. */
export function normaliseValue(field: Field, value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') {
    if (field.type === 'integer' || field.type === 'number') return numberOf(value);
    if (field.type !== 'string') return value.trim() === '' ? undefined : value;
    const text = cleanText(field, value);
    return text === '' ? undefined : text;
  }
  if (field.inner !== null && fits(field.inner, value)) {
    const { inner } = field;
    const parts = partsOf(inner, value).map((part) => partValue(inner, normalise(inner.form, part)));
    return inner.kind === 'list' ? parts : parts[0];
  }
  if (field.kind === 'flags' && Array.isArray(value)) {
    return value.filter((item) => item !== null && typeof item === 'object');
  }
  return value;
}

function cleanText(field: Field, value: string): string {
  const format = formatOf(field.format);
  // Names keep their own brackets and signs: （示例） is written in full width on the licence itself.
  const narrow = format || field.secret !== null ? halfWidth(value) : halfWidthDigits(value);
  if (format) return format.clean(narrow);
  if (field.secret !== null || field.kind === 'code') return narrow.replace(/[\s-]/g, '');
  const printable = narrow.replace(/(?![\t\n])[\p{Cc}\p{Cf}]/gu, '');
  return field.kind === 'multiline' ? printable.trim() : printable.replace(/[\t\n\u3000 ]+/g, ' ').trim();
}

/** A number as people type one; what is none stays as it is, so that the shape check can tell. */
function numberOf(value: string): Json | undefined {
  const text = halfWidth(value).replace(/[\s,]/g, '');
  if (text === '') return undefined;
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : value;
}

/** U+FF01..FF5E are the ASCII characters in full width, in the same order. */
export function halfWidth(value: string): string {
  return value
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
}

function halfWidthDigits(value: string): string {
  return value.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (c) =>
    String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  );
}
