import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { openCase, openDesk, withPictures } from './support/desk.ts';
import type { Hall } from './support/hall.ts';
import { beginJourney, type Journey, offersOf, untilLabel } from './support/journey.ts';
import { HttpError, logIn } from './support/people.ts';
import { eventually, minute } from './support/sandbox.ts';
import { useServer } from './support/server.ts';

/** When the small transfers fail: (b) the legal representative proves the company, (c) where the project forbids it, people do. */
const browser = useBrowser();
const { server, world } = useServer();

/** A paid case whose first transfer failed; the next two will fail too, each with a reason of the bank. */
async function failing(project: string): Promise<Journey> {
  const data = { reason: '收款人户名不符', field: 'accountName' };
  await world.next('bank.microDeposit', { outcome: 'FAILED', data, left: 3 });
  const journey = await beginJourney(server.url, world, project);
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.pay();
  await untilLabel(journey.applicant, journey.id, '金融认证失败');
  return journey;
}

/** How often money was sent to the company. */
async function transfers(number: string): Promise<number> {
  return (await world.requests(number)).filter((one) => one.operation === 'microDeposit').length;
}

/** 金融认证 again with another account; waits for the bank's next refusal. */
async function tryAgain(hall: Hall, number: string, account: string): Promise<void> {
  const before = await transfers(number);
  await hall.title('核对账户信息，再认证一次');
  await hall.field('bank', 'accountNumber').fill(account);
  await hall.press('金融认证');
  // Two transfers to one account keep a minute's distance.
  await hall.page.getByText('打款中', { exact: true }).first().waitFor();
  await world.advance(minute);
  await eventually('the next transfer', async () => (await transfers(number)) > before);
  // The page comes back by itself with what the bank said at the head of its history.
  await hall.page.locator('.tl > li').first().getByText('小额打款').waitFor();
  await hall.title('核对账户信息，再认证一次');
}

describe('three failed transfers', () => {
  it('szmg: lead to the legal representative, to the review and to a second reviewer', async () => {
    const { id, number, applicant } = await failing('szmg');
    const hall = await openCase(browser(), server.url, id);
    const desk = await openDesk(browser(), server.url, 'reviewer');
    await withPictures(
      'legal-representative',
      () => [hall.page, desk.page],
      async () => {
        const { page } = hall;
        const main = page.getByRole('main');
        // Why it failed, in the bank's words, and the list offers to try again.
        await main.getByText('收款人户名不符').first().waitFor();
        await page.goto('/orders');
        await page
          .getByRole('link', { name: /^金融认证，/ })
          .first()
          .waitFor();
        await page.goto(`/cases/${id}`);

        await tryAgain(hall, number, '4000 0212 3456 7890 279');
        // Not yet: the button says from when on.
        const other = main.getByRole('button', { name: '法人认证' });
        expect(await other.getAttribute('aria-disabled')).toBe('true');
        await main.getByText('金融认证满 3 次不成功后才能改用法人认证，现在是 2 次').waitFor();
        await other.click({ force: true });
        expect(await page.getByRole('dialog').count()).toBe(0);
        expect(offersOf(await applicant.case(id))).not.toContain('LEGAL_REP');
        await tryAgain(hall, number, '4000 0212 3456 7890 368');
        expect(await transfers(number)).toBe(3);

        // No fourth transfer: the page says why, and offers the other way.
        expect(await main.locator('[data-event="EDIT_FINANCE"]').getAttribute('aria-disabled')).toBe('true');
        await main.getByText('打款已满 3 次，不能再打款').waitFor();
        await other.click();
        const dialog = page.getByRole('dialog');
        const name = dialog.locator('#f-legalRepCheck-name');
        expect(await name.inputValue()).not.toBe('');
        await name.fill('另有其人');
        await dialog.locator('#f-legalRepCheck-number').fill('990000197503120014');
        await dialog.locator('#f-legalRepCheck-mobile').fill('139 0000 0033');
        await dialog.locator('[data-event="LEGAL_REP"]').click();
        await dialog
          .getByText(/与法人信息中的姓名不一致/)
          .first()
          .waitFor();
        const legalRep = await applicant.call<{ value: string }>('POST', `/api/cases/${id}/unmask`, {
          path: 'legalRep.name',
          reason: '',
        });
        await name.fill(legalRep.value);
        await dialog.locator('[data-event="LEGAL_REP"]').click();
        await page.getByText('待审核', { exact: true }).first().waitFor();
        expect(await transfers(number)).toBe(3);

        // The company is proven, but nobody saw its account: two people look.
        await (await desk.row(number)).getByRole('link', { name: /办理/ }).click();
        await desk.press('CLAIM');
        await desk.label('审核中');
        await desk.press('APPROVE');
        await desk.label('复核中');
        expect(await desk.offer('APPROVE').count()).toBe(0);
        const same = await logIn(server.url, 'reviewer');
        expect(offersOf(await same.case(id))).not.toContain('APPROVE');
        expect((await same.queue('open')).rows.map((row) => row.id)).not.toContain(id);
        await page.getByText('复核中', { exact: true }).first().waitFor();
        const second = await openDesk(browser(), server.url, 'reviewer2');
        await second.open(id);
        await second.press('APPROVE');
        await second.page.getByText('通过，已完成。').waitFor();
        await page.getByText('待发放', { exact: true }).first().waitFor();
        await second.leave();
      },
    );
    await hall.window.context.close();
    expect(hall.window.troubles).toEqual([]);
    await desk.leave();
  });

  it('inner-mongolia: never the legal representative, but two people of operations', async () => {
    const { id, number, applicant } = await failing('inner-mongolia');
    const hall = await openCase(browser(), server.url, id);
    const desk = await openDesk(browser(), server.url, 'operations');
    await withPictures(
      'manual-service',
      () => [hall.page, desk.page],
      async () => {
        const { page } = hall;
        const main = page.getByRole('main');
        // Not offered, not mentioned, not possible: neither now nor after every further failure.
        const never = async (): Promise<void> => {
          expect(await page.getByText('法人认证').count()).toBe(0);
          const view = await applicant.case(id);
          expect(view.tasks.flatMap((task) => task.offers.map((offer) => offer.event))).not.toContain('LEGAL_REP');
          expect(JSON.stringify(await applicant.cases())).not.toContain('LEGAL_REP');
          const forced = await applicant
            .send(id, 'LEGAL_REP', { data: { name: '李示例', number: '990000197503120014', mobile: '13900000033' } })
            .then(() => null)
            .catch((error: unknown) => error);
          expect(forced).toBeInstanceOf(HttpError);
          expect((forced as HttpError).status).toBe(409);
          expect((await applicant.case(id)).revision).toBe(view.revision);
        };
        await hall.title('核对账户信息，再认证一次');
        await never();
        for (const account of ['4000021234567890279', '4000021234567890368']) {
          expect(offersOf(await applicant.case(id))).not.toContain('MANUAL');
          await tryAgain(hall, number, account);
          await never();
        }
        expect((await world.requests(number)).some((one) => one.connector === 'telecom')).toBe(true);
        const asked = (await world.requests(number)).filter((one) => one.operation === 'verifyPerson').length;
        await main.getByRole('button', { name: '人工认证' }).click();
        await page.getByText('人工认证中', { exact: true }).first().waitFor();
        await page.getByText('您不用做任何事').first().waitFor();

        // Two different people of operations; a reviewer has nothing to do with it.
        const reviewer = await logIn(server.url, 'reviewer');
        expect((await reviewer.queue('open')).rows.map((row) => row.id)).not.toContain(id);
        await (await desk.row(number)).getByRole('link', { name: /办理/ }).click();
        await desk.data.getByText('收款人户名不符').first().waitFor();
        await desk.note('ACCEPT', '营业执照和开户许可证已与登记机关核对一致');
        await desk.page.getByText('同意，已完成。').waitFor();
        expect(await desk.offer('ACCEPT').count()).toBe(0);
        const first = await logIn(server.url, 'operations');
        expect((await first.queue('open')).rows.map((row) => row.id)).not.toContain(id);
        const again = await first
          .send(id, 'ACCEPT', { data: { text: '同一个人再来一次' } })
          .catch((error: unknown) => error);
        expect(again).toBeInstanceOf(HttpError);
        const second = await openDesk(browser(), server.url, 'operations2');
        await second.open(id);
        await second.data.getByText('营业执照和开户许可证已与登记机关核对一致').waitFor();
        await second.note('ACCEPT', '复核一致');
        await page.getByText('待审核', { exact: true }).first().waitFor();
        // The word stands nowhere in the history either, and nobody asked the telecom operator once more.
        expect(await page.getByText('法人认证').count()).toBe(0);
        expect((await world.requests(number)).filter((one) => one.operation === 'verifyPerson')).toHaveLength(asked);
        await second.leave();

        // Nobody saw the account here either: two reviewers.
        const claim = await openDesk(browser(), server.url, 'reviewer');
        await claim.open(id);
        await claim.press('CLAIM');
        await claim.label('审核中');
        await claim.press('APPROVE');
        await claim.label('复核中');
        await claim.leave();
        await (await logIn(server.url, 'reviewer2')).send(id, 'APPROVE');
        await untilLabel(applicant, id, '待发放');
      },
    );
    await hall.window.context.close();
    expect(hall.window.troubles).toEqual([]);
    await desk.leave();
  });
});
