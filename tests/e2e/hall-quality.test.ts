import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktop, phone, useBrowser } from './support/browser.ts';
import { company, openHall, openPhone } from './support/hall.ts';
import { beginJourney } from './support/journey.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';

/** What holds on every page of the hall: WCAG 2.2 AA as far as axe sees it, no sideways scrolling, a lean first step. */
const browser = useBrowser();
const { server, world } = useServer();

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Violations of WCAG 2.2 A and AA, each with the element. */
async function violations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not as a script of the page: the content security policy stays as it is.
  await page.evaluate(`${axe}; 0`);
  const results = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  )) as AxeResults;
  expect(results.passes.length, 'rules that were checked').toBeGreaterThan(5);
  return results.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
}

async function expectFine(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(300);
  expect(await violations(page), name).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
}

describe.each([
  { name: 'at 1440', viewport: desktop, large: false },
  { name: 'at 390', viewport: phone, large: false },
  { name: 'at 390, large and high contrast', viewport: phone, large: true },
])('the hall $name', ({ viewport, large }) => {
  it('is accessible on its pages', async () => {
    const hall = await openHall(browser(), server.url, viewport);
    const { page } = hall;
    if (large) {
      await hall.window.context.addInitScript(() => {
        localStorage.setItem('certflow.modes', JSON.stringify({ size: 'large', contrast: 'high' }));
      });
    }
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectFine(page, 'home');
    await page.goto('/faq');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectFine(page, 'faq');
    await page.goto('/register');
    await page.getByRole('main').getByRole('button', { name: '注册并登录' }).click();
    await expectFine(page, 'registration with errors');
    const id = await hall.begin('szmg', 'applicant2');
    await expectFine(page, 'guide');
    await hall.agree();
    await hall.press('下一步');
    await hall.title('选择证书类型和年限');
    await hall.choose();
    await expectFine(page, 'choice');
    await hall.press('下一步');
    await hall.title('填写申请信息');
    await hall.press('下一步');
    await page.locator('.fv-summary').waitFor();
    await expectFine(page, 'form with errors');
    await hall.fillIn(company());
    await hall.press('下一步');
    await hall.title('核对并打印申请表');
    await expectFine(page, 'print');
    await hall.press('下一步');
    await hall.title('上传证件资料');
    await expectFine(page, 'upload');
    const applicant = await logIn(server.url, 'applicant2');
    await applicant.send(id, 'NEXT');
    await hall.title('用手机扫码，完成经办人认证');
    await expectFine(page, 'QR code');
    const handset = await openPhone(browser(), hall);
    await handset.title('在手机上拍摄身份证');
    await expectFine(handset.page, 'phone');
    await handset.window.context.close();
    await page.goto('/cases');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectFine(page, 'list');
    await page.goto('/account');
    await expectFine(page, 'account');
    await hall.window.context.close();
  });

  it('is accessible while others work', async () => {
    const journey = await beginJourney(server.url, world, 'szmg');
    await journey.fillIn();
    await journey.verifyHandler();
    await journey.pay();
    const hall = await openHall(browser(), server.url, viewport);
    await hall.page.goto(`/login?next=/cases/${journey.id}`);
    await hall.logIn();
    await hall.title('输入对公账户收到的随机码');
    await expectFine(hall.page, 'code');
    await journey.enterCode();
    await hall.page.getByText('待审核', { exact: true }).first().waitFor();
    await expectFine(hall.page, 'waiting');
    await hall.window.context.close();
  });
});

describe('the first step', () => {
  it('needs at most 180 kB of script', async () => {
    const hall = await openHall(browser(), server.url);
    const scripts = new Map<string, Promise<Buffer>>();
    hall.page.on('response', (answer) => {
      if (/\.js($|\?)/.test(new URL(answer.url()).pathname)) scripts.set(answer.url(), answer.body());
    });
    await hall.begin('szmg', 'applicant');
    await hall.agree();
    await hall.press('下一步');
    await hall.title('选择证书类型和年限');
    const sizes = await Promise.all([...scripts.values()].map(async (body) => gzipSync(await body).length));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(sizes.length).toBeGreaterThan(2);
    expect(total / 1024, 'kB gzip').toBeLessThanOrEqual(180);
    await hall.window.context.close();
  });

  it('is reached by the keyboard alone, the focus always in sight', async () => {
    const hall = await openHall(browser(), server.url, phone);
    await hall.begin('szmg', 'applicant');
    const hidden: string[] = [];
    for (let press = 0; press < 25; press += 1) {
      await hall.page.keyboard.press('Tab');
      hidden.push(
        ...(await hall.page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body || element.closest('.bar')) return [];
          const box = element.getBoundingClientRect();
          const bar = document.querySelector('.offers .bar')?.getBoundingClientRect();
          return bar && box.top >= bar.top ? [element.outerHTML.slice(0, 120)] : [];
        })),
      );
    }
    expect(hidden).toEqual([]);
    await hall.window.context.close();
  });
});
