import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { beginJourney } from './support/journey.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

describe('a real case in the lab', () => {
  it('is taken by its number for a reason, stands where it stood, and shows nothing of its original', async () => {
    const journey = await beginJourney(server.url, world, 'szmg');
    const name = '北辰远景影视文化传媒集团';
    const agent = { name: '欧阳秘密', mobile: '13912345678' };
    await journey.fillIn({ over: { organization: { name }, agent, bank: { accountName: name } } });
    await journey.verifyHandler();

    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    const answers: string[] = [];
    page.on('response', async (response) => {
      if (response.url().endsWith('/api/lab/cases')) answers.push(await response.text().catch(() => ''));
    });
    await page.getByRole('button', { name: '从真实业务单开始' }).click();
    const dialog = page.getByRole('dialog');
    const take = dialog.getByRole('button', { name: '取匿名业务单' });
    // Nonsense first: what is missing is said at its field, and a number that is none is said to be none.
    await take.click();
    await dialog.getByText('错误：请填写业务单号').waitFor();
    await dialog.getByText('错误：请写明用来做什么').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.getByLabel('业务单号').fill('123');
    await dialog.getByLabel('用来做什么').fill('重现支付前的问题');
    await take.click();
    await dialog.getByText('没有找到这个单号').waitFor();

    await dialog.getByLabel('业务单号').fill(journey.number);
    await take.click();
    await page.getByText('真实业务单，已匿名').waitFor();
    await page.locator('[data-event="ORDER"]').first().waitFor();
    const shown = await page.locator('body').innerText();
    for (const original of [name, agent.name, agent.mobile, journey.number, journey.id]) {
      expect(shown).not.toContain(original);
      expect(answers.join()).not.toContain(original);
    }
    expect(answers.at(-1)).toContain('main.work.payment');
    expect(await accessProblems(page, axe)).toEqual([]);

    // It is played on, and back to where it began.
    const rows = await page.locator('.labjournal tbody tr').count();
    await page.locator('[data-event="ORDER"]').first().click();
    await expect.poll(() => page.locator('.labjournal tbody tr').count()).toBeGreaterThan(rows);
    await page.getByRole('button', { name: '从头开始' }).click();
    await expect.poll(() => page.locator('.labjournal tbody tr').count()).toBe(rows);

    // A reload forgets it and says so.
    await page.reload();
    await page.getByText('匿名业务单只留在打开它的页面里').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    // The one answer that was refused is the number that is none.
    expect(troubles.filter((trouble) => !trouble.includes('404'))).toEqual([]);

    const auditor = await logIn(server.url, 'auditor');
    const log = JSON.stringify(await auditor.call('GET', '/api/audit?action=sample'));
    expect(log).toContain('重现支付前的问题');
    expect(log).toContain(journey.number);
  });

  it('is not offered to whoever edits', async () => {
    const { page } = await enterRoom(browser(), server.url, 'lab', 'admin');
    await page.getByRole('link', { name: '场景 × 项目' }).waitFor();
    expect(await page.getByRole('button', { name: '从真实业务单开始' }).count()).toBe(0);
  });
});
