import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FormSchema } from '../../../engine/model/definition.ts';
import { FormPage } from './support.ts';

/** Groups of fields and lists of entries, drawn and filled in. */
const schema: FormSchema = {
  title: '团队',
  type: 'object',
  required: ['lead', 'members'],
  $defs: {
    person: {
      type: 'object',
      title: '联系人',
      required: ['name'],
      properties: {
        name: { type: 'string', title: '姓名', minLength: 2 },
        way: { type: 'string', title: '方式', enum: ['phone', 'mail'], 'x-labels': { phone: '电话', mail: '邮件' } },
        mobile: {
          type: 'string',
          title: '电话',
          format: 'mobile',
          'x-visible': "way == 'phone'",
          'x-required': "way == 'phone'",
        },
      },
    },
  },
  properties: {
    lead: { $ref: '#/$defs/person', title: '负责人' },
    members: { type: 'array', title: '成员', minItems: 1, maxItems: 3, items: { $ref: '#/$defs/person' } },
    tags: { type: 'array', title: '标签', items: { type: 'string', maxLength: 4 } },
  },
};

let page: FormPage;
beforeAll(async () => {
  page = await FormPage.open({ forms: [{ id: 'team' }], schemas: { team: schema }, values: {}, settings: {} });
});
afterAll(() => page.close());

async function open(width = 1440): Promise<Page> {
  const { tab, errors } = await page.tab({ width });
  tab.setDefaultTimeout(5000);
  expect(errors).toEqual([]);
  return tab;
}

const sent = (tab: Page) => tab.evaluate(() => JSON.parse(document.getElementById('sent')?.textContent || 'null'));
const entry = (tab: Page, n: number) => tab.getByRole('group', { name: `成员 ${n}`, exact: true });

test('a list has the entries that it must have; each is named, can be added, moved, taken away by the keyboard', async () => {
  const tab = await open();
  expect(await tab.locator('.fv-list > ol > li').count()).toBe(1);
  await entry(tab, 1).getByLabel('姓名').fill('林知夏');
  await tab.getByRole('button', { name: '增加成员' }).focus();
  await tab.keyboard.press('Enter');
  // The new entry has the focus, and is announced.
  await expect.poll(() => tab.evaluate(() => document.activeElement?.closest('li')?.innerText)).toContain('成员 2');
  await tab.keyboard.type('陈其美');
  expect(await tab.locator('.fv-list > [role=status]').first().innerText()).toBe('已增加成员 2');
  await tab.getByRole('button', { name: '上移成员 2' }).press('Enter');
  expect(await entry(tab, 1).getByLabel('姓名').inputValue()).toBe('陈其美');
  await tab.getByRole('button', { name: '增加成员' }).click();
  expect(await tab.getByRole('button', { name: '增加成员' }).count()).toBe(0);
  expect(await tab.getByText('最多 3 项').count()).toBe(1);
  await tab.getByRole('button', { name: '删除成员 3' }).press('Enter');
  await tab.locator('[id="f-team.lead-name"]').fill('周明远');
  await tab.click('.next');
  expect(await sent(tab)).toEqual({
    team: { lead: { name: '周明远' }, members: [{ name: '陈其美' }, { name: '林知夏' }] },
  });
});

test('what is wrong inside stands at its place, in the summary with its entry, and goes when it is mended', async () => {
  const tab = await open();
  await tab.getByRole('button', { name: '增加成员' }).click();
  await entry(tab, 2).getByLabel('姓名').fill('陈其美');
  await entry(tab, 2).getByLabel('电话', { exact: true }).check();
  await tab.click('.next');
  const lines = await tab.locator('.fv-summary li').allInnerTexts();
  expect(lines).toEqual(['负责人 · 姓名：请填写姓名', '成员 1 · 姓名：请填写姓名', '成员 2 · 电话：请填写电话']);
  await tab.locator('.fv-summary li').last().getByRole('link').click();
  await tab.keyboard.type('138 0000 0001');
  await tab.keyboard.press('Tab');
  await expect.poll(() => entry(tab, 2).locator('.fv-error').count()).toBe(0);
});

test('a condition of an entry sees its own entry alone; what is hidden is not sent', async () => {
  const tab = await open();
  await tab.locator('[id="f-team.lead-name"]').fill('周明远');
  await entry(tab, 1).getByLabel('姓名').fill('林知夏');
  await entry(tab, 1).getByLabel('电话', { exact: true }).check();
  await entry(tab, 1).locator('input[inputmode]').last().fill('13800000001');
  await tab.getByRole('button', { name: '增加成员' }).click();
  expect(await entry(tab, 2).locator('input[type=radio]:checked').count()).toBe(0);
  await tab.getByRole('button', { name: '删除成员 2' }).click();
  await entry(tab, 1).getByLabel('邮件').check();
  await tab.getByRole('button', { name: '增加标签' }).click();
  // The new entry takes the focus when it is drawn.
  await expect.poll(() => tab.evaluate(() => document.activeElement?.matches('input[id*="tags"]') ?? false)).toBe(true);
  await tab.keyboard.type('急件');
  await tab.click('.next');
  expect(await sent(tab)).toEqual({
    team: { lead: { name: '周明远' }, members: [{ name: '林知夏', way: 'mail' }], tags: ['急件'] },
  });
});

test.each([1440, 390])('axe finds nothing and nothing is wider than the screen at %i px', async (width) => {
  const tab = await open(width);
  await tab.getByRole('button', { name: '增加成员' }).click();
  await tab.click('.next');
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await tab.evaluate(`${axe}; 0`);
  const found = (await tab.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  )) as AxeResults;
  expect(found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`))).toEqual([]);
  expect(await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  if (process.env.PICTURES)
    await tab.screenshot({ path: `${process.env.PICTURES}/parts-${width}.png`, fullPage: true });
});
