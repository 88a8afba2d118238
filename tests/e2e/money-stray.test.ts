import { expect, it } from 'vitest';
import { desktop, openWindow, phone, useBrowser } from './support/browser.ts';
import { beginJourney } from './support/journey.ts';
import { demoPassword } from './support/people.ts';
import { eventually } from './support/sandbox.ts';
import { useServer } from './support/server.ts';

/** Money of another amount than the order's: it waits at finance's, is sent back by one person, confirmed by another. */
const browser = useBrowser();
const { server, world } = useServer();

async function finance(account: string, viewport = desktop) {
  const window = await openWindow(browser(), server.url, { viewport });
  await window.context.request.post(`${server.url}/api/session`, {
    data: { account, password: demoPassword },
    headers: { origin: server.url },
  });
  await window.page.goto('/desk/money');
  return window;
}

it('is listed with its reason and time, written down, and even when somebody else has looked', async () => {
  const journey = await beginJourney(server.url, world, 'szmg');
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.applicant.send(journey.id, 'ORDER');
  const order = await eventually('an order', async () => (await world.orders(journey.number)).at(-1));
  await world.pay(order.number, 'other');

  const one = await finance('finance');
  const { page } = one;
  const part = page.getByRole('region', { name: '待认领的款项' });
  const row = part.getByRole('row').filter({ hasText: 'payment/' });
  await eventually('the money', async () => {
    await page.reload();
    return row
      .first()
      .waitFor({ timeout: 3_000 })
      .then(
        () => true,
        () => false,
      );
  });
  expect(await row.innerText()).toContain('279.99 元');
  expect(await row.innerText()).toContain('金额与订单不同');
  await row.getByRole('button', { name: '登记退回' }).click();
  await part.getByRole('alert').getByText('退款单号').waitFor();
  await row.getByLabel('平台退款单号').fill('50300001');
  await row.getByLabel('查明的情况').fill('付款人输错金额，已退回');
  await page.keyboard.press('Enter');
  await row.getByText('等另一位财务核对').waitFor();
  expect(await row.getByRole('button').count()).toBe(0);

  const two = await finance('finance2', phone);
  const there = two.page.getByRole('row').filter({ hasText: 'payment/' });
  await there.getByRole('button', { name: '核对无误' }).click();
  await there.getByText('已核对').waitFor();
  expect(await two.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
  await page.reload();
  await row.getByText('已核对').waitFor();
  for (const window of [one, two]) {
    expect(window.troubles).toEqual([]);
    await window.context.close();
  }
});
