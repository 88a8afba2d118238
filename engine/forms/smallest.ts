import type { Json, JsonObject } from '../model/json.ts';
import { aboutOf, documentDigest } from './digest.ts';
import { list, object } from './fields.ts';
import { formatOf } from './formats/index.ts';
import { partValue } from './inner.ts';
import { codePoints } from './json.ts';
import { offered } from './options.ts';
import { fitting } from './pattern.ts';
import { scopeIn } from './scope.ts';
import { settle } from './settle.ts';
import type { CompiledForm, Field, FormContext, Inner } from './types.ts';
import { checkForm } from './validate.ts';

/**
 * The smallest values that the form accepts: what is asked for and visible is filled in, nothing else. Invented, the
 * same for the same input, with valid check digits; files are synthetic references, agreements are accepted.
 * Cross-form rules are met by taking over what the other forms say. Where the form cannot be satisfied at all
 * (contradicting rules) the result is the best try: `validateForm` tells what is wrong with it.
 * @param options.seed another number gives other numbers, names and codes
 * @param options.given values to start from; what they ask for is filled in around them
 */
export function smallest(
  form: CompiledForm,
  context: FormContext,
  options: { readonly seed?: number; readonly given?: JsonObject } = {},
): JsonObject {
  const seed = options.seed ?? 0;
  const values: JsonObject = { ...options.given };
  // A new value may make further fields visible or required: again, until there is nothing left to fill in.
  for (let round = 0; round <= form.fields.length; round += 1) {
    const { required, values: settled } = settle(form, values, context);
    const missing = form.fields.filter((field) => required.has(field.name) && settled[field.name] === undefined);
    const next = missing.find((field) => field.compute === null && values[field.name] === undefined);
    if (!next) break;
    const value = invent(form, next, values, context, seed);
    if (value === undefined) break;
    values[next.name] = value;
  }
  return reconciled(form, values, context, seed);
}

function invent(
  form: CompiledForm,
  field: Field,
  values: JsonObject,
  context: FormContext,
  seed: number,
): Json | undefined {
  const candidates = [
    field.prefill?.run(scopeIn(form, values, context)),
    field.schema.default,
    made(field, context, seed),
  ];
  return candidates.find((value) => value !== undefined && value !== null && value !== '');
}

/** A value that the field takes when nothing else decides; undefined where none can be made up. */
export function exampleOf(field: Field, context: FormContext, seed = 0): Json | undefined {
  return made(field, context, seed);
}

function made(field: Field, context: FormContext, seed: number): Json | undefined {
  const { schema } = field;
  if (field.file) return syntheticFile(field, context, seed);
  if (field.agreements.length > 0) return true;
  if (field.secret !== null && context.secrets === 'verdict') return 'right';
  if (schema.const !== undefined) return schema.const;
  if (field.inner !== null) return partsFor(field, field.inner, context, seed);
  if (field.type === 'array') return arrayOf(field, context);
  const first = offered(field, context)[0];
  if (first) return first.value;
  if (field.type === 'boolean') return true;
  if (field.type === 'integer' || field.type === 'number') {
    const low = Number(
      schema.minimum ?? (schema.exclusiveMinimum !== undefined ? Number(schema.exclusiveMinimum) + 1 : 1),
    );
    const step = Number(schema.multipleOf ?? 0);
    return step > 0 ? Math.ceil(low / step) * step : low;
  }
  return textFor(field, seed);
}

/** A group filled in as little as it can be, or as many such entries as a list has to have. */
function partsFor(field: Field, inner: Inner, context: FormContext, seed: number): Json {
  const { around: _around, ...rest } = context;
  const one = (place: number) => partValue(inner, smallest(inner.form, rest, { seed: seed + place }));
  if (inner.kind === 'group') return one(0);
  return Array.from({ length: Math.max(1, Number(field.schema.minItems ?? 1)) }, (_, place) => one(place));
}

function textFor(field: Field, seed: number): string {
  const format = formatOf(field.format);
  if (format) return format.example(seed);
  const { schema } = field;
  if (typeof schema.pattern === 'string') {
    const text = fitting(schema.pattern);
    if (text !== null) return padded(text, schema);
  }
  return padded(`示例${field.title}${seed || ''}`, schema);
}

/** Brings a text between `minLength` and `maxLength`. */
function padded(text: string, schema: JsonObject): string {
  const most = Number(schema.maxLength ?? Number.POSITIVE_INFINITY);
  const cut = [...text].slice(0, most).join('');
  const least = Number(schema.minLength ?? 0);
  return cut + ([...cut].at(-1) ?? '例').repeat(Math.max(0, least - codePoints(cut)));
}

function arrayOf(field: Field, context: FormContext): Json[] {
  const count = Math.max(1, Number(field.schema.minItems ?? 1));
  if (field.kind === 'flags') return flags(context, count);
  return offered(field, context)
    .slice(0, count)
    .map((option) => option.value);
}

/** Flags the first fields that the other forms hold: a rejection needs something to reject. */
function flags(context: FormContext, count: number): Json[] {
  const paths = Object.entries(context.forms).flatMap(([form, values]) =>
    Object.keys(values).map((name) => `${form}.${name}`),
  );
  return paths.slice(0, count).map((field) => ({ field, reason: '示例原因，请核对' }));
}

function syntheticFile(field: Field, context: FormContext, seed: number): JsonObject {
  const extension = field.file?.types[0] ?? 'jpg';
  const mime: { [extension: string]: string } = { pdf: 'application/pdf', jpg: 'image/jpeg', jpeg: 'image/jpeg' };
  const about = field.file?.digest ? aboutOf(context.documents?.[field.file.digest]) : null;
  return {
    id: `synthetic-${field.name}${seed || ''}`,
    name: `${field.name}.${extension}`,
    size: 1024,
    type: mime[extension] ?? `image/${extension}`,
    sha256: '0'.repeat(64),
    ...(about ? { digest: documentDigest(about, context.printed ?? context.forms) } : {}),
  };
}

/** Where a rule across fields refuses a value, tries what the other forms hold, the likeliest first. */
function reconciled(form: CompiledForm, values: JsonObject, context: FormContext, seed: number): JsonObject {
  let best = values;
  let errors = checkForm(form, best, context).errors;
  for (const error of errors.filter((one) => one.keyword === 'x-check')) {
    const field = form.field(error.path.slice(form.id.length + 1));
    if (!field) continue;
    for (const candidate of candidates(field, form, context, seed)) {
      const tried = { ...best, [field.name]: candidate };
      const left = checkForm(form, tried, context).errors;
      if (left.length >= errors.length) continue;
      best = tried;
      errors = left;
      break;
    }
  }
  return best;
}

function candidates(field: Field, form: CompiledForm, context: FormContext, seed: number): Json[] {
  const offers = offered(field, context).map((option) => option.value);
  const values = Object.entries(context.forms)
    .filter(([id]) => id !== form.id)
    .flatMap(([, other]) => Object.entries(other));
  const copied = form.copies.flatMap((copy) => {
    const value = object(context.forms[copy.from])[copy.fields[field.name] ?? ''];
    return value === undefined ? [] : [value];
  });
  const same = values.filter(([name]) => name === field.name).map(([, value]) => value);
  const rest = values.filter(([name]) => name !== field.name).map(([, value]) => value);
  const fits = (value: Json) =>
    field.type === 'array' ? Array.isArray(value) : typeof value === typeof made(field, context, seed);
  return [...offers, ...copied, ...same, ...rest, ...list(field.schema.examples)].filter(fits);
}
