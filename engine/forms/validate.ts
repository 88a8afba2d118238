import type { FieldError } from '../model/blocker.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { aboutOf, documentDigest } from './digest.ts';
import { fillText, holds } from './expression.ts';
import { list, object } from './fields.ts';
import { fileProblem, isFileReference } from './files.ts';
import { formatOf } from './formats/index.ts';
import { keywordMessage, missingMessage } from './messages.ts';
import { isClosed, offered } from './options.ts';
import { isEmpty, scopeIn, settle } from './settle.ts';
import type { CompiledForm, Field, FieldCheck, FormContext, Settled, ShapeError, Verdict } from './types.ts';

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
  const shape = shapeErrors(form, settled.values);
  const errors: FieldError[] = [];
  const warnings: FieldError[] = [];
  const scope = scopeIn(form, settled.values, context);
  const say = (check: FieldCheck) => fillText(check.message, scope);

  for (const field of form.fields) {
    if (!settled.visible.has(field.name)) continue;
    const wrong = fieldError(form, field, settled.values[field.name], settled.required, shape, context);
    if (wrong) {
      errors.push(wrong);
      continue;
    }
    const at = `${form.id}.${field.name}`;
    const broken = [...field.checks, ...form.checks.filter((check) => check.at === field.name)].filter((check) =>
      holds(check.if, scope),
    );
    const refusal = broken.find((check) => !check.warn);
    if (refusal) {
      errors.push({ path: at, keyword: 'x-check', message: say(refusal) });
      continue;
    }
    for (const check of broken) warnings.push({ path: at, keyword: 'x-check', message: say(check) });
    const doubt = doubtOf(field, settled.values[field.name], context);
    if (doubt) warnings.push({ path: at, keyword: `format:${field.format}`, message: doubt });
  }

  for (const check of form.checks) {
    if (check.at !== null && form.field(check.at) !== null) continue;
    if (holds(check.if, scope)) {
      (check.warn ? warnings : errors).push({ path: form.id, keyword: 'x-check', message: say(check) });
    }
  }
  return { errors, warnings, settled };
}

function fieldError(
  form: CompiledForm,
  field: Field,
  value: Json | undefined,
  required: ReadonlySet<string>,
  shape: ReadonlyMap<string, readonly ShapeError[]>,
  context: FormContext,
): FieldError | null {
  const locale = context.locale ?? 'zh-CN';
  const at = `${form.id}.${field.name}`;
  const zh = locale === 'zh-CN';
  if (isEmpty(field, value)) {
    return required.has(field.name) ? { path: at, keyword: 'required', message: missingMessage(field, locale) } : null;
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
  const first = shape.get(field.name)?.[0];
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

function shapeErrors(form: CompiledForm, values: JsonObject): Map<string, ShapeError[]> {
  const byField = new Map<string, ShapeError[]>();
  for (const error of form.shape(values)) {
    const name = unescapePointer(error.instancePath.split('/')[1] ?? '');
    byField.set(name, [...(byField.get(name) ?? []), error]);
  }
  const rank = (error: ShapeError) => order.indexOf(error.keyword) + 1 || order.length + 1;
  for (const errors of byField.values()) errors.sort((a, b) => rank(a) - rank(b));
  return byField;
}

function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
