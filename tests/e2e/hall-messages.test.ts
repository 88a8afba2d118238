import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { phone, useBrowser } from './support/browser.ts';
import type { Hall } from './support/hall.ts';
import { beginJourney, untilLabel } from './support/journey.ts';
import { eventually } from './support/sandbox.ts';
import { useServer } from './support/server.ts';
import { visit } from './support/visit.ts';

/** 我的消息: the bell, the list, what was read, live, by the keyboard, for nobody else. */
const browser = useBrowser();
const { server, world } = useServer();

async function open(hall: Hall, path: string, account = 'applicant'): Promise<void> {
  await hall.page.goto(`/login?next=${encodeURIComponent(path)}`);
  await hall.logIn(account);
}

const bell = (page: Page) => page.getByRole('banner').getByRole('link', { name: /^我的消息/ });
const rows = (page: Page) => page.getByRole('list', { name: '消息，从新到旧' }).getByRole('listitem');
const nameOf = async (page: Page): Promise<string> => (await bell(page).getAttribute('aria-label')) ?? '';

/** A case of which the hall has something to say: it is paid, and money is on its way to the company's account. */
async function told(): Promise<{ readonly id: string; readonly number: string }> {
  const journey = await beginJourney(server.url, world, 'szmg');
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.pay();
  await untilLabel(journey.applicant, journey.id, '待输入随机码');
  return journey;
}

describe('我的消息', () => {
  it('is empty and says what will come', async () => {
    await visit(browser(), server.url, 'messages-empty', async (hall) => {
      await open(hall, '/messages', 'archivist');
      await hall.title('我的消息');
      await hall.page.getByText('还没有消息').waitFor();
    });
  });

  it('comes live into every tab over one stream, is read by following it, and stays read', async () => {
    await visit(browser(), server.url, 'messages', async (hall) => {
      const { page } = hall;
      const second = await hall.window.context.newPage();
      const streams: string[] = [];
      hall.window.context.on('request', (request) => {
        if (request.url().endsWith('/api/messages/stream')) streams.push(request.url());
      });
      await open(hall, '/messages');
      await hall.title('我的消息');
      await second.goto('/cases');
      await expect.poll(() => nameOf(page)).toBe('我的消息');

      const first = await told();
      await rows(page).filter({ hasText: '已向贵司对公账户打款' }).first().waitFor();
      await expect.poll(() => nameOf(page)).toBe('我的消息，1 条未读');
      await expect.poll(() => nameOf(second)).toBe('我的消息，1 条未读');
      await expect
        .poll(() => page.getByRole('banner').getByRole('status').last().innerText())
        .toBe('有新消息，1 条未读');
      expect(streams).toHaveLength(1);
      const other = await told();
      await expect.poll(() => nameOf(second)).toBe('我的消息，2 条未读');

      // By the keyboard: the text leads to the case.
      await rows(page).first().getByRole('link').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/cases/${other.id}`);
      await expect.poll(() => nameOf(page)).toBe('我的消息，1 条未读');

      // The tab that held the stream goes; the other one takes over.
      await page.close();
      await told();
      await expect.poll(() => nameOf(second)).toBe('我的消息，2 条未读');

      await second.goto('/messages?view=unread');
      await expect.poll(() => rows(second).count()).toBe(2);
      const mark = rows(second)
        .first()
        .getByRole('button', { name: /^标为已读/ });
      await mark.focus();
      await second.keyboard.press('Enter');
      await expect.poll(() => rows(second).count()).toBe(1);
      // Who goes on by the keyboard stands in the next row.
      await expect
        .poll(() => second.evaluate(() => document.activeElement?.closest('li')?.isConnected ?? false))
        .toBe(true);
      await second.keyboard.press('Enter');
      await second.getByText('没有未读消息。').waitFor();
      await expect.poll(() => nameOf(second)).toBe('我的消息');

      await second.getByRole('link', { name: '查看全部消息' }).click();
      await expect.poll(() => rows(second).count()).toBe(3);
      await rows(second)
        .last()
        .getByRole('button', { name: /^标为未读/ })
        .click();
      await expect.poll(() => nameOf(second)).toBe('我的消息，1 条未读');
      await second.getByLabel('业务单', { exact: true }).selectOption(first.id);
      await expect.poll(() => rows(second).count()).toBe(1);
      expect(new URL(second.url()).searchParams.get('case')).toBe(first.id);
      await second.getByRole('button', { name: /^全部标为已读/ }).click();
      await expect.poll(() => nameOf(second)).toBe('我的消息');

      // After a kill it is all there.
      await server.kill();
      await server.restart();
      await second.reload();
      await expect.poll(() => rows(second).count()).toBe(1);
      await expect.poll(() => nameOf(second)).toBe('我的消息');
      await second.goto('/messages');
      await expect.poll(() => rows(second).count()).toBe(3);
    });
  });

  it('is nobody else’s', async () => {
    await visit(browser(), server.url, 'messages-other', async (hall) => {
      await open(hall, '/messages', 'applicant2');
      await hall.page.getByText('还没有消息').waitFor();
      expect(await nameOf(hall.page)).toBe('我的消息');
      await bell(hall.page).waitFor();
    });
    // Staff have no inbox of applicants.
    await visit(browser(), server.url, 'messages-staff', async (hall) => {
      await open(hall, '/faq', 'reviewer');
      await hall.page.goto('/faq');
      await hall.title('常见问题');
      expect(await bell(hall.page).count()).toBe(0);
    });
  });

  it('speaks English and fits a phone; many have pages', async () => {
    for (let n = 0; n < 20; n += 1) {
      const { applicant, id } = await beginJourney(server.url, world, 'szmg');
      for (let step = 0; step < 3; step += 1) await applicant.send(id, 'NEXT');
    }
    await world.advance(23 * 24 * 3_600_000);
    await visit(
      browser(),
      server.url,
      'messages-phone',
      async (hall) => {
        const { page } = hall;
        await open(hall, '/messages');
        await eventually('twenty messages on the first page', async () => (await rows(page).count()) === 20);
        const newest = await rows(page).first().innerText();
        await page.getByRole('navigation', { name: '分页' }).getByRole('button', { name: '下一页' }).click();
        await expect.poll(() => new URL(page.url()).searchParams.get('page')).toBe('2');
        // Earlier attempts of this file leave messages: what the page holds, not how many pages there are.
        await expect.poll(() => rows(page).first().innerText()).not.toBe(newest);
        expect(await rows(page).count()).toBeGreaterThan(0);
        expect(await rows(page).count()).toBeLessThanOrEqual(20);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        expect(wide).toBe(false);
        await page.evaluate(() => localStorage.setItem('certflow.locale', 'en'));
        await page.goto('/messages');
        await page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor();
        await page.getByRole('button', { name: 'Mark all as read' }).click();
        await page.getByText('Marked; nothing is unread').waitFor({ state: 'attached' });
      },
      phone,
    );
  });
});
