import Form from '@rjsf/core';
import type { RJSFSchema } from '@rjsf/utils';
import validator from '@rjsf/validator-ajv8';
import { createRoot } from 'react-dom/client';
import { property, type Spec, specs } from '../schema.ts';
import { count, root, saveLater, show } from './contest.ts';

const fields = specs(count);
const widgets = Object.fromEntries(
  fields.filter((one) => one.kind === 'multiline').map((one) => [one.name, { 'ui:widget': 'textarea' }]),
);

show(() => {
  createRoot(root).render(
    <Form
      schema={schemaOf(fields)}
      uiSchema={{ ...widgets, 'ui:order': [...fields.map((one) => one.name), '*'] }}
      validator={validator}
      onChange={({ formData }) => saveLater(() => formData)}
    />,
  );
});

/** Conditions the way its documentation shows them: `if` and `then`. */
function schemaOf(all: readonly Spec[]): RJSFSchema {
  const always = all.filter((one) => one.when === null);
  return {
    type: 'object',
    required: always.filter((one) => one.required).map((one) => one.name),
    properties: Object.fromEntries(always.map((one) => [one.name, property(one)])),
    allOf: all.flatMap((one) => {
      if (one.when === null) return [];
      const wanted = 'is' in one.when ? { const: one.when.is } : { minLength: 1 };
      return [
        {
          if: { properties: { [one.when.field]: wanted }, required: [one.when.field] },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { properties: { [one.name]: property(one) }, ...(one.required && { required: [one.name] }) },
        },
      ];
    }),
  } as RJSFSchema;
}
