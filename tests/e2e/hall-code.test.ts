import { afterEach, describe, expect, it } from 'vitest';
import { phone, useBrowser } from './support/browser.ts';
import type { Hall } from './support/hall.ts';
import { beginJourney, untilLabel } from './support/journey.ts';
import { hour } from './support/sandbox.ts';
import { useServer } from './support/server.ts';
import { openCase, visit } from './support/visit.ts';

/** The random code of the small transfer, and the list that leads to it. */
const browser = useBrowser();
const { server, world } = useServer();
afterEach(() => world.asUsual());

async function atCode(): Promise<{ id: string; number: string }> {
  const journey = await beginJourney(server.url, world, 'szmg');
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.pay();
  await untilLabel(journey.applicant, journey.id, '待输入随机码');
  return journey;
}

async function enter(hall: Hall, code: string): Promise<void> {
  await hall.field('randomCode', 'code').fill(code);
  await hall.press('输入随机码');
}

describe('the random code', () => {
  it('is counted when wrong, locked after five, and another one comes with another transfer', async () => {
    const { id, number } = await atCode();
    await visit(browser(), server.url, 'code', async (hall) => {
      const { page } = hall;
      await openCase(hall, id);
      await hall.title('输入对公账户收到的随机码');
      const first = await world.remark(number);
      const wrong = first === '111111' ? '222222' : '111111';

      // What is no code at all is no try.
      await enter(hall, '12');
      await page.locator('.fv-summary, .fv-error').first().waitFor();
      for (const left of [4, 3, 2, 1]) {
        await enter(hall, wrong);
        await page.getByText(`随机码不正确，还可以输入 ${left} 次`).first().waitFor();
      }
      await enter(hall, wrong);
      await page.getByText('随机码已锁定', { exact: true }).first().waitFor();
      expect(await hall.field('randomCode', 'code').count()).toBe(0);

      // Locked also for whoever asks past the page, even with the right code.
      const answer = await page.evaluate(
        async ([one, code]) => {
          const view = await (await fetch(`/api/cases/${one}`)).json();
          const response = await fetch(`/api/cases/${one}/events`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              event: 'CODE',
              data: { code },
              revision: view.revision,
              request: crypto.randomUUID(),
            }),
          });
          return response.status;
        },
        [id, first] as const,
      );
      expect(answer).toBe(409);

      await world.advance(24 * hour + 1000);
      await hall.title('输入对公账户收到的随机码');
      const second = await world.remark(number, 1);
      if (second !== first) {
        await enter(hall, first);
        await page.getByText('随机码不正确，还可以输入 4 次').first().waitFor();
      }
      await enter(hall, second);
      await page.getByText('待审核', { exact: true }).first().waitFor();
    });
  });
});

describe('我的业务单', () => {
  it('has the newest first, its filters, and for each state the operations that can be done', async () => {
    const { id, number } = await atCode();
    const draft = await beginJourney(server.url, world, 'inner-mongolia');
    await visit(browser(), server.url, 'list', async (hall) => {
      const { page } = hall;
      await page.goto('/login?next=/cases');
      await hall.logIn();
      await hall.title('我的业务单');
      const rows = page.locator('table tbody tr');
      await rows.first().waitFor();
      const digits = async (row: number) => (await rows.nth(row).innerText()).replace(/\D/g, '');
      expect(await digits(0)).toContain(draft.number);
      expect(await digits(1)).toContain(number);
      const row = rows.filter({ hasText: '待输入随机码' }).first();
      for (const operation of [/^输入随机码/, /^申请退费/, /^查看/])
        expect(await row.getByRole('link', { name: operation }).count(), String(operation)).toBe(1);
      const links = await rows.nth(0).getByRole('link').allInnerTexts();
      expect(links.join()).not.toMatch(/随机码|退费/);

      // The number as it is printed, only its end, in whatever way it was copied.
      const filter = page.getByLabel('业务单号');
      await filter.fill(number.slice(-8));
      await page.getByRole('button', { name: '查询' }).click();
      await expect.poll(() => rows.count()).toBe(1);
      expect(await digits(0)).toContain(number);
      await filter.fill('没有这个号码 %_*');
      await page.getByRole('button', { name: '查询' }).click();
      await expect.poll(() => rows.count()).toBe(0);
      await page.getByText(/没有/).first().waitFor();
      await page.goBack();
      await expect.poll(() => rows.count()).toBe(1);

      await row.getByRole('link', { name: /^申请退费/ }).click();
      await page.waitForURL(new RegExp(id));
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hall.title('输入对公账户收到的随机码');
    });
  });

  it('is cards on a phone, nothing wider than the screen', async () => {
    const { id } = await atCode();
    await visit(
      browser(),
      server.url,
      'list-phone',
      async (hall) => {
        const { page } = hall;
        await page.goto('/login?next=/cases');
        await hall.logIn();
        await hall.title('我的业务单');
        await page.locator(`a[href*="${id}"]`).first().waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
        await page.locator(`a[href*="${id}"]`).first().click();
        await page.waitForURL(new RegExp(id));
        await hall.title('输入对公账户收到的随机码');
        const field = hall.field('randomCode', 'code');
        expect(await field.getAttribute('inputmode')).toBe('numeric');
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
      },
      phone,
    );
  });
});
