import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openWindow, useBrowser } from './support/browser.ts';
import { Hall } from './support/hall.ts';
import { logIn, type Person } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
/** A proof takes some seconds, more on a busy machine. */
const long = { timeout: 170_000 };

const rowOf = (page: Page, field: string) => page.locator(`.fielditem[data-field="${field}"]`);
const orderOf = (page: Page) =>
  page.locator('.fielditem').evaluateAll((items) => items.map((item) => item.getAttribute('data-field')));
const saved = (page: Page) => page.getByText(/\d\d:\d\d 已保存/).waitFor();

/** A case at the step in which the company is typed in. */
async function filling(applicant: Person): Promise<string> {
  const id = await applicant.start('szmg');
  await applicant.send(id, 'NEXT');
  await applicant.send(id, 'NEXT');
  return id;
}

describe('forms and texts in the studio', () => {
  it('are changed without a line of YAML, published by somebody else, and asked of new applicants only', async () => {
    const applicant = await logIn(server.url, 'applicant');
    const before = await filling(applicant);

    const changing = await enterRoom(browser(), server.url, 'studio', 'admin');
    const { page } = changing;
    await page.goto('/studio/szmg');
    await page.getByRole('button', { name: '表单', exact: true }).click();
    await page.locator('[data-form="organization"]').click();
    const live = page.getByRole('region', { name: '申请人看到的样子' });
    await live.getByText('企业证件照').first().waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);

    // What the process reads stays, and it is said who reads it.
    await page.getByRole('button', { name: '编辑机构名称', exact: true }).click();
    await rowOf(page, 'name')
      .getByText(/流程要用它，不能去掉：/)
      .waitFor();
    const hideName = page.getByRole('button', { name: '不显示机构名称' });
    expect(await hideName.getAttribute('aria-disabled')).toBe('true');
    await hideName.click({ force: true });
    expect(await rowOf(page, 'name').getByText('改过').count()).toBe(0);

    // A limit and a hint; the form beside it says them at once.
    await rowOf(page, 'name').getByLabel('最多几个字', { exact: true }).fill('12');
    await rowOf(page, 'name').getByLabel('提示', { exact: true }).fill('写全称，不写简称');
    await live.getByText('写全称，不写简称').waitFor();
    await live.getByLabel('机构名称').fill('深圳市虚拟云帆一号科技有限公司');
    await live.getByRole('button', { name: '检查填写' }).click();
    await live
      .getByText(/最多 12 个字/)
      .first()
      .waitFor();

    // Left out, asked for, added.
    await page.getByRole('button', { name: '编辑企业证件照' }).click();
    await page.getByRole('button', { name: '不显示企业证件照' }).click();
    await rowOf(page, 'licence').locator('.tag').getByText('不显示').waitFor();
    expect(await live.getByText('企业证件照').count()).toBe(0);
    const adding = page.getByRole('form', { name: '加一个字段' });
    await adding.getByRole('button', { name: '加上' }).click();
    await adding.getByText('要有标题').waitFor();
    await adding.getByLabel('种类').selectOption({ label: '文字' });
    await adding.getByLabel('标题', { exact: true }).fill('办公楼层');
    await adding.getByRole('button', { name: '加上' }).click();
    await page.getByRole('button', { name: '编辑办公楼层' }).click();
    await rowOf(page, 'extra1').getByLabel('必填', { exact: true }).check();
    await live.getByLabel('办公楼层').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.getByRole('button', { name: '收起办公楼层' }).click();

    // Moved by the keyboard, and by the mouse.
    await page.getByRole('button', { name: '上移办公楼层' }).focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => orderOf(page))
      .toEqual(['licence', 'name', 'idType', 'number', 'province', 'city', 'address', 'extra1', 'verification']);
    await rowOf(page, 'address').locator('.draghandle').dragTo(rowOf(page, 'province'));
    await expect
      .poll(() => orderOf(page))
      .toEqual(['licence', 'name', 'idType', 'number', 'address', 'province', 'city', 'extra1', 'verification']);
    await page.getByText('字段的顺序改过').waitFor();

    // Taken back, and done again.
    await page.getByRole('button', { name: '编辑机构名称', exact: true }).click();
    await page.getByRole('button', { name: '恢复提示' }).click();
    await live.getByText('写全称，不写简称').waitFor({ state: 'detached' });
    await rowOf(page, 'name').getByLabel('提示', { exact: true }).fill('写全称，不写简称');

    // What people pay, pick, agree to.
    await page.getByRole('button', { name: '内容', exact: true }).click();
    const setting = (path: string) => page.locator(`[data-setting="${path}"]`);
    await setting('prices.organization.1').getByRole('textbox').fill('199');
    await page.keyboard.press('Tab');
    expect(await accessProblems(page, axe)).toEqual([]);
    const section = (name: string) =>
      page.getByRole('navigation', { name: '内容' }).getByRole('button', { name }).click();
    await section('上传的资料');
    await page.getByRole('button', { name: '编辑营业执照扫描件' }).click();
    await rowOf(page, 'businessLicence').getByLabel('每个最大', { exact: true }).fill('4');
    expect(await accessProblems(page, axe)).toEqual([]);
    await section('退回原因');
    const reasons = page.locator('[data-reasons="content.reasons.fields.organization.name"]');
    await reasons.getByLabel(/加一条原因/).fill('机构名称写了简称');
    await reasons.getByRole('button', { name: '加一条' }).click();
    await reasons.locator('input[value="机构名称写了简称"]').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await section('通知');
    const notice = page.locator('[data-notice]').filter({ hasText: '短信' }).first();
    await notice.getByRole('button', { name: /^编辑/ }).click();
    const words = notice.getByRole('textbox').first();
    await words.press('Control+End');
    await notice.getByRole('button', { name: '业务单号' }).first().click();
    await expect.poll(() => words.inputValue()).toMatch(/\{case\.number\}$/);
    expect(await accessProblems(page, axe)).toEqual([]);
    await section('协议');
    const agreement = page.locator('[data-agreement="service"]');
    const version = await agreement.getByLabel('版本', { exact: true }).inputValue();
    await agreement.getByLabel(/^正文/).fill('一、这是本项目的协议。');
    await agreement.locator('.paper').getByText('一、这是本项目的协议。').waitFor();
    expect(await agreement.getByLabel('版本', { exact: true }).inputValue()).not.toBe(version);
    expect(await accessProblems(page, axe)).toEqual([]);

    // It all stands in the one text, and the rest of it is as it was.
    await page.getByRole('button', { name: 'YAML', exact: true }).click();
    const editor = page.locator('.cm-content');
    await expect.poll(() => editor.innerText()).toContain('# The project code is fictional');
    await page.getByRole('button', { name: '表单', exact: true }).click();
    await page.getByRole('button', { name: '保存草稿' }).click();
    await saved(page);
    await page.reload();
    await page
      .locator('[data-form="organization"]')
      .getByText(/改了 \d+ 处/)
      .waitFor();

    const publisher = await enterRoom(browser(), server.url, 'studio', 'publisher');
    await publisher.page.goto('/studio/szmg?tab=forms&form=organization');
    // Whoever publishes looks at it and changes nothing.
    await publisher.page.getByText('您只能看，不能改。').waitFor();
    expect(await publisher.page.getByRole('button', { name: '上移办公楼层' }).count()).toBe(0);
    await publisher.page.getByRole('button', { name: '准备发布' }).click();
    const dialog = publisher.page.getByRole('dialog');
    await dialog.getByLabel('发布说明').fill('本项目的表单和价格');
    await dialog.getByRole('button', { name: '发布', exact: true }).click();
    const anyway = dialog.getByRole('button', { name: '仍然发布' });
    await publisher.page.getByText('已发布第 2 版').or(anyway).waitFor(long);
    if (await anyway.isVisible()) await anyway.click();
    await publisher.page.getByText('已发布第 2 版').waitFor(long);

    // A new applicant is asked what the project asks, in its order.
    const other = await logIn(server.url, 'applicant2');
    const after = await filling(other);
    const release = await other.release((await other.case(after)).release);
    expect(release.settings).toMatchObject({ prices: { organization: { 1: 19900 } } });
    expect(release.content.reasons?.fields).toMatchObject({
      'organization.name': ['机构名称与营业执照不一致', '机构名称写了简称'],
    });
    expect(release.forms.documents?.properties.businessLicence).toMatchObject({
      'x-file': { maxBytes: 4 * 1024 * 1024 },
    });
    const fresh = await caseOf('applicant2', after);
    await fresh.page.getByLabel('办公楼层').waitFor();
    expect(await fresh.page.locator('#f-organization-licence').count()).toBe(0);
    expect(await fieldsOf(fresh.page)).toEqual(['name', 'idType', 'number', 'address', 'province', 'city', 'extra1']);
    await fresh.field('organization', 'name').fill('深圳市虚拟云帆一号科技有限公司');
    await fresh.press('下一步');
    await fresh.page
      .getByText(/最多 12 个字/)
      .first()
      .waitFor();
    await fresh.page
      .getByText(/请填写办公楼层/)
      .first()
      .waitFor();

    // A case that was begun before keeps the form that it was begun with.
    const kept = await caseOf('applicant', before);
    await kept.page.getByText('企业证件照').first().waitFor();
    expect(await kept.page.getByLabel('办公楼层').count()).toBe(0);
    expect(await fieldsOf(kept.page)).toEqual(['name', 'idType', 'number', 'province', 'city', 'address']);
    expect([...changing.troubles, ...publisher.troubles]).toEqual([]);
  }, 400_000);

  it('says at the field what is wrong, and keeps two windows apart', async () => {
    const { page } = await enterRoom(browser(), server.url, 'studio', 'admin');
    await page.goto('/studio/weigu?tab=forms&form=organization');
    await page.getByRole('button', { name: '编辑单位地址' }).click();
    await rowOf(page, 'address').getByLabel('最多几个字', { exact: true }).fill('3');
    await rowOf(page, 'address').getByText('最少 4，最多 3').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    // Nonsense is not written, the last number stays.
    await rowOf(page, 'address').getByLabel('最多几个字', { exact: true }).fill('很多');
    await page.keyboard.press('Tab');
    expect(await rowOf(page, 'address').getByLabel('最多几个字', { exact: true }).inputValue()).toBe('3');
    // A condition by choosing: shown only for what another field says.
    await page.locator('[data-form="agent"]').click();
    await page.getByRole('button', { name: '编辑经办人身份证头像面照片' }).click();
    await rowOf(page, 'idCard').getByLabel('显示条件').first().selectOption({ label: '只在…时显示' });
    const live = page.getByRole('region', { name: '申请人看到的样子' });
    await live.getByText('经办人身份证头像面照片').waitFor({ state: 'detached' });
    await live.getByLabel('职务').selectOption({ label: '办事员' });
    await live.getByText('经办人身份证头像面照片').first().waitFor();
    // An address that names no form shows the first one.
    await page.goto('/studio/weigu?tab=forms&form=nothing-of-the-kind');
    await page.getByRole('region', { name: '服务协议和授权' }).first().waitFor();
    await page.getByRole('button', { name: '手机' }).click();
    expect(await page.locator('.liveframe.phone').count()).toBe(1);
  }, 120_000);
});

/** The form of the company as it stands on the page. */
const fieldsOf = (page: Page) =>
  page
    .locator('[id^="f-organization-"]:is(input, select, textarea)')
    .evaluateAll((inputs) =>
      inputs.map((input) => input.id.replace('f-organization-', '')).filter((id) => id !== 'licence'),
    );

async function caseOf(account: string, id: string): Promise<Hall> {
  const hall = new Hall(await openWindow(browser(), server.url), server.url);
  await hall.page.goto('/login');
  await hall.logIn(account);
  await hall.page.goto(`/cases/${id}`);
  await hall.title('填写申请信息');
  return hall;
}
