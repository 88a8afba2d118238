import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import equal from 'ajv/dist/runtime/equal.js';
import ucs2length from 'ajv/dist/runtime/ucs2length.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CompiledForm,
  compileForm,
  formFromStandalone,
  smallest,
  standaloneValidators,
  type ValidatorModule,
  validateForm,
} from '../../../engine/forms/index.ts';
import { codePoints, sameJson } from '../../../engine/forms/json.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { Json } from '../../../engine/model/json.ts';
import { runs } from '../../support/runs.ts';
import { contextOf } from './support.ts';

const texts = Object.fromEntries(
  readdirSync('forms')
    .filter((name) => name.endsWith('.form.json'))
    .map((name) => [name.replace('.form.json', ''), readFileSync(`forms/${name}`, 'utf8')]),
);
const parse = () => Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, JSON.parse(text) as FormSchema]));

let folder = '';
let browser: { [form: string]: CompiledForm } = {};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'validators-'));
  const file = join(folder, 'validators.mjs');
  writeFileSync(file, standaloneValidators(parse()));
  browser = formFromStandalone((await import(pathToFileURL(file).href)) as ValidatorModule, parse());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the text is an ES module without imports, requires outside its wrapper, or eval', () => {
  const text = standaloneValidators(parse());
  expect(text.startsWith('export default (require) => {')).toBe(true);
  expect(text).not.toMatch(/\bimport\b|new Function|eval\(/);
  expect(new Set([...text.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]))).toEqual(
    new Set(['ajv/dist/runtime/ucs2length', 'ajv/dist/runtime/equal'].filter((name) => text.includes(name))),
  );
});

describe('both sides judge alike', () => {
  const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;

  test.each(Object.keys(texts))('%s', (id) => {
    const node = compileForm(id, JSON.parse(texts[id] as string) as FormSchema);
    const there = browser[id] as CompiledForm;
    const context = contextOf({ secrets: 'verdict' });
    const valid = smallest(node, context);
    const names = node.fields.map((field) => field.name);
    const mutated = fc.tuple(fc.constantFrom(...names), json).map(([name, value]) => ({ ...valid, [name]: value }));
    fc.assert(
      fc.property(mutated, (values) => {
        expect(validateForm(there, values, context)).toEqual(validateForm(node, values, context));
      }),
      runs(25),
    );
  });
});

test('validators of other schemas are refused', async () => {
  const other = parse();
  const [first = ''] = Object.keys(other);
  const schema = other[first] as FormSchema;
  const changed = {
    ...other,
    [first]: { ...schema, properties: { ...schema.properties, added: { type: 'string', minLength: 3 } } },
  };
  const module = (await import(pathToFileURL(join(folder, 'validators.mjs')).href)) as ValidatorModule;
  expect(() => formFromStandalone(module, changed)).toThrow(`do not belong to the form "${first}"`);
});

test('compileForm finds what came from the module', () => {
  const [id = ''] = Object.keys(browser);
  const form = browser[id] as CompiledForm;
  expect(compileForm(id, form.schema)).toBe(form);
});

describe('our two helpers are those of ajv', () => {
  const count = (ucs2length as unknown as { default: (text: string) => number }).default ?? ucs2length;
  const same = (equal as unknown as { default: (a: unknown, b: unknown) => boolean }).default ?? equal;

  test('length in code points', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(codePoints(text)).toBe(count(text));
      }),
    );
  });

  // ajv's own helper calls `valueOf` and `toString` of what it is given and reads its `constructor`: on JSON that has keys
  // of these names it throws or errs, and ours does not.
  const misleading = /"(?:valueOf|toString|constructor)":/;

  test('equality', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        fc.pre(!misleading.test(JSON.stringify([a, b])));
        expect(sameJson(a as Json, b as Json)).toBe(same(a, b));
        expect(sameJson(a as Json, structuredClone(a) as Json)).toBe(true);
      }),
    );
  });

  test('equality of what has misleading keys', () => {
    expect(sameJson({ valueOf: false }, {})).toBe(false);
    expect(sameJson({ valueOf: false, toString: 1 }, { toString: 1, valueOf: false })).toBe(true);
    expect(sameJson({ constructor: [] }, { constructor: {} })).toBe(false);
  });
});
