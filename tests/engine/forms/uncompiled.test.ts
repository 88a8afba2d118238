import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundaries, compileForm } from '../../../engine/forms/index.ts';
import { uncompiledForm } from '../../../engine/forms/uncompiled.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { runs } from '../../support/runs.ts';
import { contextOf } from './support.ts';

const schemas: readonly (readonly [string, FormSchema])[] = readdirSync('forms')
  .filter((name) => name.endsWith('.form.json'))
  .map((name) => [name.replace('.form.json', ''), JSON.parse(readFileSync(`forms/${name}`, 'utf8')) as FormSchema]);

/** Every keyword that a shape may have. */
const every: FormSchema = {
  title: '各种',
  type: 'object',
  properties: {
    text: { type: 'string', title: '文字', minLength: 2, maxLength: 4, pattern: '^[a-z𠮷]+$' },
    number: { type: 'number', title: '数', minimum: 1, maximum: 5, multipleOf: 0.5 },
    whole: { type: 'integer', title: '整数', enum: [1, 2, 3] },
    yes: { type: 'boolean', title: '是', const: true },
    list: {
      type: 'array',
      title: '清单',
      minItems: 1,
      maxItems: 3,
      uniqueItems: true,
      items: { type: 'string', maxLength: 3 },
    },
    tree: { $ref: '#/$defs/node', title: '树' },
  },
  $defs: {
    node: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', title: '名', maxLength: 2 },
        inside: { type: 'array', title: '里面', items: { $ref: '#/$defs/node' } },
      },
    },
  },
};

/** Both judge a schema object of their own: a form is known by its schema. */
function bothOf(id: string, schema: FormSchema) {
  const compiled = compileForm(id, structuredClone(schema));
  const uncompiled = uncompiledForm(id, structuredClone(schema));
  const found = (form: typeof compiled, values: JsonObject) =>
    form
      .shape(values)
      .map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)
      .sort();
  return {
    compiled,
    agree: (values: JsonObject) => expect(found(uncompiled, values)).toEqual(found(compiled, values)),
  };
}

describe('a form that is not compiled judges as the compiled one', () => {
  test.each(schemas)('%s, at every edge of its fields and beyond', (id, schema) => {
    const { compiled, agree } = bothOf(id, schema);
    const { inside, outside } = boundaries(compiled, contextOf({ secrets: 'verdict' }));
    for (const { values } of [...inside, ...outside]) agree(values);
  });

  test('whatever the values are', () => {
    const { agree } = bothOf('every', every);
    const name = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('ab', '𠮷𠮷'), fc.jsonValue({ maxDepth: 1 }));
    const { node } = fc.letrec((tie) => ({
      node: fc.record({ name, inside: fc.array(tie('node'), { maxLength: 2 }) }, { requiredKeys: [] }),
    }));
    const values = fc.record(
      {
        text: name,
        number: fc.oneof(fc.constantFrom(0.5, 1, 1.25, 5, 5.5), name),
        whole: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double(), name),
        yes: fc.oneof(fc.boolean(), name),
        // ajv looks for repeated entries only among those of the right type.
        list: fc.oneof(
          fc.array(fc.constantFrom('a', 'b', 'c', 'long'), { maxLength: 5 }),
          fc.integer(),
          fc.constant([1]),
        ),
        tree: fc.oneof(node, name),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(values, (one) => {
        agree(JSON.parse(JSON.stringify(one)) as JsonObject);
      }),
      runs(150),
    );
  });

  test('says with which limit', () => {
    const { compiled } = bothOf('every', every);
    const uncompiled = uncompiledForm('every', structuredClone(every));
    for (const values of [
      { text: 'a' },
      { text: 'abcde' },
      { number: 0.5 },
      { number: 6 },
      { list: [] },
    ] as JsonObject[])
      expect(uncompiled.shape(values).map(({ params }) => params.limit)).toEqual(
        compiled.shape(values).map(({ params }) => params.limit),
      );
  });
});
