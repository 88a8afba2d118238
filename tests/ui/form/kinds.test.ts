import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FormSchema } from '../../../engine/model/definition.ts';
import { FormPage } from './support.ts';

/** Kinds that reach over more than one value, and what is said to whoever does not see the page. */
const company: FormSchema = {
  title: '单位',
  type: 'object',
  required: ['name', 'mobile'],
  properties: {
    name: { type: 'string', title: '名称', minLength: 2 },
    mobile: { type: 'string', title: '电话', format: 'mobile', 'x-sensitive': true, 'x-mask': 'mobile' },
  },
};
const day = { type: 'string', format: 'date', 'x-width': 'half' } as const;
const term: FormSchema = {
  title: '期限',
  type: 'object',
  required: ['span', 'size'],
  properties: {
    overview: { type: 'object', title: '您填写的单位', 'x-summary': ['company'] },
    span: {
      type: 'object',
      title: '有效期',
      'x-widget': 'dateRange',
      required: ['from', 'to'],
      properties: { from: { ...day, title: '开始' }, to: { ...day, title: '结束' } },
    },
    size: { type: 'number', title: '大小', 'x-widget': 'number', 'x-unit': 'GB', maximum: 8 },
    many: { type: 'integer', title: '份数', minimum: 1, maximum: 9, default: 2 },
    price: { type: 'integer', title: '总价', 'x-widget': 'money', 'x-compute': 'many * 1250' },
  },
};

let page: FormPage;
beforeAll(async () => {
  page = await FormPage.open({
    forms: [{ id: 'company' }, { id: 'term' }],
    schemas: { company, term },
    values: {},
    settings: {},
    read: ['term'],
  });
});
afterAll(() => page.close());

async function open(): Promise<Page> {
  const { tab, errors } = await page.tab();
  expect(errors).toEqual([]);
  return tab;
}
const field = (tab: Page, path: string) => tab.locator(`[id="f-${path}"]`);
const errorsIn = (tab: Page, path: string) => tab.locator('.fv-field', { has: field(tab, path) }).locator('.fv-error');

test('a range of dates says at its end that it is the wrong way round, and is sent as two days', async () => {
  const tab = await open();
  await field(tab, 'company-name').fill('示例公司');
  await field(tab, 'company-mobile').fill('13800000001');
  await field(tab, 'term-size').fill('2.5');
  await tab.click('.next');
  const lines = tab.locator('.fv-summary a');
  expect(await lines.allTextContents()).toEqual([
    '期限 · 有效期 · 开始：请选择开始',
    '期限 · 有效期 · 结束：请选择结束',
  ]);
  await lines.first().click();
  expect(await tab.evaluate(() => document.activeElement?.id)).toBe('f-term.span-from');
  await field(tab, 'term.span-from').fill('2026-05-31');
  await field(tab, 'term.span-to').fill('2026-03-05');
  await tab.click('.next');
  expect(await errorsIn(tab, 'term.span-to').last().textContent()).toContain('早于开始的 2026年5月31日');
  await field(tab, 'term.span-to').fill('2026-06-30');
  await tab.click('.next');
  const sent = JSON.parse((await tab.textContent('#sent')) || 'null');
  expect(sent.term).toEqual({ span: { from: '2026-05-31', to: '2026-06-30' }, size: 2.5, many: 2, price: 2500 });
});

test('a summary shows what another form says while it is typed, sensitive values masked', async () => {
  const tab = await open();
  const overview = tab.locator('.fv-is-summary');
  expect(await overview.textContent()).toContain('未填写');
  await field(tab, 'company-name').fill('示例公司');
  await field(tab, 'company-mobile').fill('13800000001');
  await field(tab, 'company-name').focus();
  await overview.getByText('示例公司').waitFor();
  expect(await overview.textContent()).toMatch(/138\*{4}0001/);
  expect(await overview.locator('input').count()).toBe(0);
});

test('a number keeps its unit, says its limit, and computes what follows from it', async () => {
  const tab = await open();
  const price = tab.locator('.fv-is-money', { hasText: '总价' });
  expect(await price.textContent()).toContain('25.00');
  await field(tab, 'term-many').fill('4');
  await expect.poll(() => price.textContent()).toContain('50.00');
  await field(tab, 'term-size').fill('９');
  await tab.click('.next');
  expect(await errorsIn(tab, 'term-size').textContent()).toBe('错误：不能大于 8 GB');
});

test('a field that is left and still wrong is read out, one that is mended is not', async () => {
  const tab = await open();
  const spoken = tab.locator('#form-company .fv-hidden[role=status]');
  await field(tab, 'company-name').fill('示例公司');
  await field(tab, 'company-mobile').fill('1380000');
  await tab.click('.next');
  expect(await spoken.textContent()).toBe('');
  await field(tab, 'company-mobile').fill('13800000');
  await field(tab, 'company-name').focus();
  await expect.poll(() => spoken.textContent()).toBe('电话：少 3 位，请输入 11 位手机号码');
  await field(tab, 'company-mobile').fill('13800000001');
  await field(tab, 'company-name').focus();
  await expect.poll(() => spoken.textContent()).toBe('');
});
