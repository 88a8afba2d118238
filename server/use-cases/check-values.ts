import { type Locale, sentence } from '../../engine/errors/index.ts';
import { isFileReference } from '../../engine/forms/files.ts';
import type { FieldError } from '../../engine/model/blocker.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Context } from '../context.ts';
import { referenceOf } from '../files/vault.ts';

/**
 * What a form alone cannot know: that a file was really uploaded to this case, and that a value chosen from a data
 * source is one of its values. A file's reference is replaced by what the server knows of it; nothing a client says
 * about size, type or digest counts.
 */
export async function checkValues(
  context: Context,
  caseId: string,
  form: string,
  schema: FormSchema,
  values: JsonObject,
  locale?: Locale,
): Promise<{ readonly values: JsonObject; readonly errors: readonly FieldError[] }> {
  const checked: JsonObject = { ...values };
  const errors: FieldError[] = [];
  for (const [field, rules] of Object.entries(schema.properties)) {
    const value = checked[field];
    if (value === undefined || value === null || value === '') continue;
    if (rules['x-file'] !== undefined) {
      const file = isFileReference(value) ? await context.vault.find(caseId, value.id) : null;
      if (file && file.form === form && file.field === field) checked[field] = referenceOf(file) as unknown as Json;
      else errors.push({ path: `${form}.${field}`, keyword: 'x-file', message: sentence('file-unknown', {}, locale) });
    } else if (typeof value === 'string' && !isFromSource(context, rules, value, checked)) {
      const title = typeof rules.title === 'string' ? rules.title : field;
      errors.push({
        path: `${form}.${field}`,
        keyword: 'x-options',
        message: sentence('option-unknown', { title }, locale),
      });
    }
  }
  return { values: checked, errors };
}

function isFromSource(context: Context, rules: JsonObject, value: string, values: JsonObject): boolean {
  const options = rules['x-options'] as { source?: unknown; under?: unknown } | undefined;
  if (typeof options?.source !== 'string') return true;
  const under = typeof options.under === 'string' ? values[options.under] : undefined;
  return context.options.has(options.source, value, typeof under === 'string' ? under : undefined);
}
