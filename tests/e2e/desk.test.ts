import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CaseView } from '../../engine/contract/view.ts';
import { useBrowser } from './support/browser.ts';
import { journeyToReview, offersOf, untilLabel, untilView } from './support/journey.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

describe('the desk', () => {
  it('shows data beside papers, rejects with two flags; only these are open to the applicant', async () => {
    const { id, number, applicant } = await journeyToReview(server.url, world, 'szmg');
    const { page, troubles } = await enterRoom(browser(), server.url, 'desk', 'reviewer');

    const row = page.getByRole('row').filter({ hasText: '深圳广电采购管理系统' });
    await row.getByText('待审核').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await row.getByRole('link', { name: /办理/ }).click();
    await page.getByRole('button', { name: /^领取/ }).click();
    await page.getByText('审核中').first().waitFor();

    // Data and documents stand beside each other; a field's link shows its picture.
    const data = page.getByRole('region', { name: '申请内容' });
    const papers = page.getByRole('region', { name: '材料' });
    await data.getByText('单位信息').waitFor();
    await papers.getByRole('tab', { name: /申请表扫描件/ }).waitFor();
    const picture = papers.locator('img').first();
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    const before = (await picture.boundingBox())?.width ?? 0;
    await page.keyboard.press('+');
    await expect.poll(async () => (await picture.boundingBox())?.width ?? 0).toBeGreaterThan(before * 1.2);
    await page.keyboard.press('-');
    await papers.getByRole('tab', { name: /数字证书申请表/ }).click();
    await papers.locator('canvas').first().waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);

    // A sensitive value is shown for a purpose only.
    expect(await data.innerText()).toMatch(/\d{4}\*+/);
    await data.getByRole('button', { name: '显示身份证号码' }).last().click();
    await page.getByRole('dialog').getByRole('button', { name: '显示一分钟' }).click();
    await expect.poll(() => data.innerText()).toMatch(/\d{17}[\dX]|\d{6} \d{8} \d{3}[\dX]/);

    // Nothing flagged: no rejection. Flagged: no approval, until each flag has a reason and is sent.
    const reject = page.getByRole('button', { name: /^驳回/ });
    const approve = page.getByRole('button', { name: /^通过/ });
    expect(await reject.getAttribute('aria-disabled')).toBe('true');
    await reject.click({ force: true });
    await page.getByText('请先标记至少一处').first().waitFor();
    await data.getByRole('button', { name: '标记 机构名称' }).click();
    await page.keyboard.press('1');
    await data.getByRole('button', { name: '标记 营业执照扫描件' }).click();
    expect(await approve.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('还有 1 处标记没有原因').waitFor();
    await page.getByLabel('补充说明：证件资料 营业执照扫描件').fill('第二页缺公章，请重新盖章后扫描');
    const opinion = page.getByRole('complementary', { name: '意见' });
    await opinion.getByText('意见，2 处标记').waitFor();
    await opinion.getByText('机构名称与营业执照不一致').last().waitFor();
    await page.getByText(/单位已认证.*作废/).waitFor();
    // A letter that is typed is no shortcut.
    expect(await page.getByLabel('补充说明：证件资料 营业执照扫描件').inputValue()).toContain('重新盖章');
    await page.getByRole('button', { name: '驳回，标记 2 处' }).click();
    await page.getByText('驳回，已完成。').waitFor();

    const rejected = await untilLabel(applicant, id, '未通过');
    const edit = offersOf(rejected).find((event) => event === 'EDIT');
    if (edit) await applicant.send(id, 'EDIT');
    const correcting = await untilView(applicant, id, 'the correction', (view) => openPaths(view).length > 0);
    expect(openPaths(correcting).sort()).toEqual(['documents.businessLicence', 'organization.name']);
    expect(troubles).toEqual([]);
    expect(number).toMatch(/^\d{17}$/);
  });

  it('approves by one key, goes on to the next, and serves operations by the same page', async () => {
    const { id, applicant } = await journeyToReview(server.url, world, 'inner-mongolia');
    const { page, troubles } = await enterRoom(browser(), server.url, 'desk', 'reviewer');
    await page.goto(`/desk/${id}`);
    await page.getByRole('button', { name: /^领取/ }).waitFor();
    await page.keyboard.press('a');
    await page.getByRole('button', { name: /^通过/ }).waitFor();
    await page.keyboard.press('a');
    await page.getByText('通过，已完成。').waitFor();
    // Cases of other tests may be waiting too: then the key leads to one of them.
    const waiting = (await (await logIn(server.url, 'reviewer')).queue()).rows.map((row) => row.id);
    await page.keyboard.press('n');
    if (waiting.length === 0) await page.getByText('队列里没有下一件了').waitFor();
    else await page.waitForURL((url) => waiting.some((one) => url.pathname === `/desk/${one}`));
    await untilView(applicant, id, 'production', (view) =>
      view.facts.some((fact) => fact.id === 'approved' && fact.provenAt),
    );
    expect(troubles).toEqual([]);

    const operations = await enterRoom(browser(), server.url, 'desk', 'operations');
    await operations.page.getByRole('row').getByRole('link', { name: /办理/ }).first().click();
    await operations.page.getByRole('button', { name: /^已寄出/ }).click();
    const parcel = operations.page.getByRole('dialog');
    await parcel.locator('#f-parcel-carrier').selectOption({ label: '邮政 EMS' });
    await parcel.locator('#f-parcel-tracking').fill('EM123456789CN');
    expect(await accessProblems(operations.page, axe)).toEqual([]);
    await parcel.getByRole('button', { name: '已寄出' }).click();
    await operations.page.getByText('已寄出，已完成。').waitFor();
    await untilLabel(applicant, id, '已邮寄');
    expect(operations.troubles).toEqual([]);
  });

  it('shows live what somebody else does, and refuses what came too late', async () => {
    const { id } = await journeyToReview(server.url, world, 'szmg');
    const { page } = await enterRoom(browser(), server.url, 'desk', 'reviewer');
    await page.goto(`/desk/${id}`);
    await page.getByRole('button', { name: /^领取/ }).waitFor();
    const second = await logIn(server.url, 'reviewer2');
    await second.send(id, 'CLAIM');
    await page.getByText('审核中').first().waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^领取/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^通过/ }).count()).toBe(0);
  });

  it('is closed to applicants', async () => {
    const { page } = await enterRoom(browser(), server.url, 'desk', 'applicant');
    await page.getByText('这里需要“办理席位”角色').waitFor();
  });
});

/** `<form>.<field>` that the view opens to its viewer. */
function openPaths(view: CaseView): string[] {
  return view.tasks.flatMap((task) =>
    task.sections.flatMap((section) =>
      section.kind === 'form' && section.mode === 'edit' ? (section.editable ?? []) : [],
    ),
  );
}
