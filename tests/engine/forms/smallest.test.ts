import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compileForm,
  documentDigest,
  type FormContext,
  formats,
  prune,
  smallest,
  tableValues,
  validateForm,
} from '../../../engine/forms/index.ts';
import { fitting } from '../../../engine/forms/pattern.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { runs } from '../../support/runs.ts';
import { contextOf, formOf } from './support.ts';

const schemas = Object.fromEntries(
  readdirSync('forms')
    .filter((name) => name.endsWith('.form.json'))
    .map((name) => [name.replace('.form.json', ''), JSON.parse(readFileSync(`forms/${name}`, 'utf8')) as FormSchema]),
);

describe('every form of the product', () => {
  test.each(Object.keys(schemas))('%s: its smallest values are accepted, for every seed', (id) => {
    const form = compileForm(id, schemas[id] as FormSchema);
    fc.assert(
      fc.property(fc.nat(9999), (seed) => {
        const context: FormContext = contextOf({
          secrets: 'verdict',
          settings: offeredSettings(id),
          forms: { other: { name: '示例' } },
          roots: { workdays: ['2026-03-02', '2026-03-03'] },
        });
        const values = smallest(form, context, { seed });
        const errors = validateForm(form, values, context);
        expect(errors).toEqual([]);
        expect(validateForm(form, prune(form, values, context), context)).toEqual([]);
      }),
      runs(20),
    );
  });
});

/** For each `x-options.from: settings.x` the whole enum. */
function offeredSettings(id: string): JsonObject {
  const found: JsonObject = {};
  for (const property of Object.values(schemas[id]?.properties ?? {})) {
    const from = (property['x-options'] as JsonObject | undefined)?.from;
    const values = property.enum ?? (property.items as JsonObject | undefined)?.enum;
    if (typeof from === 'string' && values) found[from.replace('settings.', '')] = values;
  }
  return found;
}

test('rules across forms are met by taking over what the other form says', () => {
  const form = formOf(
    { name: { type: 'string', title: '户名' }, number: { type: 'string', title: '号码', format: 'idNumber' } },
    { required: ['name', 'number'], 'x-check': [{ if: 'name != person.name' }, { if: 'number != person.idNumber' }] },
  );
  const idNumber = formats.find((one) => one.id === 'idNumber')?.example(77) ?? '';
  const context = contextOf({ forms: { person: { name: '示例人', idNumber } } });
  expect(smallest(form, context)).toEqual({ name: '示例人', number: idNumber });
});

test('only what is asked for is filled in, and what that makes visible', () => {
  const form = formOf(
    {
      way: { type: 'string', enum: ['mail'], title: '方式' },
      address: { type: 'string', title: '地址', minLength: 12, 'x-visible': "way == 'mail'" },
      note: { type: 'string', title: '备注' },
    },
    { required: ['way', 'address'] },
  );
  expect(Object.keys(smallest(form, contextOf()))).toEqual(['way', 'address']);
});

test('a scan carries the digest of now', () => {
  const form = formOf(
    { scan: { type: 'object', title: '扫描', 'x-file': { types: ['pdf'], maxBytes: 9999, digest: 'paper' } } },
    { required: ['scan'] },
  );
  const context = contextOf({ forms: { a: { x: 1 } }, documents: { paper: { about: ['a'] } } });
  expect(validateForm(form, smallest(form, context), context)).toEqual([]);
});

test('another seed gives another valid number', () => {
  const form = formOf({ code: { type: 'string', title: '代码', format: 'creditCode' } }, { required: ['code'] });
  const codes = new Set(Array.from({ length: 50 }, (_, seed) => smallest(form, contextOf(), { seed }).code));
  expect(codes.size).toBe(50);
});

test('a form that contradicts itself ends, and says what is wrong', () => {
  const form = formOf(
    { a: { type: 'string', title: '甲', 'x-check': [{ if: 'true', message: '不可能' }] } },
    { required: ['a'] },
  );
  expect(validateForm(form, smallest(form, contextOf()), contextOf())).toHaveLength(1);
});

describe('texts for patterns', () => {
  test.each([
    '^[0-9]{6}$',
    '^\\d{3}-\\d{4}$',
    '^[A-Z]{2}(?:[0-9]|X)+$',
    '^(?:cn|en)$',
    '^[^a-z]{3}$',
    '^https://.+$',
    '^[\\u4e00-\\u9fff]{2,8}$',
    'a?b*c+',
  ])('%s', (pattern) => {
    const text = fitting(pattern);
    expect(text).not.toBeNull();
    expect(text).toMatch(new RegExp(pattern, 'u'));
  });

  test.each(['^(?=a)b$', '\\bword', '(a)\\1', '[a', '(a'])('%s is left alone', (pattern) =>
    expect(fitting(pattern)).toBeNull(),
  );
});

describe('decision tables', () => {
  test('the row for the inputs, else, or nothing', () => {
    const tables = { price: { by: ['a.type', 'a.years'], is: { org: { '1': 10, '2': 18 }, else: { else: 99 } } } };
    expect(tableValues(tables, { a: { type: 'org', years: 2 } })).toEqual({ price: 18 });
    expect(tableValues(tables, { a: { type: 'person', years: 7 } })).toEqual({ price: 99 });
    expect(tableValues(tables, { a: { type: 'org', years: 7 } })).toEqual({});
    expect(tableValues(tables, { a: { type: 'org' } })).toEqual({});
    expect(tableValues(tables, {})).toEqual({});
    expect(tableValues({ x: { by: ['a.k'], is: {} } }, { a: { k: 'constructor' } })).toEqual({});
  });
});

describe('the digest of a paper', () => {
  const forms = { organization: { name: '示例', z: 1, a: 2 }, agent: { name: 'x' } };

  test('is eight characters, the same for the same data in whatever order', () => {
    const digest = documentDigest(['organization', 'agent.name'], forms);
    expect(digest).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(
      documentDigest(['agent.name', 'organization'], {
        agent: { name: 'x', other: 1 },
        organization: { a: 2, z: 1, name: '示例' },
      }),
    ).toBe(digest);
  });

  test('changes with the data it is about, and with nothing else', () => {
    const digest = documentDigest(['organization.name'], forms);
    expect(documentDigest(['organization.name'], { ...forms, organization: { name: '示例', z: 9 } })).toBe(digest);
    expect(documentDigest(['organization.name'], { organization: { name: '示例2' } })).not.toBe(digest);
    expect(documentDigest(['organization.name'], {})).not.toBe(digest);
  });
});
