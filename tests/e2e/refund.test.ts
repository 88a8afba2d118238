import { mkdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { balance } from '../../server/connectors/payment/ledger.ts';
import type { Running } from '../../server/server.ts';
import { ordered, tell, type WechatWorld, wechatWorld } from '../server/connectors/payment/wechat-server.ts';
import { phone, useBrowser } from './support/browser.ts';
import { openCase, openDesk, withPictures } from './support/desk.ts';
import { company } from './support/hall.ts';
import { offersOf, untilLabel, untilView } from './support/journey.ts';
import { demoPassword, logIn } from './support/people.ts';
import { type OutsideWorld, outsideWorld } from './support/sandbox.ts';
import { accessProblems } from './support/workbench.ts';

/**
 * A refund from the applicant's wish to the red letter, over the real client of the provider: asked for, decided by somebody who
 * did not review, paid back by the way it came, closed by the provider and tried again, and the invoice reversed.
 */
const browser = useBrowser();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
let outside: WechatWorld;
let server: Running;
let world: OutsideWorld;
beforeAll(async () => {
  outside = await wechatWorld();
  server = await outside.serve();
  world = outsideWorld(() => server.url);
});
afterAll(async () => {
  await server.close();
  outside.close();
});

/** Looks at a screen as everybody has it: nothing that keeps people out, at both widths; pictures where they are wanted. */
async function look(page: Page, name: string): Promise<void> {
  const size = page.viewportSize() ?? phone;
  const folder = process.env.SHOTS;
  if (folder) mkdirSync(folder, { recursive: true });
  for (const viewport of [size, phone]) {
    await page.setViewportSize(viewport);
    expect(await accessProblems(page, axe), `${name} at ${viewport.width}`).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${name} at ${viewport.width} scrolls sideways`).toBeLessThanOrEqual(0);
    if (folder) await page.screenshot({ path: `${folder}/refund-${name}-${viewport.width}.png`, fullPage: true });
  }
  await page.setViewportSize(size);
}

it('a refund goes back by the channel it came from, over a second person, a failure and a red letter', async () => {
  const { wechat } = outside;
  const { name: title, number: taxNumber } = company();
  const invoice = { wanted: 'electronic', taxpayer: 'enterprise', title, taxNumber };
  const { id, number } = await ordered(server, 'applicant', taxNumber, { invoice });
  const paid = wechat.pay(number);
  expect(await tell(server, paid)).toBe(200);
  const applicant = await logIn(server.url, 'applicant');
  const { number: caseNumber } = await untilLabel(applicant, id, '待输入随机码');
  await applicant.send(id, 'CODE', { data: { code: await world.remark(caseNumber) } });

  // Somebody with both roles reviews it: what she has approved she may not pay back.
  const both = { account: 'both', password: demoPassword, name: '审核兼财务', roles: ['reviewer', 'finance'] };
  await server.context.accounts.seed(both);
  const reviewer = await logIn(server.url, 'both');
  await untilView(reviewer, id, 'the review', (view) => offersOf(view).includes('CLAIM'));
  await world.next('ca.produce', { outcome: 'FAILED', left: null });
  await reviewer.send(id, 'CLAIM');
  await reviewer.send(id, 'APPROVE');
  const operations = await logIn(server.url, 'operations');
  await untilView(operations, id, 'what cannot be made', (view) => offersOf(view).includes('NEED_DATA'));
  await operations.send(id, 'NEED_DATA', {
    data: { flags: [{ field: 'delivery.recipient', reason: '收件人不完整' }] },
  });
  await untilLabel(applicant, id, '未通过');

  const hall = await openCase(browser(), server.url, id);
  const first = await openDesk(browser(), server.url, 'both');
  const desk = await openDesk(browser(), server.url, 'finance');
  const payments = () => server.context.ledger.read(id);
  await withPictures(
    'refund-whole',
    () => [hall.page, first.page, desk.page],
    async () => {
      // Asked.
      const { page } = hall;
      await page.getByText('其他操作').click();
      await page.locator('[data-event="REFUND_ASK"]').first().click();
      const wish = page.getByRole('dialog');
      await wish.locator('[data-event="REFUND_ASK"]').click();
      await wish.locator('.fv-summary').waitFor();
      await wish.getByLabel('其他').check();
      await wish.locator('textarea').fill('招标项目取消了');
      await look(page, '1-asked');
      await wish.locator('[data-event="REFUND_ASK"]').click();
      await page.getByText('退费处理中', { exact: true }).first().waitFor();
      await look(page, '2-waiting');

      // Four eyes: the reviewer sees it and has no button for it, and is refused behind the page's back as well.
      await first.open(id);
      await first.page.getByText('招标项目取消了').first().waitFor();
      await look(first.page, '3-not-hers');
      expect(
        await first.page.locator('.deskend [data-event="REFUND_APPROVE"]:not([aria-disabled="true"])').count(),
      ).toBe(0);
      const refused = await reviewer
        .send(id, 'REFUND_APPROVE', { data: { text: '同意' } })
        .catch((error: Error) => error);
      expect(String(refused)).toMatch(/: 4\d\d .*审核/);
      expect(wechat.refunds.size).toBe(0);

      // Approved by another person; the provider closes it without paying.
      wechat.nextRefund = 'CLOSED';
      await (await desk.row(caseNumber)).getByRole('link', { name: /办理/ }).click();
      await desk.data.getByText('招标项目取消了').waitFor();
      await desk.data.getByText('280.00 元').first().waitFor();
      await look(desk.page, '4-to-decide');
      await desk.note('REFUND_APPROVE', '核对无误，同意退费');
      await desk.offer('RETRY_REFUND').waitFor();
      await desk.data.getByText('退款已被关闭', { exact: true }).waitFor();
      await look(desk.page, '5-failed');
      expect([...wechat.refunds.values()].map(({ status }) => status)).toEqual(['CLOSED']);
      expect((await payments()).map((one) => one.id.split('/')[0])).toEqual(['payment']);
      await page.reload();
      await page.getByText('退费处理中', { exact: true }).first().waitFor();

      // Tried again under another number; the provider takes its time and tells of it, twice.
      wechat.nextRefund = 'PROCESSING';
      await world.next('invoice.reverse', { outcome: 'FAILED', data: { reason: '发票已用于抵扣' } });
      await desk.press('RETRY_REFUND');
      await expect.poll(() => wechat.refunds.size).toBe(2);
      const [closed, second] = [...wechat.refunds.values()];
      expect(second?.number).not.toBe(closed?.number);
      const done = wechat.settle(second!.number, 'SUCCESS');
      expect(await tell(server, done)).toBe(200);
      expect(await tell(server, done)).toBe(200);
      await page.getByText('已退费', { exact: true }).first().waitFor();
      await look(page, '6-refunded');

      // The invoice is reversed, not at the first try.
      await desk.page.reload();
      await desk.offer('RETRY_REVERSE').waitFor();
      await desk.data.getByText('发票已用于抵扣', { exact: true }).waitFor();
      await look(desk.page, '7-not-reversed');
      await desk.press('RETRY_REVERSE');
      await untilView(applicant, id, 'the end', (view) => view.over);
      await desk.page.reload();
      await desk.data.waitFor();
      await look(desk.page, '8-over');
    },
  );

  const [payment] = await payments();
  const transaction = payment?.id.split('/')[1];
  expect([...wechat.refunds.values()].map((one) => [one.transaction, one.amount, one.status])).toEqual([
    [transaction, 28_000, 'CLOSED'],
    [transaction, 28_000, 'SUCCESS'],
  ]);
  const postings = await payments();
  expect(postings).toHaveLength(2);
  for (const account of ['provider:wechat', `case:${id}`]) expect(balance(postings, account)).toBe(0);
  const { document } = await server.context.cases.read(id);
  const { person } = await (await logIn(server.url, 'finance')).session();
  expect(document.state.people.refundApprover).toBe(person?.id);
  const asked = await world.requests(caseNumber);
  const ofInvoice = asked
    .filter(({ connector }) => connector === 'invoice')
    .map(({ operation, outcome }) => `${operation} ${outcome}`);
  expect(ofInvoice).toEqual(['issue ISSUED', 'reverse FAILED', 'reverse REVERSED']);
  const told = (await world.messages()).map(({ text }) => text);
  expect(told.some((text) => text.includes('已退费，款项原路退回'))).toBe(true);
  await desk.leave();
  await first.leave();
  expect(hall.window.troubles).toEqual([]);
  await hall.window.context.close();
});
