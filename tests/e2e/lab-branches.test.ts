import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

describe('branches of a play', () => {
  it('are gone, compared, named, switched, dropped, and recorded each by itself', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=szmg');
    const here = (label: string) => page.getByRole('heading', { level: 1, name: label }).waitFor();
    const dialog = page.getByRole('dialog');
    await here('待同意协议');
    await page.locator('[data-event="NEXT"]').first().click();
    await here('草稿');

    await page.getByRole('button', { name: '分支', exact: true }).click();
    await dialog.getByText('现在只有一条路').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.getByRole('button', { name: '从这里另走 0' }).click();
    // The new way is the one that is played: back where it was, with the other beside it.
    await dialog.locator('[data-branch="2"]').getByText('正在走').waitFor();
    await dialog.getByLabel('第 2 条路的名称').fill('一直等');
    await dialog.getByLabel('第 1 条路的名称').fill('同意了');
    await page.keyboard.press('Escape');
    await here('待同意协议');
    await page.getByRole('button', { name: '＋1 天' }).click();
    await page.getByRole('button', { name: '分支（2）' }).click();
    await dialog.getByText('第 0 步之后与“一直等”分开：阅读办理指南，同意协议').waitFor();
    expect(await dialog.locator('.labdiffers').count()).toBeGreaterThan(1);
    expect(await accessProblems(page, axe)).toEqual([]);

    await dialog.getByRole('button', { name: '换到这条 同意了' }).click();
    await dialog.locator('[data-branch="1"]').getByText('正在走').waitFor();
    await page.keyboard.press('Escape');
    await here('草稿');

    // Each by itself: the one that waits, too, though the other one is played.
    await page.getByRole('button', { name: '分支（2）' }).click();
    await dialog.getByRole('button', { name: '存为场景 一直等' }).click();
    await dialog.getByText('已用执行器重放一遍，结果相同。').waitFor();
    expect(await dialog.locator('[data-scenario]').innerText()).toContain('advance: 1 day');
    expect(await dialog.getByLabel('场景名称').inputValue()).toBe('一直等');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: '分支（2）' }).click();
    await dialog.getByRole('button', { name: '去掉 一直等' }).click();
    await dialog.getByText('现在只有一条路').waitFor();
    await page.keyboard.press('Escape');
    await here('草稿');
    expect(troubles).toEqual([]);
  });
});

describe('scenarios × projects', () => {
  it('plays the draft that one looks at, in a column of its own', async () => {
    const admin = await logIn(server.url, 'admin');
    const project = await admin.call<{ yaml: string; base: number }>('GET', '/api/studio/projects/weigu');
    await admin.call('PUT', '/api/studio/projects/weigu/draft', {
      yaml: `${project.yaml}\n# 试\n`,
      base: project.base,
    });
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'admin');
    await page.goto('/lab?project=weigu&of=draft');
    await page.getByText('草稿，还没有发布').waitFor();
    await page.locator('[data-event="NEXT"]').first().click();
    await page.getByRole('button', { name: '存为场景' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '在所有项目上演' }).click();
    await page.waitForURL(/view=matrix/);
    expect(await page.getByLabel('也演草稿').isChecked()).toBe(true);
    await page.getByRole('button', { name: '开始演' }).click();
    await page.getByText(/^演完/).waitFor({ timeout: 120_000 });
    await page.getByRole('columnheader', { name: /（草稿）$/ }).waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    // Without drafts it is one column fewer.
    const columns = await page.getByRole('columnheader').count();
    await page.getByLabel('也演草稿').uncheck();
    await page.getByRole('button', { name: '再演一遍' }).click();
    await expect.poll(() => page.getByRole('columnheader').count(), { timeout: 120_000 }).toBe(columns - 1);
    expect(troubles).toEqual([]);
  });
});
