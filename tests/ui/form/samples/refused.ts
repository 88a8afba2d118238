import type { JsonObject } from '../../../../engine/model/json.ts';

const text: JsonObject = { type: 'string', title: '字段' };

/** Keyword -> a property that uses it. forms/README.md names each, and what to write instead. */
export const refused: { readonly [keyword: string]: JsonObject } = {
  oneOf: { ...text, oneOf: [{ const: 'a' }, { const: 'b' }] },
  anyOf: { ...text, anyOf: [{ minLength: 2 }, { pattern: '^a' }] },
  allOf: { ...text, allOf: [{ minLength: 2 }] },
  not: { ...text, not: { const: 'a' } },
  if: { ...text, if: { minLength: 2 }, else: { const: '' } },
  dependentRequired: {
    type: 'object',
    title: '字段',
    properties: { a: text, b: text },
    dependentRequired: { a: ['b'] },
  },
  prefixItems: { type: 'array', title: '字段', prefixItems: [text] },
  patternProperties: { type: 'object', title: '字段', patternProperties: { '^a': text } },
  contains: { type: 'array', title: '字段', items: text, contains: { const: 'a' } },
};
