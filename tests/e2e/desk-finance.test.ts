import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { beginJourney } from './support/journey.ts';
import { eventually } from './support/sandbox.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

/** Finance: what a paid case has in the ledger, a difference settled by two people. */
const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

it('a payment stands in the ledger with its case; what the platform does not know is settled by two people', async () => {
  const journey = await beginJourney(server.url, world, 'szmg');
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.pay();
  const one = await enterRoom(browser(), server.url, 'desk', 'finance');
  const { page } = one;
  await page.getByRole('link', { name: '资金' }).click();
  const ledger = page.getByRole('region', { name: '账目' });
  await eventually('the ledger', async () => {
    await page.reload();
    await ledger
      .getByText(/合计|这段时间没有收付/)
      .first()
      .waitFor();
    return (await ledger.getByRole('link', { name: journey.number }).count()) > 0;
  });
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    ledger.getByRole('button', { name: '导出 CSV' }).click(),
  ]);
  expect(readFileSync(await file.path(), 'utf8')).toContain('payment/');
  expect(await accessProblems(page, axe)).toEqual([]);

  // A bill of today on which nothing stands: ours is missing there.
  const bill = page.getByRole('region', { name: '支付平台对账' });
  const today = await page.evaluate(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
  await bill.getByLabel('止（含）').fill(today);
  const csv = [
    '交易时间,微信订单号,交易状态,应结订单金额,商户退款单号,退款金额',
    '总交易单数,应结订单总金额,退款总金额',
    '`0,`0.00,`0.00',
  ].join('\n');
  await bill
    .locator('input[type=file]')
    .setInputFiles({ name: 'bill.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  const row = bill.getByRole('row').filter({ hasText: '本系统有，账单没有' });
  await row.waitFor();
  expect(await row.getByRole('link', { name: journey.number }).count()).toBe(1);
  await row.getByLabel('查明的情况').fill('平台次日入账');
  await row.getByRole('button', { name: '登记' }).click();
  await row.getByText('平台次日入账').waitFor();
  expect(await row.getByRole('button').count()).toBe(0);
  expect(await accessProblems(page, axe)).toEqual([]);

  const two = await enterRoom(browser(), server.url, 'desk', 'finance2');
  await two.page.goto('/desk/money');
  const same = two.page.getByRole('row').filter({ hasText: '本系统有，账单没有' });
  await same.getByRole('button').click();
  await same.getByText(/财务乙/).waitFor();
  for (const window of [one, two]) {
    expect(window.troubles).toEqual([]);
    await window.context.close();
  }
});
