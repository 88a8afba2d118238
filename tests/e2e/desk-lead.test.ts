import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { journeyToReview, untilLabel } from './support/journey.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

/** A lead: reports, a frequent reason followed to its field and its case; what is announced, and when new cases are taken. */
const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

it('a lead sees what was sent back, follows the reason to the field and the case, reads a chart by keys, takes the table away', async () => {
  const journey = await journeyToReview(server.url, world, 'szmg');
  const reviewer = await journey.claim();
  const flags = [{ field: 'documents.applicationForm', reason: '申请表未加盖单位公章' }];
  await reviewer.send(journey.id, 'REJECT', { data: { flags } });
  await untilLabel(journey.applicant, journey.id, '未通过');

  const { page, troubles, context } = await enterRoom(browser(), server.url, 'desk', 'reviewLead');
  await page.getByRole('link', { name: '报表' }).click();
  const reasons = page.getByRole('region', { name: '退回原因', exact: true }).first();
  await reasons.getByRole('cell', { name: '申请表未加盖单位公章', exact: true }).waitFor();
  expect(await accessProblems(page, axe)).toEqual([]);
  const follow = reasons.getByRole('button', { name: /看来源/ });
  await follow.focus();
  await page.keyboard.press('Enter');
  const source = page.locator('.reportsource');
  await source.getByText('这个字段一共被退回 1 次，占全部的 100%。').waitFor();
  expect(await source.textContent()).toContain('申请表');
  expect(await accessProblems(page, axe)).toEqual([]);

  const chart = page.getByRole('group', { name: /^一次通过/ });
  await chart.focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.locator('.chart figcaption').nth(1).textContent()).toMatch(/首次退回 1/);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 CSV：退回原因' }).click(),
  ]);
  const csv = readFileSync(await file.path(), 'utf8');
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv).toContain('申请表未加盖单位公章');

  await source.getByRole('link', { name: journey.number }).click();
  await page.waitForURL(`**/desk/${journey.id}`);
  await page.getByText('未通过').first().waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});

it('a lead announces something and closes a project for a while, and the hall shows it at once', async () => {
  const { page, troubles, context } = await enterRoom(browser(), server.url, 'desk', 'reviewLead');
  await page.goto('/desk/board?project=szmg');
  await page.getByRole('button', { name: '加一条公告' }).click();
  await page.getByRole('textbox', { name: '标题' }).fill('今晚系统维护');
  await page.getByRole('textbox', { name: '正文' }).fill('20:00 到 22:00 不能付款。');
  await page.getByRole('radio', { name: '另行规定' }).check();
  await page.getByRole('textbox', { name: '暂停受理的原因' }).fill('年底结账');
  const preview = page.getByRole('complementary', { name: '预览' });
  await preview.getByText('不受理：年底结账').waitFor();
  await preview.getByText('20:00 到 22:00 不能付款。').waitFor();
  expect(await accessProblems(page, axe)).toEqual([]);
  await page.getByRole('button', { name: '立即生效' }).click();
  await page.getByRole('alert').getByText('请写明为什么修改').waitFor();
  await page.getByRole('textbox', { name: '为什么改' }).fill('年底结账和维护');
  await page.getByRole('button', { name: '立即生效' }).click();
  await page.getByText('已生效。').waitFor();
  await page.getByText('审核主管甲').first().waitFor();

  await page.goto('/p/szmg');
  await page.getByText('今晚系统维护').first().waitFor();
  await page
    .getByText(/年底结账/)
    .first()
    .waitFor();
  const applicant = await logIn(server.url, 'applicant');
  await expect(applicant.start('szmg')).rejects.toMatchObject({ status: 409 });
  await applicant.start('inner-mongolia');
  expect(troubles).toEqual([]);
  await context.close();
});
