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

let page: FormPage;
beforeAll(async () => {
  page = await FormPage.open({ forms: [], schemas: {}, values: {}, settings: {} });
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

  test('is drawn, and sent as it came', async () => {
    page.data = {
      forms: [{ id: 's' }],
      schemas: { s: schema as unknown as FormSchema },
      values: { s: good },
      settings: {},
    };
    const { tab, errors } = await page.tab();
    expect(await tab.locator('.fv-field').count()).toBeGreaterThan(0);
    await tab.click('.next');
    expect(JSON.parse((await tab.locator('#sent').textContent()) ?? '')).toEqual({ s: good });
    expect(errors).toEqual([]);
    await tab.context().close();
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
