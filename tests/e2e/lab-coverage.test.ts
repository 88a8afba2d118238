import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const PATIENCE = { timeout: 120_000 };

describe('coverage in the lab', () => {
  it('spoils the process place by place, names what no scenario notices, and writes the one that would', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=district-archive&view=coverage');
    const judge = page.getByRole('button', { name: '逐处改坏，演一遍' });
    await judge.waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await judge.click();
    // It can be stopped, and begun again.
    await page.getByRole('button', { name: '停止' }).click();
    await page.getByRole('button', { name: '演一遍，数一数' }).waitFor();
    await judge.click();
    await page.locator('[data-judged]').waitFor(PATIENCE);
    const left = Number(/(\d+) 处没有/.exec(await page.locator('[data-judged]').innerText())?.[1]);
    expect(await page.locator('[data-mutant]').count()).toBe(left);
    expect(left).toBeGreaterThan(0);
    expect(await accessProblems(page, axe)).toEqual([]);

    const first = page.locator('[data-mutant]').first();
    await first.getByRole('button', { name: /写出能发现它的场景/ }).click();
    await first.locator('[data-scenario], [role=alert]').first().waitFor(PATIENCE);
    expect(await accessProblems(page, axe)).toEqual([]);

    // One state by itself: fewer are tried.
    await page.getByLabel('在哪里').selectOption({ index: 1 });
    await judge.click();
    await page.locator('[data-judged]').waitFor(PATIENCE);
    expect(troubles).toEqual([]);
  });

  it('writes the scenario for a gap of another kind than a state, and plays it', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=district-archive&view=coverage');
    await page.getByRole('button', { name: '演一遍，数一数' }).click();
    const gap = page
      .locator('.labgaps li')
      .filter({ has: page.locator('.tag', { hasText: /^(条件|定时|答复|表单)$/ }) })
      .first();
    await gap.waitFor(PATIENCE);
    await gap.getByRole('button', { name: /写出缺的场景/ }).click();
    await gap.locator('[data-scenario]').waitFor(PATIENCE);
    await gap.getByRole('button', { name: '演这个场景' }).click();
    await page.locator('[data-story]').waitFor(PATIENCE);
    expect(troubles).toEqual([]);
  });
});
