import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { HealthView } from '../../engine/contract/health.ts';
import { phone, useBrowser } from './support/browser.ts';
import { beginJourney } from './support/journey.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

/** Operations see how the server does, and what to do when it does not. */
const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const levelOf = (page: Page, part: string) => page.locator(`[data-part=${part}]`).getAttribute('data-level');
const isNoWider = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

/** Disk, files, what waits, what runs: each has a line of its own. */
const PARTS = 11;

const allGood = ({ levels }: HealthView) => Object.fromEntries(Object.keys(levels).map((part) => [part, 'good']));

it('all is well, and the page says so; it is found among the pages of operations and of nobody else', async () => {
  const { page, troubles, context } = await enterRoom(browser(), server.url, 'desk', 'operations');
  await page.getByRole('link', { name: '系统状态' }).click();
  await page.waitForURL('**/desk/health');
  await page.getByText('数据可以正常保存。').waitFor();
  expect(await page.locator('[data-part]').count()).toBe(PARTS);
  // A machine that others use, too, may be slow: that is what the part about it says.
  expect(await page.locator('[data-part]:not([data-part=loop], [data-level=good])').count()).toBe(0);
  expect(await page.getByText(/^服务器 \S+:\d+ · 版本 \d+\.\d+\.\d+ · 已运行 /).count()).toBe(1);
  expect(await accessProblems(page, axe)).toEqual([]);
  await page.reload();
  await page.getByText('数据可以正常保存。').waitFor();
  await page.goBack();
  await page.waitForURL(/\/desk$|\/desk\?/);
  expect(troubles).toEqual([]);
  await context.close();

  const reviewer = await enterRoom(browser(), server.url, 'desk', 'reviewer');
  expect(await reviewer.page.getByRole('link', { name: '系统状态' }).count()).toBe(0);
  await reviewer.page.goto('/desk/health');
  await reviewer.page
    .getByRole('alert')
    .getByText(/没有这项权限/)
    .waitFor();
  await expect((await logIn(server.url, 'reviewer')).call('GET', '/api/operations/health')).rejects.toMatchObject({
    status: 403,
  });
  await reviewer.context.close();
});

it('a request that nobody answers is seen as waiting, then as one that somebody has to decide about', async () => {
  await world.next('telecom.verifyPerson', { manner: 'unavailable', left: null });
  const journey = await beginJourney(server.url, world, 'szmg');
  await journey.fillIn();
  // It ends at the order, which never comes.
  const waits = journey.verifyHandler().catch(() => undefined);
  const { page, context } = await enterRoom(browser(), server.url, 'desk', 'operations');
  await page.goto('/desk/health');
  await page.getByRole('row', { name: /telecom 1 0/ }).waitFor({ timeout: 60_000 });
  await world.advance(3 * 3_600_000);
  // Without being asked: it looks by itself.
  await page.locator('[data-part=letters][data-level=look]').waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: '打开“没有答复的请求”' }).click();
  await page.waitForURL('**/desk/letters');
  await page.getByRole('row', { name: new RegExp(journey.number) }).waitFor();
  await waits;
  await world.asUsual();
  await context.close();
});

it('what is wrong comes first, with what to do; it fits a phone; what is not to be had now is said to be old', async () => {
  const { page, context } = await enterRoom(browser(), server.url, 'desk', 'operations');
  await page.setViewportSize(phone);
  let isAway = false;
  let isWell = false;
  await page.route('**/api/operations/health', async (route) => {
    if (isAway) return route.abort();
    const view = (await (await route.fetch()).json()) as HealthView;
    if (isWell) return route.fulfill({ json: { ...view, levels: allGood(view) } });
    const queues = [{ name: 'a-connector-with-a-very-long-name-of-its-own', waiting: 3, owed: 2, oldest: 7_200_000 }];
    await route.fulfill({
      json: {
        ...view,
        levels: { ...allGood(view), store: 'act', queues: 'act', memory: 'look' },
        trouble: 'ENOSPC: no space left on device, write',
        queues,
      },
    });
  });
  await page.goto('/desk/health');
  await page.getByText('2 项需要现在处理。').waitFor();
  await page.getByText('1 项需要看一看').waitFor();
  const order = await page.locator('[data-part]').evaluateAll((all) => all.map((one) => one.getAttribute('data-part')));
  expect(order.slice(0, 3)).toEqual(['store', 'queues', 'memory']);
  expect(await levelOf(page, 'store')).toBe('act');
  await page.getByText('CertflowStoreRefusesWrites').waitFor();
  expect(await isNoWider(page)).toBe(true);
  expect(await accessProblems(page, axe)).toEqual([]);
  isWell = true;
  await page.getByText('一切正常。').waitFor({ timeout: 60_000 });
  isAway = true;
  await page.getByText(/没有取到最新情况/).waitFor({ timeout: 60_000 });
  expect(await page.locator('[data-part]').count()).toBe(PARTS);
  isAway = false;
  await page.getByText(/没有取到最新情况/).waitFor({ state: 'detached', timeout: 60_000 });
  await context.close();
});

it('a server that cannot say who somebody is sends nobody to log in: it says so, and the page comes when it can', async () => {
  const { page, context } = await enterRoom(browser(), server.url, 'desk', 'operations');
  let isAway = true;
  await page.route('**/api/session', (route) =>
    isAway
      ? route.fulfill({ status: 503, json: { error: { code: 'try-later', message: '系统暂时不能保存，请稍后再试' } } })
      : route.continue(),
  );
  await page.goto('/desk/health');
  const said = page.getByRole('alert');
  await said.getByText(/系统暂时不能保存/).waitFor();
  expect(new URL(page.url()).pathname).toBe('/desk/health');
  isAway = false;
  await said.getByRole('button', { name: '重试' }).click();
  await page.getByText('数据可以正常保存。').waitFor();
  await context.close();
});
