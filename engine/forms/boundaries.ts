import type { Json, JsonObject } from '../model/json.ts';
import { object } from './fields.ts';
import { formatOf } from './formats/index.ts';
import { codePoints, sameJson } from './json.ts';
import { normaliseValue } from './normalise.ts';
import { offered } from './options.ts';
import { fitting } from './pattern.ts';
import { settle } from './settle.ts';
import { exampleOf, smallest } from './smallest.ts';
import type { CompiledForm, Field, FormContext } from './types.ts';
import { validateForm } from './validate.ts';

/** What a value is at the edge of. `present` and `absent` are those of a field that need not be filled in. */
export type Edge =
  | 'minLength'
  | 'maxLength'
  | 'minimum'
  | 'maximum'
  | 'minItems'
  | 'maxItems'
  | 'maxBytes'
  | 'type'
  | 'option'
  | 'present'
  | 'absent';

/** A value at an edge; null = the field is left out. */
export interface Boundary {
  readonly field: string;
  readonly edge: Edge;
  readonly value: Json;
  /** The whole form with it: the smallest that it fits into. */
  readonly values: JsonObject;
}

export interface Boundaries {
  /** Accepted: the form is valid with each. */
  readonly inside: readonly Boundary[];
  /** Just beyond an edge, in a form that is valid otherwise: refused, and the error stands at that field. */
  readonly outside: readonly Boundary[];
}

/**
 * The edges of a form's fields as its schema draws them: shortest and longest texts, least and greatest numbers, every
 * option, every type of file, the largest file, fields that may be left out with and without a value; and what lies just
 * beyond. A field that the smallest form does not show is filled in where another option shows it. Fields whose options
 * come from a data source, and those that are computed, have no edges here.
 */
export function boundaries(form: CompiledForm, context: FormContext): Boundaries {
  const inside: Boundary[] = [];
  const outside: Boundary[] = [];
  const bases = basesOf(form, context);
  for (const field of form.fields) {
    const base = bases.find((values) => settle(form, values, context).visible.has(field.name));
    if (base === undefined || !isFree(form, field, base, context)) continue;
    for (const [edge, value] of insideOf(form, field, base, context)) {
      const values = withValue(form, base, field, value, context);
      if (holds(form, values, field, value, context)) inside.push({ field: field.name, edge, value, values });
    }
    for (const [edge, value] of outsideOf(field, context)) {
      const values = { ...base, [field.name]: value };
      const errors = validateForm(form, values, context);
      const at = `${form.id}.${field.name}`;
      if (errors.some((error) => error.path === at || error.path.startsWith(`${at}.`)))
        outside.push({ field: field.name, edge, value, values });
    }
  }
  return { inside, outside };
}

/**
 * Forms that together hold the edges that are not in `done` yet, as many in each as fit together, beginning with the
 * values that are given and are not to be changed. Empty when none fits.
 */
export function boundaryForm(
  form: CompiledForm,
  context: FormContext,
  done: ReadonlySet<string>,
  given: JsonObject = {},
): { readonly values: JsonObject; readonly edges: readonly string[] } {
  let values = smallest(form, context, { given });
  const edges: string[] = [];
  const taken = new Set(Object.keys(given));
  for (const one of boundaries(form, context).inside) {
    const key = boundaryKey(form.id, one);
    if (done.has(key) || taken.has(one.field)) continue;
    const field = form.field(one.field);
    if (field === null) continue;
    const kept = (next: JsonObject) =>
      [...taken].every((name) => sameJson(next[name] ?? null, values[name] ?? null)) &&
      holds(form, next, field, one.value, context);
    // Where the form as it is has no room for it, as much of the form in which it was found as is still free.
    const free = Object.fromEntries(Object.entries(one.values).filter(([name]) => !taken.has(name)));
    const next = [withValue(form, values, field, one.value, context), { ...values, ...free }].find(kept);
    if (next === undefined) continue;
    values = next;
    edges.push(key);
    taken.add(one.field);
  }
  return { values, edges };
}

/** Names an edge across forms; options and types of files are told apart by their value. */
export function boundaryKey(form: string, { field, edge, value }: Pick<Boundary, 'field' | 'edge' | 'value'>): string {
  const which = edge === 'option' ? ` ${JSON.stringify(value)}` : edge === 'type' ? ` ${extensionOf(value)}` : '';
  return `${form}.${field} ${edge}${which}`;
}

function extensionOf(value: Json): string {
  return /\.(\w+)$/.exec(String(object(value).name ?? ''))?.[1] ?? '';
}

/** The smallest form, and one for each option of each field: between them they show every field that options show. */
function basesOf(form: CompiledForm, context: FormContext): readonly JsonObject[] {
  const first = smallest(form, context);
  const others = form.fields.flatMap((field) => {
    if (field.compute !== null || field.type === 'array') return [];
    return offered(field, context).map(({ value }) =>
      smallest(form, context, { given: { ...first, [field.name]: value } }),
    );
  });
  return [first, ...others].filter((values) => validateForm(form, values, context).length === 0);
}

/** The person chooses the value; nothing computes, fixes or looks it up. */
function isFree(form: CompiledForm, field: Field, base: JsonObject, context: FormContext): boolean {
  if (field.compute !== null || field.secret !== null || field.options?.kind === 'source') return false;
  return !settle(form, base, context).readonly.has(field.name);
}

/** Laid over the form; null takes the field away. What the new value asks for is filled in around it. */
function withValue(form: CompiledForm, base: JsonObject, field: Field, value: Json, context: FormContext): JsonObject {
  const { [field.name]: _before, ...rest } = base;
  if (value === null) return rest;
  const laid = { ...rest, [field.name]: value };
  return validateForm(form, laid, context).length === 0
    ? laid
    : { ...smallest(form, context, { given: laid }), [field.name]: value };
}

function holds(form: CompiledForm, values: JsonObject, field: Field, value: Json, context: FormContext): boolean {
  if (validateForm(form, values, context).length > 0) return false;
  const settled = settle(form, values, context).values[field.name];
  return value === null
    ? settled === undefined
    : settled !== undefined && sameJson(settled, normaliseValue(field, value) ?? null);
}

function* insideOf(
  form: CompiledForm,
  field: Field,
  base: JsonObject,
  context: FormContext,
): Generator<readonly [Edge, Json]> {
  if (!settle(form, base, context).required.has(field.name)) {
    yield ['absent', null];
    const example = exampleOf(field, context);
    if (example !== undefined) yield ['present', example];
  }
  if (field.file !== null) yield* filesInside(field, context);
  else if (field.agreements.length > 0 || field.schema.const !== undefined || field.kind === 'flags') return;
  else if (field.type === 'array') yield* listsInside(field, context);
  else if (field.type === 'boolean') yield* options([true, false]);
  else if (offered(field, context).length > 0) yield* options(offered(field, context).map((option) => option.value));
  else if (field.type === 'integer' || field.type === 'number') {
    const { least, most } = rangeOf(field);
    if (least !== null) yield ['minimum', least];
    if (most !== null) yield ['maximum', most];
  } else if (field.type === 'string') yield* textsInside(field, context);
}

function* options(values: readonly Json[]): Generator<readonly [Edge, Json]> {
  for (const value of values) yield ['option', value];
}

function* filesInside(field: Field, context: FormContext): Generator<readonly [Edge, Json]> {
  const example = object(exampleOf(field, context));
  for (const type of field.file?.types ?? []) yield ['type', { ...example, name: `${field.name}.${type}` }];
  const most = field.file?.maxBytes ?? Number.POSITIVE_INFINITY;
  if (most < Number.POSITIVE_INFINITY) yield ['maxBytes', { ...example, size: most }];
}

function* listsInside(field: Field, context: FormContext): Generator<readonly [Edge, Json]> {
  const all = offered(field, context).map((option) => option.value);
  const least = Math.max(1, Number(field.schema.minItems ?? 1));
  const most = Math.min(all.length, Number(field.schema.maxItems ?? all.length));
  yield ['minItems', all.slice(0, least)];
  yield ['maxItems', all.slice(0, most)];
}

/** Texts with a format are at their edge where the schema limits their length, or the format itself knows one. */
function* textsInside(field: Field, context: FormContext): Generator<readonly [Edge, Json]> {
  const { schema } = field;
  const format = formatOf(field.format);
  const { least, most } = lengthsOf(field);
  const pattern = typeof schema.pattern === 'string' ? schema.pattern : null;
  const example = String(exampleOf(field, context) ?? '');
  const short = format !== null ? cut(example, least) : pattern === null ? '例'.repeat(least ?? 1) : fitting(pattern);
  if (short !== null) yield ['minLength', filledUp(short, least ?? 0)];
  if (most === null) return;
  const long = pattern === null ? example : fitting(pattern, true);
  if (long === null) return;
  yield ['maxLength', format === null ? filledUp(cut(long, most), most) : frontFilled(example, most)];
}

function* outsideOf(field: Field, context: FormContext): Generator<readonly [Edge, Json]> {
  if (field.file !== null) {
    const example = object(exampleOf(field, context));
    const most = field.file.maxBytes;
    yield ['type', { ...example, name: `${field.name}.exe` }];
    if (most < Number.POSITIVE_INFINITY) yield ['maxBytes', { ...example, size: most + 1 }];
  } else if (field.agreements.length > 0) yield ['option', false];
  else if (field.kind === 'flags') return;
  else if (field.type === 'array') {
    yield ['option', ['__none']];
    const all = offered(field, context).map((option) => option.value);
    if (all[0] !== undefined) yield ['maxItems', [...all, all[0]]];
  } else if (field.schema.const !== undefined) {
    yield ['option', typeof field.schema.const === 'boolean' ? !field.schema.const : '__none'];
  } else if (offered(field, context).length > 0) yield ['option', field.type === 'string' ? '__none' : -1];
  else if (field.type === 'integer' || field.type === 'number') {
    const { least, most, step } = rangeOf(field);
    if (least !== null) yield ['minimum', least - step];
    if (most !== null) yield ['maximum', most + step];
  } else if (field.type === 'string') {
    for (const [edge, value] of textsInside(field, context)) {
      const text = String(value);
      const length = codePoints(text);
      if (edge === 'minLength' && length > 1) yield [edge, cut(text, length - 1)];
      if (edge === 'maxLength')
        yield [edge, formatOf(field.format) === null ? filledUp(text, length + 1) : frontFilled(text, length + 1)];
    }
  }
}

/** The least and the greatest number that the schema allows, and the distance to the next. */
function rangeOf(field: Field): { readonly least: number | null; readonly most: number | null; readonly step: number } {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = field.schema;
  const step = typeof multipleOf === 'number' ? multipleOf : 1;
  const low =
    typeof minimum === 'number' ? minimum : typeof exclusiveMinimum === 'number' ? exclusiveMinimum + step : null;
  const high =
    typeof maximum === 'number' ? maximum : typeof exclusiveMaximum === 'number' ? exclusiveMaximum - step : null;
  return {
    least: low === null ? null : Math.ceil(low / step) * step,
    most: high === null ? null : Math.floor(high / step) * step,
    step,
  };
}

function lengthsOf(field: Field): { readonly least: number | null; readonly most: number | null } {
  const format = formatOf(field.format)?.length;
  const { minLength, maxLength } = field.schema;
  return {
    least: typeof minLength === 'number' ? minLength : (format?.least ?? null),
    most: typeof maxLength === 'number' ? maxLength : (format?.most ?? null),
  };
}

function cut(text: string, length: number | null): string {
  return length === null ? text : [...text].slice(0, length).join('');
}

/** As long as asked for, by repeating the last character. */
function filledUp(text: string, length: number): string {
  return text + ([...text].at(-1) ?? '例').repeat(Math.max(0, length - codePoints(text)));
}

/** As long as asked for, by repeating a small letter or digit in front: what has a format often ends in a fixed part. */
function frontFilled(text: string, length: number): string {
  const filler = /^\d+$/.test(text) ? '1' : 'a';
  return filler.repeat(Math.max(0, length - codePoints(text))) + text;
}
