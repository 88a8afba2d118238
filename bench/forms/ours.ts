import type { FormSchema } from '../../engine/model/definition.ts';
import { property, type Spec } from './schema.ts';

/** The fields in the vocabulary of forms/README.md. */
export function ours(fields: readonly Spec[]): FormSchema {
  return {
    title: 'Sample',
    type: 'object',
    required: fields.filter((one) => one.required).map((one) => one.name),
    properties: Object.fromEntries(fields.map((one) => [one.name, ourField(one)])),
  } as FormSchema;
}

function ourField(spec: Spec) {
  const { when, kind } = spec;
  const visible =
    when === null ? {} : { 'x-visible': 'is' in when ? `${when.field} == '${when.is}'` : `${when.field} != ''` };
  const widget = kind === 'multiline' ? { 'x-widget': 'multiline' } : {};
  return { ...property(spec), ...visible, ...widget };
}
