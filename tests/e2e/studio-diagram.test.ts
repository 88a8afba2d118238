import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { StudioProject } from '../../engine/contract/routes.ts';
import { useBrowser } from './support/browser.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** A check takes a moment, more on a busy machine. */
const checked = { timeout: 60_000 };

const node = (page: Page, address: string) => page.locator(`[data-node="${address}"]`).first();
const tried = (page: Page) => page.getByRole('dialog').getByText('试过了，没有新的错误。').waitFor(checked);
const textOf = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'YAML', exact: true }).click();
  // The editor holds only the lines that are shown.
  await page.locator('.cm-content').press('Control+End');
  const text = await page.locator('.cm-content').innerText();
  await page.getByRole('button', { name: '步骤', exact: true }).click();
  return text;
};

describe('a project that is edited by its diagram', () => {
  it('removes a state, inserts a step, changes a delay, undoes, redoes, takes back and saves; the text follows', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'studio', 'admin');
    await page.goto('/studio/szmg');

    // A state that is pressed shows what it says, and where that comes from.
    await node(page, 'main.work.review').click();
    await node(page, 'main.work.review.second').click();
    await page.getByRole('heading', { name: '复核中' }).waitFor();
    await page.getByText('这是基础流程的骨架，项目不能改。').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);

    // Away with it; nobody guesses where its cases go.
    await page.getByRole('button', { name: '在本项目去掉' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '去掉', exact: true }).click();
    await dialog.getByText('错误：请选改去哪里').waitFor();
    await dialog.getByLabel('原来会到这里的业务，改去').selectOption('main.work.next');
    await tried(page);
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.getByRole('button', { name: '去掉', exact: true }).click();
    await expect.poll(() => node(page, 'main.work.review.second').innerText(), checked).toContain('本项目已移除');
    await page.getByText('本项目去掉了这一步。').waitFor(checked);

    // A step after another one.
    await node(page, 'main.work.review.reading').click();
    await page.getByRole('button', { name: '在后面加一步' }).click();
    await dialog.getByLabel('加在哪条路上').selectOption({ label: '通过 → 下一步（办理）（其余情况）' });
    await dialog.getByRole('button', { name: '加这一步' }).click();
    await dialog.getByText('错误：请写名称').waitFor();
    await dialog.getByLabel('这一步叫什么').fill('登记信用档案');
    await dialog.getByLabel('由谁办').selectOption('operations');
    await dialog.getByLabel('到期自动往下走').check();
    await tried(page);
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.getByRole('button', { name: '加这一步' }).click();
    await page.getByRole('heading', { name: '登记信用档案' }).waitFor(checked);
    await node(page, 'main.work.review.step1').waitFor(checked);

    // Its deadline, where it is written.
    const count = page.locator('[data-timer="3 working days"] input');
    await count.fill('5');
    await count.press('Enter');
    await page.locator('[data-timer="5 working days"]').waitFor(checked);
    const text = await textOf(page);
    expect(text).toContain('"5 working days": onward');
    expect(text).toContain('reconnect: main.work.next');

    // Back and forth, by keys and by buttons.
    await page.locator('body').press('Control+z');
    await page.locator('[data-timer="3 working days"]').waitFor(checked);
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await node(page, 'main.work.review.step1').waitFor({ state: 'detached', ...checked });
    await page.locator('body').press('Control+Shift+z');
    await page.getByRole('button', { name: '重做', exact: true }).click();
    await page.locator('[data-timer="5 working days"]').waitFor(checked);

    // What was changed is listed, and taken back one by one.
    const changes = page.locator('[data-change]');
    expect(await changes.count()).toBe(3);
    await page.getByRole('button', { name: /^收回：去掉“复核中”/ }).click();
    await expect.poll(() => node(page, 'main.work.review.second').innerText(), checked).not.toContain('本项目已移除');
    expect(await changes.count()).toBe(2);
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText(/\d\d:\d\d 已保存/).waitFor();
    const saved = await (await logIn(server.url, 'admin')).call<StudioProject>('GET', '/api/studio/projects/szmg');
    expect(saved.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(saved.diagram.nodes.map(({ id }) => id)).toContain('main.work.review.step1');
    expect(saved.yaml).toContain('# The project code is fictional');
    expect(saved.yaml).not.toContain('reconnect');
    expect(troubles).toEqual([]);
  }, 300_000);

  it('chooses a line and adds a condition to it without a mouse, from lists; a delay of a setting leads to the setting', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'studio', 'admin');
    await page.goto('/studio/inner-mongolia?tab=flow');
    await page.getByText('在流程图里点一步或一条线').waitFor();
    await page.getByRole('button', { name: '列表', exact: true }).click();
    const line = page.locator('[id="state-main.work.review.queue"] > .dg-out').getByRole('button', { name: '领取' });
    await line.focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-way="main.work.review.queue.on.CLAIM"].chosen').waitFor(checked);
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.getByRole('button', { name: '加条件 领取' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '加上条件' }).press('Enter');
    await dialog.getByText('错误：请选要看什么、比什么').waitFor();
    await dialog.getByLabel('看什么').selectOption('facts.organizationVerified');
    await dialog.getByRole('button', { name: '再加一条' }).press('Enter');
    await dialog.getByLabel('看什么').nth(1).selectOption('certificate.years');
    await dialog.getByLabel('怎么比').nth(1).selectOption('atLeast');
    await dialog.getByText('facts.organizationVerified && certificate.years >= 1').waitFor();
    await tried(page);
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.getByRole('button', { name: '加上条件' }).press('Enter');
    await page.getByRole('button', { name: '换条件 领取' }).waitFor(checked);
    // The focus is back where it was, not at the head of the page.
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');

    await page.getByRole('button', { name: '图', exact: true }).click();
    await node(page, 'main.work.review').click();
    await node(page, 'main.work.review.reading').press('Enter');
    await page.locator('[data-timer="settings.claimLease"]').getByRole('button', { name: '去改设置' }).press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[data-setting]')?.getAttribute('data-setting')))
      .toBe('claimLease');
    expect(troubles).toEqual([]);
  }, 240_000);

  it('words a button here or everywhere, a notice and its silence, and adds a deadline; the check speaks in the row', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'studio', 'admin');
    await page.goto('/studio/szmg?tab=flow');
    await page.getByRole('button', { name: '列表', exact: true }).click();
    await page.locator('[id="state-main.work.review.reading"]').getByRole('button').first().click();
    const row = (name: string, value: string) => page.locator(`[data-${name}="${value}"]`);
    const outOfState = (state: string) => page.locator(`[id="state-main.work.review.${state}"]`);

    // Here alone, then everywhere: another state has the button too.
    const approve = row('button', 'main.work.review.reading.on.APPROVE');
    await approve.getByText('另外 1 步也有这个按钮（复核中），一起改').waitFor(checked);
    expect(await accessProblems(page, axe)).toEqual([]);
    await approve.locator('input.in').fill('审核通过');
    await approve.locator('input.in').press('Enter');
    await approve.getByText(/^本项目第 \d+ 行$/).waitFor(checked);
    await expect.poll(() => outOfState('reading').innerText(), checked).toContain('审核通过');
    expect(await outOfState('second').innerText()).not.toContain('审核通过');
    const decline = row('button', 'main.work.review.reading.on.REFUSE_FINAL');
    await decline.getByRole('checkbox').check();
    await decline.locator('input.in').fill('不受理');
    await decline.locator('input.in').press('Enter');
    await expect.poll(() => outOfState('second').innerText(), checked).toContain('不受理');

    // A text that names nothing is refused by the check where it stands; undone, it is as before.
    const notice = row('notice', 'approved');
    const text = notice.getByRole('textbox', { name: '通知内容' });
    const before = await text.inputValue();
    await text.fill('单位 {organization.nme} 的申请通过了');
    await text.blur();
    await notice.getByText(/没有名为 nme 的字段/).waitFor(checked);
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await expect.poll(() => text.inputValue(), checked).toBe(before);
    await notice.getByText(/没有名为 nme 的字段/).waitFor({ state: 'detached', ...checked });
    await text.fill('单位 {organization.name} 的申请通过了');
    await text.blur();
    await notice.getByText(/^本项目第 \d+ 行$/).waitFor(checked);
    await page.getByRole('button', { name: '本项目不发：短信' }).click();
    await notice.waitFor({ state: 'detached', ...checked });

    // A deadline that the base does not have: nothing is guessed, what is written is tried before.
    await page.getByRole('button', { name: '加一个时限' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '加上时限' }).click();
    await dialog.getByText('错误：请写多久').waitFor();
    await dialog.getByText('错误：请选改去哪里').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.getByLabel('多久', { exact: true }).fill('4');
    await dialog.getByLabel('到期去').selectOption('main.work.review.queue');
    await tried(page);
    await dialog.getByRole('button', { name: '加上时限' }).click();
    const count = row('timer', '4 working days').locator('input');
    await count.fill('6');
    await count.press('Enter');
    await row('timer', '6 working days').waitFor(checked);
    await expect.poll(() => outOfState('reading').innerText(), checked).toContain('6 个工作日后');

    const yaml = await textOf(page);
    for (const part of [
      'set: main.work.review.reading.on.APPROVE.title',
      'set: events.REFUSE_FINAL.title',
      'remove: notices.approved',
      'add: main.work.review.reading.after.6 working days',
    ])
      expect(yaml).toContain(part);
    const told = await page.locator('[data-change]').allInnerTexts();
    // The draft holds what the first test has saved.
    expect(told.slice(-5).map((one) => one.split('\n')[0])).toEqual([
      '~ “审核中”的按钮改叫“审核通过”',
      '~ 按钮在每一步都改叫“不受理”',
      '~ 通知改为：单位 {organization.name} 的申请通过了',
      '~ 不发通知“单位 … 的申请通过了”',
      '~ 给“审核中”加了时限：6 个工作日后去“待审核”',
    ]);
    await page.getByRole('button', { name: /^收回：不发通知/ }).click();
    await notice.getByText(/^本项目第 \d+ 行$/).waitFor(checked);
    await page.getByRole('button', { name: '放弃改动' }).waitFor();
    expect(troubles).toEqual([]);
  }, 300_000);

  it('offers what was not saved when the window was closed', async () => {
    const first = await enterRoom(browser(), server.url, 'studio', 'admin');
    const { page } = first;
    await page.goto('/studio/everbright');
    const limit = page.locator('[data-setting="maxTransfers"] input');
    await limit.fill('7');
    await limit.press('Enter');
    await page.getByText('有未保存的改动').waitFor();
    const again = await page.context().newPage();
    await page.close();
    await again.goto('/studio/everbright');
    await again.getByText('没有保存的改动').waitFor();
    expect(await again.locator('[data-setting="maxTransfers"] input').inputValue()).not.toBe('7');
    await again.getByRole('button', { name: '接着改' }).click();
    await expect.poll(() => again.locator('[data-setting="maxTransfers"] input').inputValue()).toBe('7');
    await again.getByRole('button', { name: '保存草稿' }).click();
    await again.getByText(/\d\d:\d\d 已保存/).waitFor();
    await again.reload();
    await again.locator('[data-setting="maxTransfers"]').waitFor();
    expect(await again.getByText('没有保存的改动').count()).toBe(0);
  }, 120_000);

  it('shows two people what the other changed, and loses neither', async () => {
    const one = await enterRoom(browser(), server.url, 'studio', 'admin');
    const two = await enterRoom(browser(), server.url, 'studio', 'admin2');
    for (const { page } of [one, two]) await page.goto('/studio/weigu?tab=flow');
    const rename = async (page: Page, address: string, to: string) => {
      await node(page, address).click();
      const field = page.locator('[data-word="label"] input');
      await page.locator('.studioedit [aria-busy="false"] code', { hasText: address }).first().waitFor(checked);
      await field.fill(to);
      await field.press('Enter');
    };
    await rename(one.page, 'main.done', '全部办好');
    await one.page.getByRole('button', { name: '保存草稿' }).click();
    await one.page.getByText(/\d\d:\d\d 已保存/).waitFor();

    await rename(two.page, 'main.closed', '过期失效');
    await two.page.getByRole('button', { name: '保存草稿' }).click();
    const dialog = two.page.getByRole('dialog', { name: '别人先保存了这份草稿' });
    await dialog
      .getByText(/全部办好/)
      .first()
      .waitFor();
    await dialog
      .getByText(/过期失效/)
      .first()
      .waitFor();
    expect(await accessProblems(two.page, axe)).toEqual([]);
    await dialog.getByRole('button', { name: '全部用对方的' }).click();
    await expect.poll(() => two.page.locator('[data-change]').innerText(), checked).toContain('全部办好');
    // Neither is lost: one's own comes back by undo, and both go together.
    await two.page.getByRole('button', { name: '撤销', exact: true }).click();
    await expect.poll(() => two.page.locator('[data-change]').innerText(), checked).toContain('过期失效');
    await two.page.getByRole('button', { name: '重做', exact: true }).click();
    await rename(two.page, 'main.closed', '过期失效');
    await two.page.getByRole('button', { name: '保存草稿' }).click();
    await two.page.getByText(/\d\d:\d\d 已保存/).waitFor();
    const text = (await (await logIn(server.url, 'admin')).call<StudioProject>('GET', '/api/studio/projects/weigu'))
      .yaml;
    expect(text).toContain('全部办好');
    expect(text).toContain('过期失效');

    // The first one goes on from the older draft: put together, both stay.
    await rename(one.page, 'main.withdrawn', '自己撤销');
    await one.page.getByRole('button', { name: '保存草稿' }).click();
    await one.page.getByRole('dialog').getByRole('button', { name: '合在一起，保留我的改动' }).click();
    await one.page.getByRole('button', { name: '保存草稿' }).click();
    await one.page.getByText(/\d\d:\d\d 已保存/).waitFor();
    const last = (await (await logIn(server.url, 'admin')).call<StudioProject>('GET', '/api/studio/projects/weigu'))
      .yaml;
    for (const word of ['全部办好', '过期失效', '自己撤销']) expect(last).toContain(word);
    expect([...one.troubles, ...two.troubles].filter((trouble) => !trouble.includes('409'))).toEqual([]);
  }, 240_000);
});
