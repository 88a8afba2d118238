import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boundaries,
  boundaryForm,
  boundaryKey,
  compileForm,
  type FormContext,
  settle,
  smallest,
  validateForm,
} from '../../../engine/forms/index.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { runs } from '../../support/runs.ts';
import { contextOf, formOf } from './support.ts';

const schemas = Object.fromEntries(
  readdirSync('forms')
    .filter((name) => name.endsWith('.form.json'))
    .map((name) => [name.replace('.form.json', ''), JSON.parse(readFileSync(`forms/${name}`, 'utf8')) as FormSchema]),
);

/** A form as its task would ask for it: every option of a setting offered, the documents that its scans carry. */
function contextFor(id: string): FormContext {
  const settings: JsonObject = {};
  for (const property of Object.values(schemas[id]?.properties ?? {})) {
    const from = (property['x-options'] as JsonObject | undefined)?.from;
    const values = property.enum ?? (property.items as JsonObject | undefined)?.enum;
    if (typeof from === 'string' && values) settings[from.replace('settings.', '')] = values;
  }
  return contextOf({ secrets: 'verdict', settings, forms: { other: { name: '示例' } } });
}

describe.each(Object.keys(schemas))('[PTH-6] the form %s', (id) => {
  const form = compileForm(id, schemas[id] as FormSchema);
  const context = contextFor(id);
  const { inside, outside } = boundaries(form, context);

  test('is accepted with each value at an edge, and holds it', () => {
    for (const { field, edge, value, values } of inside) {
      expect({ field, edge, errors: validateForm(form, values, context) }).toEqual({ field, edge, errors: [] });
      expect(field in settle(form, values, context).values).toBe(value !== null);
    }
  });

  test('is refused with each value just beyond, at that field', () => {
    for (const { field, edge, values } of outside) {
      const at = validateForm(form, values, context).map((error) => error.path.split('.')[1]);
      expect({ edge, at }).toEqual({ edge, at: expect.arrayContaining([field]) });
    }
  });

  test('forms that hold all edges between them: each is accepted, none is left out for ever', () => {
    const done = new Set<string>();
    const all = new Set(inside.map((one) => boundaryKey(id, one)));
    for (let count = 0; count < all.size && done.size < all.size; count++) {
      const { values, edges } = boundaryForm(form, context, done);
      expect(validateForm(form, values, context)).toEqual([]);
      expect(edges.length).toBeGreaterThan(0);
      for (const edge of edges) done.add(edge);
    }
    expect([...all].filter((edge) => !done.has(edge))).toEqual([]);
  });
});

test('[PTH-6] the edges of a known form', () => {
  const form = compileForm('copyRequest', schemas.copyRequest as FormSchema);
  const { inside, outside } = boundaries(form, contextFor('copyRequest'));
  const found = inside.map((one) => boundaryKey('', one).slice(1));
  expect(found).toEqual(
    expect.arrayContaining([
      'holderName minLength',
      'holderName maxLength',
      'copies minimum',
      'copies maximum',
      'materials minItems',
      'materials maxItems',
      'purpose option "bidding"',
      'purpose option "other"',
      'purposeText minLength',
      'way option "mail"',
      'address maxLength',
    ]),
  );
  const beyond = outside.map(({ field, edge, value }) => [
    field,
    edge,
    typeof value === 'string' ? value.length : value,
  ]);
  expect(beyond).toEqual(
    expect.arrayContaining([
      ['holderName', 'minLength', 1],
      ['holderName', 'maxLength', 101],
      ['copies', 'minimum', 0],
      ['copies', 'maximum', 51],
      ['purposeText', 'maxLength', 201],
    ]),
  );
});

const lengths = fc.record({ least: fc.integer({ min: 2, max: 20 }), more: fc.integer({ min: 1, max: 40 }) });

test('[PTH-6] texts: exactly as long as allowed is accepted, one character less or more is not', () => {
  fc.assert(
    fc.property(lengths, fc.constantFrom(null, '^[0-9A-Z]+$', 'counted'), ({ least, more }, kind) => {
      const most = least + more;
      const pattern = kind === 'counted' ? `^[a-z]{${least},${most}}$` : kind;
      const limits = { minLength: least, maxLength: most };
      const form = formOf(
        { text: { type: 'string', title: '文字', ...limits, ...(pattern === null ? {} : { pattern }) } },
        { required: ['text'] },
      );
      const { inside, outside } = boundaries(form, contextOf());
      const told = (list: typeof inside) => list.map(({ edge, value }) => [edge, [...String(value)].length]);
      expect(told(inside)).toEqual([
        ['minLength', least],
        ['maxLength', most],
      ]);
      expect(told(outside)).toEqual([
        ['minLength', least - 1],
        ['maxLength', most + 1],
      ]);
    }),
    runs(60),
  );
});

test('[PTH-6] numbers: the least and the greatest, in steps, and one step beyond', () => {
  const range = fc.record({
    low: fc.integer({ min: -50, max: 50 }),
    size: fc.integer({ min: 0, max: 60 }),
    step: fc.constantFrom(1, 5),
    open: fc.boolean(),
  });
  fc.assert(
    fc.property(range, ({ low, size, step, open }) => {
      const [first, last] = [low * step, (low + size) * step];
      const limits = open
        ? { exclusiveMinimum: first - step, exclusiveMaximum: last + step }
        : { minimum: first, maximum: last };
      const form = formOf(
        { count: { type: 'integer', title: '数', ...limits, ...(step === 1 ? {} : { multipleOf: step }) } },
        { required: ['count'] },
      );
      const { inside, outside } = boundaries(form, contextOf());
      expect(inside.map(({ edge, value }) => [edge, value])).toEqual([
        ['minimum', first],
        ['maximum', last],
      ]);
      expect(outside.map(({ value }) => value)).toEqual([first - step, last + step]);
    }),
    runs(60),
  );
});

test('[PTH-6] what need not be filled in is left out once and filled in once', () => {
  const form = formOf(
    { a: { type: 'string', title: '甲', maxLength: 3 }, b: { type: 'string', title: '乙', maxLength: 3 } },
    { required: ['a'] },
  );
  const edges = boundaries(form, contextOf()).inside.map(({ field, edge }) => `${field} ${edge}`);
  expect(edges).toEqual(['a minLength', 'a maxLength', 'b absent', 'b present', 'b minLength', 'b maxLength']);
});

test('[PTH-6] what the person does not choose has no edge', () => {
  const form = formOf(
    {
      branch: { type: 'string', title: '网点', maxLength: 9, 'x-options': { source: 'places' } },
      sum: { type: 'integer', title: '合计', minimum: 0, 'x-compute': '1 + 1' },
      code: { type: 'string', title: '码', maxLength: 6, 'x-secret': 'pin' },
    },
    { required: ['branch'] },
  );
  const context = contextOf({ secrets: 'verdict' });
  expect(smallest(form, context)).toHaveProperty('branch');
  expect(boundaries(form, context)).toEqual({ inside: [], outside: [] });
});
