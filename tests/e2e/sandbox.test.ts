import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openWindow, phone, useBrowser } from './support/browser.ts';
import { beginJourney, type Journey, offersOf, untilLabel, untilView } from './support/journey.ts';
import { eventually, hour } from './support/sandbox.ts';
import { useServer } from './support/server.ts';
import { accessProblems } from './support/workbench.ts';

/** The outside world, clicked on as a developer or a trainer does: what happens there moves the cases in the hall. */
const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

async function toOrder(): Promise<Journey> {
  const journey = await beginJourney(server.url, world, 'szmg');
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.applicant.send(journey.id, 'ORDER');
  return journey;
}

describe('the sandbox', () => {
  it('pays by the wallet; the transfer’s remark on the statement is the code; messages reach the phone', async () => {
    const journey = await toOrder();
    const { id, number, applicant } = journey;
    const order = await eventually('an order', async () => (await world.orders(number)).at(-1));

    const handset = await openWindow(browser(), server.url, { viewport: phone });
    await handset.page.goto('/sandbox/wallet');
    await handset.page.getByRole('row').filter({ hasText: order.number }).getByRole('link', { name: '打开' }).click();
    await handset.page.getByRole('button', { name: '放弃支付' }).click();
    await handset.page.getByText('放弃过 1 次').waitFor();
    // Giving up at the wallet ends nothing: the order is still open there and in the hall.
    expect((await applicant.case(id)).status.label).toBe('待支付');
    expect(await accessProblems(handset.page, axe)).toEqual([]);
    await handset.page.getByRole('button', { name: /^支付 / }).click();
    await handset.page.getByText('已支付').waitFor();
    await untilLabel(applicant, id, '待输入随机码');

    const { page, troubles } = await openWindow(browser(), server.url);
    await page.goto('/sandbox/bank');
    const grouped = (text: string) => text.replace(/\s/g, '');
    const row = page
      .getByRole('row')
      .filter({ has: page.locator('.remark') })
      .first();
    await row.waitFor();
    expect(grouped(await row.innerText())).toContain(number);
    const code = (await row.locator('.remark').innerText()).trim();
    expect(code).toMatch(/^\d{6}$/);
    expect(await accessProblems(page, axe)).toEqual([]);

    await page.goto('/sandbox/phone');
    const messages = await world.messages();
    expect(messages.length).toBeGreaterThan(0);
    await page
      .getByText(messages[0]?.text ?? '', { exact: false })
      .first()
      .waitFor();
    // The code comes with the transfer only, never by message.
    expect(messages.some((message) => message.text.includes(code))).toBe(false);
    expect(await accessProblems(page, axe)).toEqual([]);

    await applicant.send(id, 'CODE', { data: { code } });
    await untilLabel(applicant, id, '待审核');
    expect(troubles).toEqual([]);
    expect(handset.troubles).toEqual([]);
  });

  it('lets a transfer fail by choice on the bank’s page, and takes the choice back', async () => {
    const { page } = await openWindow(browser(), server.url);
    await page.goto('/sandbox');
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.goto('/sandbox/systems/bank');
    const form = page.locator('form', { has: page.locator('input[value="bank.microDeposit"]') }).last();
    const failed = form.locator('select[name="outcome"] option[value="FAILED"]');
    await form.locator('select[name="outcome"]').selectOption('FAILED');
    await form.getByRole('button', { name: '定下' }).click();
    await page.getByText('还有 1 次').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    const title = await failed.innerText();

    const { id, number, applicant } = await toOrder();
    await world.pay((await eventually('an order', async () => (await world.orders(number)).at(-1))).number);
    await untilLabel(applicant, id, '金融认证失败');
    await page.reload();
    await page.getByRole('row').filter({ hasText: title }).first().waitFor();
    expect(await page.getByText('还有 1 次').count()).toBe(0);
  });

  it('puts the clock forward: what is due happens, and nothing goes back', async () => {
    const { id, applicant } = await toOrder();
    await untilView(applicant, id, 'the payment', (view) => offersOf(view).includes('CLIENT_RETURN'));
    const before = (await applicant.case(id)).status.label;
    expect(before).toBe('待支付');
    const { page } = await openWindow(browser(), server.url);
    await page.goto('/sandbox');
    const clock = () => page.locator('strong.num').first().innerText();
    const shown = await clock();
    await page.getByRole('button', { name: '拨快 1 天' }).click();
    await expect.poll(clock).not.toBe(shown);
    // An order is open for hours, not for a day.
    await untilView(applicant, id, 'the order’s end', (view) => !offersOf(view).includes('CLIENT_RETURN'));
    expect(new Date(await world.advance(0)).getTime()).toBeGreaterThan(Date.now() + 23 * hour);
  });

  it('speaks the language that was chosen in the hall, and is where it can be changed', async () => {
    const { page } = await openWindow(browser(), server.url);
    await page.goto('/sandbox/wallet');
    await page.getByRole('heading', { level: 1, name: '手机钱包' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Wallet' }).waitFor();
    await page.goto('/');
    await page.locator('html[lang=en]').waitFor();
    await page.evaluate(() => localStorage.setItem('certflow.locale', 'zh-CN'));
    await page.goto('/sandbox/bank');
    await page.getByRole('heading', { level: 1, name: '单位的银行流水' }).waitFor();
  });

  it('is not there under a foreign name, and nobody else can speak for the outside', async () => {
    const { port } = new URL(server.url);
    const foreign = await new Promise<string>((done, fail) => {
      get(
        { host: '127.0.0.1', port, path: '/sandbox/api/statement', headers: { host: 'elsewhere.example' } },
        (answer) => {
          let said = '';
          answer.on('data', (part) => {
            said += part;
          });
          answer.on('end', () => done(`${answer.headers['content-type']} ${said}`));
        },
      ).on('error', fail);
    });
    expect(await (await fetch(`${server.url}/sandbox/api/statement`)).json()).toEqual(expect.any(Array));
    expect(foreign).not.toContain('remark');
    expect(foreign).not.toMatch(/^application\/json.*\[/);
    const unsigned = await fetch(`${server.url}/connectors/payment/callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'notice', caseId: 'x', data: {} }),
    });
    expect(unsigned.status).toBe(401);
  });
});
