import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkForm, compileForm } from '../../../../engine/forms/index.ts';
import type { FormSchema } from '../../../../engine/model/definition.ts';
import type { JsonObject } from '../../../../engine/model/json.ts';
import { readText } from '../../../../engine/read/index.ts';
import { validateFile } from '../../../../engine/read/validate.ts';
import { FormPage } from '../support.ts';
import { accepted } from './accepted.ts';
import { refused } from './refused.ts';

const context = { forms: {}, settings: {} };
const names = Object.keys(accepted);

function issuesOf(schema: JsonObject) {
  const { node, issues } = readText('forms/s.form.json', JSON.stringify(schema));
  return node === null ? issues : validateFile('form', node);
}

const idOf = (name: string) => `s${names.indexOf(name)}`;
const each = <T>(of: (sample: (typeof accepted)[string]) => T) =>
  Object.fromEntries(names.map((name) => [idOf(name), of(accepted[name]!)]));

/** All samples on one page: how many fields were drawn of each, and what was sent at 下一步. */
let page: FormPage;
let drawn: { readonly [id: string]: number } = {};
let sent: { readonly [id: string]: JsonObject } = {};
beforeAll(async () => {
  page = await FormPage.open({
    forms: names.map((name) => ({ id: idOf(name) })),
    schemas: each(({ schema }) => schema as unknown as FormSchema),
    values: each(({ good }) => good),
    settings: {},
  });
  const { tab, errors } = await page.tab();
  drawn = await tab.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('[id^="form-"]')].map((form) => [
        form.id.slice('form-'.length),
        form.querySelectorAll('.fv-field').length,
      ]),
    ),
  );
  await tab.click('.next');
  sent = JSON.parse((await tab.locator('#sent').textContent()) || '{}');
  expect(errors).toEqual([]);
});
afterAll(() => page.close());

test('there are at least as many as were promised', () => {
  expect(names.length).toBeGreaterThanOrEqual(25);
  expect(names.length + Object.keys(refused).length).toBeGreaterThanOrEqual(30);
});

describe.each(names)('%s', (name) => {
  const { schema, good, bad, wrong } = accepted[name]!;
  const form = () => compileForm('s', schema as unknown as FormSchema);
  const withForms = (values: JsonObject) => ({ ...context, forms: { s: values } });

  test('is accepted, and takes and refuses what it should', () => {
    expect(issuesOf(schema)).toEqual([]);
    const fine = checkForm(form(), good, withForms(good));
    expect(fine.errors).toEqual([]);
    expect(fine.settled.values).toEqual(good);
    const refusal = checkForm(form(), bad, withForms(bad));
    expect(refusal.errors.map((error) => error.path)).toEqual(wrong);
    for (const { message } of refusal.errors) expect(message).toMatch(/\p{Script=Han}/u);
  });

  test('is drawn, and sent as it came', () => {
    expect(drawn[idOf(name)]).toBeGreaterThan(0);
    expect(sent[idOf(name)]).toEqual(good);
  });
});

describe('what the vocabulary leaves out', () => {
  const manual = readFileSync('forms/README.md', 'utf8');
  test.each(Object.keys(refused))('%s is refused by name, and the manual says what to write instead', (keyword) => {
    const issues = issuesOf({ title: '示例', type: 'object', properties: { a: refused[keyword]! } });
    expect(issues.map((one) => one.code)).toContain('unknown-keyword');
    expect(issues[0]?.message).toContain(`表单不支持关键字“${keyword}”`);
    expect(issues[0]?.proposal).toBeTruthy();
    expect(manual).toContain(`| \`${keyword}\``);
  });
});
