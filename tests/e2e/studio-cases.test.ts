import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const PROJECT = '深圳广电采购管理系统';
/** A comparison and a proof take some seconds, more on a busy machine. */
const long = { timeout: 170_000 };

describe('what a change means', () => {
  it('is seen before publishing, with a way that plays; then operations move cases, and a publisher goes back', async () => {
    const applicant = await logIn(server.url, 'applicant');
    for (let count = 0; count < 2; count += 1) await applicant.start('szmg');

    const editor = (await enterRoom(browser(), server.url, 'studio', 'admin')).page;
    await editor.getByRole('link', { name: PROJECT, exact: true }).click();
    await editor.locator('[data-setting="legalRepAuth"]').getByRole('switch').click();
    await editor.keyboard.press('Control+s');
    await editor.getByText(/\d\d:\d\d 已保存/).waitFor();
    await editor.getByRole('button', { name: '改动', exact: true }).click();
    const behaviour = editor.getByRole('region', { name: '办法有何不同' });
    const gone = behaviour.getByRole('listitem').filter({ hasText: 'main.work.organization.legalRep' }).first();
    await gone.getByText('去掉', { exact: true }).waitFor(long);
    const impact = editor.getByRole('region', { name: '对在办业务的影响' }).first();
    await impact.getByText('不受影响').nth(2).waitFor(long);
    expect(await accessProblems(editor, axe)).toEqual([]);
    await gone.getByRole('link', { name: '演这条路' }).click();
    await editor.waitForURL((url) => url.pathname === '/lab');
    await editor.getByText('法人认证').first().waitFor(long);

    const publisher = (await enterRoom(browser(), server.url, 'studio', 'publisher')).page;
    await publisher.getByRole('link', { name: PROJECT, exact: true }).click();
    await publisher.getByRole('button', { name: '准备发布' }).click();
    const dialog = publisher.getByRole('dialog');
    await dialog.getByLabel('发布说明').fill('不再提供法人认证');
    await dialog.getByRole('button', { name: '发布', exact: true }).click();
    await dialog.getByRole('button', { name: '仍然发布' }).click(long);
    await publisher.getByText('已发布第 2 版').waitFor(long);

    const operations = (await enterRoom(browser(), server.url, 'studio', 'operations')).page;
    await operations.getByRole('link', { name: '按旧版办理 2 件' }).click();
    const mover = operations.getByRole('region', { name: '转移在办业务' });
    await mover.getByLabel('每批件数').fill('1');
    expect(await accessProblems(operations, axe)).toEqual([]);
    await mover.getByRole('button', { name: '开始转移' }).click();
    await mover.getByText('转移完成：已转 2 件，没有转成 0 件。').waitFor(long);
    await operations.getByText('没有按其他版本办理的在办业务。').waitFor();
    await mover.getByRole('button', { name: '退回第 1 版' }).click();
    await mover.getByText('转移完成：已转 2 件，没有转成 0 件。').waitFor(long);
    await operations.getByRole('cell', { name: '不受影响' }).first().waitFor();

    await publisher.getByRole('button', { name: '历史', exact: true }).click();
    await publisher.getByRole('button', { name: '恢复这一版 第 1 版' }).click();
    const back = publisher.getByRole('dialog');
    await back.getByRole('button', { name: '恢复这一版' }).click();
    await back.getByText('错误：请写发布说明').waitFor();
    expect(await accessProblems(publisher, axe)).toEqual([]);
    await back.getByLabel('发布说明').fill('法人认证还要用');
    await back.getByRole('button', { name: '恢复这一版' }).click();
    await publisher.getByRole('row').filter({ hasText: '法人认证还要用' }).getByText('当前').waitFor();
    const saved = publisher.waitForEvent('download');
    await publisher.getByRole('link', { name: '下载文件 第 3 版' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^szmg-[0-9a-f]{12}\.zip$/);
  }, 600_000);
});
