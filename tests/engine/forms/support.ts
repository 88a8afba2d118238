import { type CompiledForm, compileForm, type FormContext } from '../../../engine/forms/index.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';

/** A form `sample` with the given properties. */
export function formOf(properties: { [field: string]: JsonObject }, rest: JsonObject = {}): CompiledForm {
  return compileForm('sample', { title: '示例表', type: 'object', properties, ...rest } as FormSchema);
}

export function contextOf(context: Partial<FormContext> = {}): FormContext {
  return { forms: {}, settings: {}, ...context };
}
