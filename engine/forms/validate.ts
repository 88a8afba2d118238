import type { FieldError } from '../model/blocker.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';
import { rangeProblem } from './date-range.ts';
import { aboutOf, documentDigest } from './digest.ts';
import { fillText, holds } from './expression.ts';
import { list, object } from './fields.ts';
import { fileProblem, isFileReference } from './files.ts';
import { formatOf } from './formats/index.ts';
import { entryValue, fits, innerContext, partsOf } from './inner.ts';
import { keywordMessage, missingMessage } from './messages.ts';
import { isClosed, offered } from './options.ts';
import { scopeIn } from './scope.ts';
import { isEmpty, settle } from './settle.ts';
import type { CompiledForm, Field, FieldCheck, FormContext, Inner, Settled, ShapeError, Verdict } from './types.ts';

const verdicts: readonly Json[] = ['right', 'wrong', 'expired', 'used'];

/** Why these values cannot be committed, one error per field in the form's order; empty = they can. */
export function validateForm(form: CompiledForm, values: JsonObject, context: FormContext): FieldError[] {
  return [...checkForm(form, values, context).errors];
}

/**
 * As `validateForm`, with what should only be looked at again, and the values as they count. Never throws for bad values.
 * @param settled the values as they count, where the caller knows them already
 */
export function checkForm(
  form: CompiledForm,
  raw: JsonObject,
  context: FormContext,
  settled: Settled = settle(form, raw, context),
): Verdict {
  const found = judge(form, settled, form.shape(settled.values), context, form.id);
  return { ...found, settled };
}

/** Errors and warnings of one level and of all below it. `at`: the path of the form, or of the part. */
function judge(
  form: CompiledForm,
  settled: Settled,
  shape: readonly ShapeError[],
  context: FormContext,
  at: string,
): Omit<Verdict, 'settled'> {
  const byField = shapeErrors(shape);
  const errors: FieldError[] = [];
  const warnings: FieldError[] = [];
  const scope = scopeIn(form, settled.values, context);

  for (const field of form.fields) {
    if (!settled.visible.has(field.name)) continue;
    const path = isEntry(form, field) ? at : `${at}.${field.name}`;
    const value = settled.values[field.name];
    const shapes = byField.get(field.name) ?? [];
    const missing = missingInside(form, field, settled, context, path);
    if (missing.length > 0) {
      errors.push(...missing);
      continue;
    }
    const wrong = fieldError(field, value, settled.required.has(field.name), shapes, context, path);
    if (wrong) {
      errors.push(wrong);
      continue;
    }
    const broken = checksAt(form, field).filter((check) => holds(check.if, scope));
    const refusal = broken.find((check) => !check.warn);
    if (refusal) {
      errors.push({ path, keyword: 'x-check', message: fillText(refusal.message, scope) });
      continue;
    }
    for (const { message } of broken) warnings.push({ path, keyword: 'x-check', message: fillText(message, scope) });
    const doubt = doubtOf(field, value, context);
    if (doubt) warnings.push({ path, keyword: `format:${field.format}`, message: doubt });
    if (field.inner === null) continue;
    const below = judgeParts(field, value, shapes, innerContext(form, field, settled.values, context), path);
    errors.push(...below.errors);
    warnings.push(...below.warnings);
    if (field.kind !== 'dateRange' || below.errors.length > 0) continue;
    const reversed = rangeProblem(value, context.locale ?? 'zh-CN');
    if (reversed) errors.push({ path: `${path}.to`, keyword: 'dateRange', message: reversed });
  }

  for (const check of form.checks) {
    if (check.at !== null && form.field(check.at) !== null) continue;
    if (holds(check.if, scope)) {
      (check.warn ? warnings : errors).push({ path: at, keyword: 'x-check', message: fillText(check.message, scope) });
    }
  }
  return { errors, warnings };
}

/** What is checked at a field: what stands at it, and what the form says of it. */
function checksAt(form: CompiledForm, field: Field): readonly FieldCheck[] {
  return form.checks.length === 0 ? field.checks : (checksIn(form).get(field.name) ?? field.checks);
}

const checksIn = once((form: CompiledForm): ReadonlyMap<string, readonly FieldCheck[]> => {
  const at = (name: string) => form.checks.filter((check) => check.at === name);
  return new Map(form.fields.map(({ name, checks }) => [name, [...checks, ...at(name)]]));
});

/** A group that has to be filled in and is empty: which of its fields are asked for. */
function missingInside(
  form: CompiledForm,
  field: Field,
  settled: Settled,
  context: FormContext,
  at: string,
): readonly FieldError[] {
  const asked = field.inner?.kind === 'group' && settled.required.has(field.name);
  if (!asked || !isEmpty(field, settled.values[field.name])) return [];
  return judgeParts(field, {}, [], innerContext(form, field, settled.values, context), at).errors;
}

/** What is wrong inside of a group, or of the entries of a list. */
function judgeParts(
  field: Field,
  value: Json | undefined,
  shape: readonly ShapeError[],
  around: FormContext,
  at: string,
): Omit<Verdict, 'settled'> {
  const { inner } = field;
  const errors: FieldError[] = [];
  const warnings: FieldError[] = [];
  if (inner === null || value === undefined) return { errors, warnings };
  for (const [i, part] of partsOf(inner, value).entries()) {
    const steps = inner.kind === 'list' ? 2 : 1;
    const own = shape.filter((error) => steps === 1 || error.instancePath.split('/')[2] === String(i));
    const below = own.map((error) => ({ ...error, instancePath: withoutSteps(error.instancePath, inner, steps) }));
    const path = inner.kind === 'list' ? `${at}.${i}` : at;
    const found = judge(inner.form, settle(inner.form, part, around), below, around, path);
    errors.push(...found.errors);
    warnings.push(...found.warnings);
  }
  return { errors, warnings };
}

/** `/people/0/name` -> `/name`; of an entry that is no object `/texts/0` -> `/value`. */
function withoutSteps(pointer: string, inner: Inner, steps: number): string {
  const rest = pointer.split('/').slice(1 + steps);
  return `/${(inner.plain ? [entryValue, ...rest] : rest).join('/')}`;
}

/** A text or number of a list has no name of its own. */
function isEntry(form: CompiledForm, field: Field): boolean {
  return form.entry === true && field.name === entryValue;
}

function fieldError(
  field: Field,
  value: Json | undefined,
  required: boolean,
  shape: readonly ShapeError[],
  context: FormContext,
  at: string,
): FieldError | null {
  const locale = context.locale ?? 'zh-CN';
  const zh = locale === 'zh-CN';
  if (isEmpty(field, value)) {
    return required ? { path: at, keyword: 'required', message: missingMessage(field, locale) } : null;
  }
  if (field.secret !== null && context.secrets === 'verdict') {
    if (verdicts.some((verdict) => verdict === value)) return null;
    return { path: at, keyword: 'x-secret', message: zh ? '请重新输入' : 'Enter it again' };
  }
  if (field.file) return fileError(field, value, at, context);
  const format = formatOf(field.format);
  if (format && typeof value === 'string') {
    const problem = format.problem(value, locale);
    if (problem) return { path: at, keyword: `format:${format.id}`, message: problem };
  }
  // What is wrong inside a part is told by the part.
  const first = shape.find((error) => field.inner === null || depthOf(error) < 2 || !fits(field.inner, value as Json));
  if (first) {
    const inside = first.instancePath.split('/').slice(2).join('.');
    const message = keywordMessage(field, first.keyword, first.params, inside === '' ? value : undefined, locale);
    return { path: inside === '' ? at : `${at}.${inside}`, keyword: first.keyword, message };
  }
  if (isClosed(field) && !isOffered(field, value, context)) {
    return { path: at, keyword: 'x-options', message: keywordMessage(field, 'enum', {}, value, locale) };
  }
  return null;
}

function fileError(field: Field, value: Json | undefined, at: string, context: FormContext): FieldError | null {
  const locale = context.locale ?? 'zh-CN';
  if (!isFileReference(value)) return { path: at, keyword: 'x-file', message: missingMessage(field, locale) };
  const problem = field.file ? fileProblem(field.file, value, locale) : null;
  if (problem) return { path: at, keyword: 'x-file', message: problem };
  const digest = field.file?.digest ? digestOfNow(field.file.digest, context) : null;
  if (digest === null || object(value).digest === digest) return null;
  const message =
    locale === 'en'
      ? `The data was changed after this was printed. Print it again (code ${digest}), sign, stamp and upload it`
      : `打印后信息有改动，这份扫描件已失效。请重新打印（版本码 ${digest}）、签字盖章后再上传`;
  return { path: at, keyword: 'x-file.digest', message };
}

function digestOfNow(document: string, context: FormContext): string | null {
  const about = aboutOf(context.documents?.[document]);
  return about === null ? null : documentDigest(about, context.printed ?? context.forms);
}

function isOffered(field: Field, value: Json | undefined, context: FormContext): boolean {
  const values = offered(field, context).map((option) => option.value);
  const wanted = field.type === 'array' ? list(value) : [value as Json];
  return wanted.every((one) => values.includes(one));
}

function doubtOf(field: Field, value: Json | undefined, context: FormContext): string | null {
  if (typeof value !== 'string') return null;
  return formatOf(field.format)?.doubt?.(value, context.locale ?? 'zh-CN') ?? null;
}

/** What is most basic comes first: a wrong type makes every other complaint meaningless. */
const order = ['type', 'const', 'enum', 'required', 'minLength', 'maxLength', 'pattern'];

function shapeErrors(found: readonly ShapeError[]): Map<string, ShapeError[]> {
  const byField = new Map<string, ShapeError[]>();
  if (found.length === 0) return byField;
  for (const error of found) {
    const name = unescapePointer(error.instancePath.split('/')[1] ?? '');
    byField.set(name, [...(byField.get(name) ?? []), error]);
  }
  const rank = (error: ShapeError) => order.indexOf(error.keyword) + 1 || order.length + 1;
  for (const errors of byField.values()) errors.sort((a, b) => rank(a) - rank(b));
  return byField;
}

/** How many steps below the form it stands: 1 is a field. */
function depthOf(error: ShapeError): number {
  return error.instancePath.split('/').length - 1;
}

function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
