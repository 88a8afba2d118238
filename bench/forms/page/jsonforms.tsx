import type { JsonSchema, UISchemaElement } from '@jsonforms/core';
import { JsonForms } from '@jsonforms/react';
import { vanillaCells, vanillaRenderers } from '@jsonforms/vanilla-renderers';
import { createRoot } from 'react-dom/client';
import { property, type Spec, specs } from '../schema.ts';
import { count, root, saveLater, show } from './contest.ts';

const fields = specs(count);

show(() => {
  createRoot(root).render(
    <JsonForms
      schema={
        {
          type: 'object',
          required: fields.filter((one) => one.required && one.when === null).map((one) => one.name),
          properties: Object.fromEntries(fields.map((one) => [one.name, property(one)])),
        } as JsonSchema
      }
      uischema={{ type: 'VerticalLayout', elements: fields.map(elementOf) } as UISchemaElement}
      data={{}}
      renderers={vanillaRenderers}
      cells={vanillaCells}
      onChange={({ data }) => saveLater(() => data)}
    />,
  );
});

function elementOf(one: Spec) {
  const rule = one.when && {
    effect: 'SHOW',
    condition: {
      scope: `#/properties/${one.when.field}`,
      schema: 'is' in one.when ? { const: one.when.is } : { type: 'string', minLength: 1 },
      failWhenUndefined: true,
    },
  };
  return {
    type: 'Control',
    scope: `#/properties/${one.name}`,
    ...(one.kind === 'multiline' && { options: { multi: true } }),
    ...(rule && { rule }),
  };
}
