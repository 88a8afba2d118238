import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StudioProject } from '../../engine/contract/routes.ts';
import { readScenario } from '../../engine/index.ts';
import { useBrowser } from './support/browser.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** A proof takes some seconds, more on a busy machine. */
const proven = { timeout: 170_000 };

describe('the studio', () => {
  it('closes something by a setting, shows what goes, publishes; new cases take it, running ones keep theirs', async () => {
    const applicant = await logIn(server.url, 'applicant');
    const running = await applicant.case(await applicant.start('szmg'));
    const changing = await enterRoom(browser(), server.url, 'studio', 'admin');
    let { page } = changing;
    await page.getByRole('row').filter({ hasText: 'szmg' }).getByText('1 件').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.getByRole('link', { name: '深圳广电采购管理系统', exact: true }).click();

    const setting = page.locator('[data-setting="legalRepAuth"]');
    await setting.getByRole('switch').click();
    expect(await setting.getByRole('switch').getAttribute('aria-checked')).toBe('false');
    await setting.getByText('基础流程：开').waitFor();
    // The diagram opens the place, and shows the state as removed in words, not only by its look.
    const gone = page.locator('[data-node="main.work.organization.legalRep"]');
    await gone.waitFor();
    expect(await gone.innerText()).toContain('本项目已移除');
    await page.getByText('有未保存的改动').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);

    // Form and text are one: the text has changed by that one word.
    await page.getByRole('button', { name: 'YAML', exact: true }).click();
    const editor = page.locator('.cm-content');
    await expect.poll(() => editor.innerText()).toContain('legalRepAuth: false');
    expect(await editor.innerText()).toContain('# The project code is fictional');
    expect(await editor.innerText()).toContain('onlineProviders: [wechat]');
    expect(await accessProblems(page, axe)).toEqual([]);

    await page.keyboard.press('Control+s');
    await page.getByText(/\d\d:\d\d 已保存/).waitFor();
    // Whoever changes something does not publish it.
    await page.getByText('谁修改谁不发布').waitFor();
    expect(await page.getByRole('button', { name: '准备发布' }).count()).toBe(0);
    const publisher = await enterRoom(browser(), server.url, 'studio', 'publisher');
    page = publisher.page;
    await page.goto('/studio/szmg');
    await page.getByRole('button', { name: '准备发布' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '发布', exact: true }).click();
    await dialog.getByText('错误：请写发布说明').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.getByLabel('发布说明').fill('不再提供法人认证');
    await dialog.getByRole('button', { name: '发布', exact: true }).click();
    // Stories of the legal representative come out otherwise: that is told, and meant.
    await dialog.getByText(/个场景的结果变了，没有发布/).waitFor(proven);
    await dialog
      .getByText(/第 \d+ 步/)
      .first()
      .waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.getByRole('button', { name: '仍然发布' }).click();
    await page.getByText('已发布第 2 版').waitFor(proven);
    await page.getByRole('button', { name: '历史' }).click();
    await page.getByRole('cell', { name: '不再提供法人认证' }).waitFor();

    expect((await applicant.case(running.id)).release).toBe(running.release);
    const fresh = await applicant.case(await applicant.start('szmg'));
    expect(fresh.release).not.toBe(running.release);
    expect([...changing.troubles, ...publisher.troubles]).toEqual([]);
  });

  it('names the place and the mending of a mistake, leads there, and publishes nothing with it', async () => {
    const { page } = await enterRoom(browser(), server.url, 'studio', 'admin');
    await page.goto('/studio/inner-mongolia?tab=yaml');
    const editor = page.locator('.cm-content');
    await editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('setings: {}');
    const issues = page.getByRole('region', { name: /检查，1 个错误/ });
    await issues.getByText('改为 settings').waitFor();
    const lines = (await editor.innerText()).replace(/\n$/, '').split('\n');
    await issues.getByText(new RegExp(`第 ${lines.length} 行第 1 列`)).waitFor();
    await page.locator('.cm-lint-marker-error').waitFor();

    // From the settings' tab the issue leads into the text, to its line.
    await page.getByRole('button', { name: '设置', exact: true }).click();
    await issues.getByRole('button', { name: '去改' }).click();
    await page.locator('.cm-activeLine').filter({ hasText: 'setings' }).waitFor();

    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText(/\d\d:\d\d 已保存/).waitFor();
    const publishing = (await enterRoom(browser(), server.url, 'studio', 'publisher')).page;
    await publishing.goto('/studio/inner-mongolia');
    await publishing.getByRole('button', { name: '准备发布' }).click();
    const dialog = publishing.getByRole('dialog');
    await dialog.getByText('还有 1 个错误，改正后才能发布。').waitFor();
    await dialog.getByLabel('发布说明').fill('试一试');
    await dialog.getByRole('button', { name: '发布', exact: true }).click({ force: true });
    const admin = await logIn(server.url, 'publisher');
    const project = await admin.call<StudioProject>('GET', '/api/studio/projects/inner-mongolia');
    expect(project.history).toHaveLength(1);
    // The server refuses by itself too, whatever a page thinks.
    const publish = admin.call('POST', '/api/studio/projects/inner-mongolia/publish', {
      note: 'x',
      base: project.base,
    });
    await expect(publish).rejects.toThrow(/4\d\d/);
  });

  it('refuses what lets a case get where it must not, with the way there as a scenario file that the lab plays on the draft', async () => {
    const admin = await logIn(server.url, 'admin');
    const project = await admin.call<StudioProject>('GET', '/api/studio/projects/shenzhen-construction');
    const law = 'laws: { neverLegalRep: { title: 任何时候都不提供法人认证, offers: LEGAL_REP, must: false } }';
    const draft = { yaml: `${project.yaml}\n${law}\n`, base: project.base };
    await admin.call('PUT', '/api/studio/projects/shenzhen-construction/draft', draft);
    const { page, troubles } = await enterRoom(browser(), server.url, 'studio', 'publisher');
    await page.goto('/studio/shenzhen-construction');
    await page.getByRole('button', { name: '准备发布' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('发布说明').fill('不提供法人认证');
    await dialog.getByRole('button', { name: '发布', exact: true }).click();
    await dialog.getByText('业务单可能走到不该到的地方（1 处），没有发布').waitFor(proven);
    await dialog.getByText(/^违反“任何时候都不提供法人认证”/).waitFor();
    // The way stands on the diagram; the scenario of it can be read.
    await dialog.getByRole('group', { name: /任何时候都不提供法人认证/ }).waitFor();
    await dialog.getByText('场景文件', { exact: true }).click();
    await dialog.getByText(/do: NEXT/).waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: '下载场景' }).click(),
    ]);
    const written = readFileSync(await file.path(), 'utf8');
    expect(readScenario('way', written)).toMatchObject({ issues: [], scenario: { project: 'shenzhen-construction' } });
    const after = await admin.call<StudioProject>('GET', '/api/studio/projects/shenzhen-construction');
    expect(after.history).toHaveLength(1);

    // The lab plays the way on the draft that was refused, not on the release in force.
    await dialog.getByRole('link', { name: '在演练台演这条路' }).click();
    await page.waitForURL(/\/lab\?project=shenzhen-construction&of=draft&play=story/);
    await page.getByText('草稿，还没有发布').waitFor();
    await page.getByText('违反的规则：任何时候都不提供法人认证').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    const last = await page.locator('.labjournal tbody tr').count();
    await page.getByRole('button', { name: '退一步' }).click();
    await page.getByText('违反的规则：任何时候都不提供法人认证').waitFor({ state: 'detached' });
    await page
      .locator('[data-story]')
      .getByText(/^正在演：违反“任何时候都不提供法人认证”/)
      .waitFor();
    expect(await page.locator('.labjournal tbody tr').count()).toBeLessThan(last);
    // Read again, it is played again; the studio is one step away.
    await page.reload();
    await page.getByText('违反的规则：任何时候都不提供法人认证').waitFor();
    await page.getByRole('link', { name: '回到配置工作室' }).click();
    await page.getByRole('button', { name: '准备发布' }).waitFor();
    expect(troubles).toEqual([]);
  }, 300_000);

  it('keeps one’s changes when somebody else saved first', async () => {
    const { page } = await enterRoom(browser(), server.url, 'studio', 'admin');
    await page.goto('/studio/weigu');
    const limit = page.locator('[data-setting="maxTransfers"] input');
    await limit.fill('4');
    await limit.press('Enter');
    const other = await logIn(server.url, 'admin2');
    const project = await other.call<StudioProject>('GET', '/api/studio/projects/weigu');
    await other.call('PUT', '/api/studio/projects/weigu/draft', { yaml: `${project.yaml}# two\n`, base: project.base });
    await page.getByRole('button', { name: '保存草稿' }).click();
    const dialog = page.getByRole('dialog', { name: '别人先保存了这份草稿' });
    await dialog.getByText('# two').first().waitFor();
    expect(await limit.inputValue()).toBe('4');
    await dialog.getByRole('button', { name: '合在一起，保留我的改动' }).click();
    expect(await limit.inputValue()).toBe('4');
    await page.getByRole('button', { name: 'YAML', exact: true }).click();
    await expect.poll(() => page.locator('.cm-content').innerText()).toContain('# two');
  });

  it('is a list as well, and goes along edges by arrow keys', async () => {
    const { page } = await enterRoom(browser(), server.url, 'studio', 'admin');
    await page.goto('/studio/everbright');
    const first = page.locator('[data-node="main.work.review"]');
    await first.click();
    await page.locator('[data-node="main.work.review.queue"]').focus();
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-node')))
      .toBe('main.work.review.reading');
    await page.getByRole('button', { name: '列表' }).click();
    const removed = page.locator('[id="state-main.work.organization.legalRep"] > p');
    await removed.getByText('本项目已移除').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
  });
});
