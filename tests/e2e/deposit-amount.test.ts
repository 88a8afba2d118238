import { mkdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { phone, useBrowser } from './support/browser.ts';
import { openCase, withPictures } from './support/desk.ts';
import { beginJourney, untilLabel } from './support/journey.ts';
import { eventually } from './support/sandbox.ts';
import { useServer } from './support/server.ts';
import { accessProblems } from './support/workbench.ts';

/** Where the bank chose the amount of its small transfer: whoever reads the account's statement types it. */
const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

it('the amount that came proves the company: one fen less is refused, nothing else of the bank is shown', async () => {
  const journey = await beginJourney(server.url, world, 'example-amount');
  const { id, number, applicant } = journey;
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.pay();
  await untilLabel(applicant, id, '待输入到账金额');
  const entry = await eventually('the transfer', async () => (await world.statement(number)).at(-1));
  expect(entry.amount).toBeGreaterThan(0);
  expect(entry.amount).toBeLessThan(100);
  const yuan = (fen: number) => (fen / 100).toFixed(2);

  const hall = await openCase(browser(), server.url, id);
  const { page } = hall;
  const folder = process.env.SHOTS;
  if (folder) mkdirSync(folder, { recursive: true });
  const look = async (name: string) => {
    for (const viewport of [{ width: 1440, height: 900 }, phone]) {
      await page.setViewportSize(viewport);
      expect(await accessProblems(page, axe), name).toEqual([]);
      if (folder) await page.screenshot({ path: `${folder}/amount-${name}-${viewport.width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  await withPictures(
    'deposit-amount',
    () => [page],
    async () => {
      await hall.title('输入对公账户收到的金额');
      await page.getByText('附言里的数字不用理会').waitFor();
      await look('asked');
      const type = async (fen: number) => {
        await page.locator('#f-depositAmount-amount').fill(yuan(fen));
        await page.locator('main [data-event="AMOUNT"]').first().click();
      };
      // More than the bank ever sends is a slip, told at once.
      await type(280);
      await page.locator('.fv-summary').waitFor();
      await look('too-much');
      await type(entry.amount === 1 ? 2 : entry.amount - 1);
      await page.getByText('金额不正确，还可以输入 4 次。').first().waitFor();
      await look('wrong');
      await type(entry.amount);
      await untilLabel(applicant, id, '待审核');
    },
  );
  const asked = (await world.requests(number)).filter(({ operation }) => operation === 'confirmDeposit');
  expect(asked.map(({ outcome, input }) => [outcome, input.flow])).toEqual([
    ['OTHER', entry.flow],
    ['SAME', entry.flow],
  ]);
  expect(hall.window.troubles).toEqual([]);
  await hall.window.context.close();
});
