import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { journeyToReview } from './support/journey.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

describe('the queue', () => {
  it('is walked over and narrowed by the keyboard, and shows a new case without being asked', async () => {
    const first = await journeyToReview(server.url, world, 'szmg');
    const { page, troubles } = await enterRoom(browser(), server.url, 'desk', 'reviewer');
    const rows = page.locator('.deskqueue tbody tr');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await rows.first().waitFor();
    const before = await rows.count();
    expect(await accessProblems(page, axe)).toEqual([]);

    // The second case arrives while the page is looked at.
    const second = await journeyToReview(server.url, world, 'inner-mongolia');
    await expect.poll(() => rows.count(), { timeout: 15_000 }).toBe(before + 1);
    const shown = page.locator('.deskqueue .btn');
    const numbers = (await shown.allTextContents()).map((text) => /\d{17}/.exec(text)?.[0]);
    expect(numbers).toEqual(expect.arrayContaining([first.number, second.number]));

    await page.keyboard.press('j');
    const one = await focused();
    await page.keyboard.press('ArrowDown');
    const two = await focused();
    expect([one, two].map((text) => /\d{17}/.exec(text)?.[0])).toEqual(numbers.slice(0, 2));
    await page.keyboard.press('k');
    expect(await focused()).toBe(one);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/desk\/[^?]+$/);
    await page.goBack();

    await rows.nth(1).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(second.number.slice(-6));
    await expect.poll(() => rows.count()).toBe(1);
    expect(page.url()).toContain(`q=${second.number.slice(-6)}`);
    // What was looked for is gone with the filter; a letter that is typed is no shortcut.
    await page.keyboard.type('没有这一件njk');
    await page.getByText('没有符合条件的业务单').waitFor();
    await page.getByRole('link', { name: '清除条件' }).click();
    await expect.poll(() => rows.count()).toBe(before + 1);
    expect(await page.getByRole('searchbox').inputValue()).toBe('');

    await page.getByRole('combobox', { name: '项目' }).selectOption('szmg');
    const all = async () => (await shown.allTextContents()).join();
    await expect.poll(all).toContain(first.number);
    expect(await all()).not.toContain(second.number);
    await page.getByRole('button', { name: /即将超时/ }).click();
    await page.getByText('没有符合条件的业务单').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    expect(troubles).toEqual([]);
  });
});
