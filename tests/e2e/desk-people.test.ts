import { describe, expect, it } from 'vitest';
import { documentsKept } from '../support/hall-store.ts';
import { useBrowser } from './support/browser.ts';
import { type Desk, openCase, openDesk, withPictures } from './support/desk.ts';
import { journeyToReview, untilLabel, untilView } from './support/journey.ts';
import { HttpError, logIn } from './support/people.ts';
import { useServer } from './support/server.ts';

/** Several people at one desk: who sees what, who is too late, who may look at what, and what each of them has to do. */
const browser = useBrowser();
const { server, world } = useServer();

describe('the desk of several people', () => {
  it('gives a case to one reviewer only, and back to all', async () => {
    const { id, number } = await journeyToReview(server.url, world);
    const one = await openDesk(browser(), server.url, 'reviewer');
    const two = await openDesk(browser(), server.url, 'reviewer2');
    await withPictures(
      'two-reviewers',
      () => [one.page, two.page],
      async () => {
        await one.open(id);
        await two.open(id);
        await Promise.all([one.offer('CLAIM').waitFor(), two.offer('CLAIM').waitFor()]);
        // Both press at once: one has it, the other is told and has no buttons that would not work.
        await Promise.all([one.press('CLAIM'), two.press('CLAIM')]);
        await Promise.all([one.label('审核中'), two.label('审核中')]);
        const has = async (desk: Desk) => (await desk.offer('APPROVE').count()) > 0;
        await expect.poll(async () => [await has(one), await has(two)].filter(Boolean).length).toBe(1);
        const [owner, other] = (await has(one)) ? [one, two] : [two, one];
        expect(await other.page.locator('.deskend [data-event]:not([aria-disabled="true"])').count()).toBe(0);

        // It is no longer in the other's queue, but among all, with whose turn it is; the owner has it under 我的.
        await other.page.goto('/desk?view=open');
        await other.page.getByRole('navigation', { name: '工作台页面' }).waitFor();
        await expect.poll(() => other.page.getByRole('link', { name: number }).count()).toBe(0);
        await other.page.goto('/desk?view=all');
        await (await other.row(number)).getByText('审核中').waitFor();
        await owner.page.goto('/desk?view=mine');
        await owner.row(number);

        // Given back, it is open to both again.
        await owner.open(id);
        await owner.press('RELEASE');
        await owner.label('待审核');
        await other.page.goto('/desk?view=open');
        await other.row(number);
      },
    );
    await one.leave();
    await two.leave();
  });

  it('does not exist for people of other roles, and writes down who looked at what', async () => {
    const { id, applicant } = await journeyToReview(server.url, world);
    const stranger = await openDesk(browser(), server.url, 'archivist');
    await stranger.page.getByText('现在没有等您办理的业务单。').waitFor();
    await stranger.page.goto(`/desk/${id}`);
    await stranger.page.getByRole('alert').waitFor();
    expect(await stranger.page.getByRole('region', { name: '申请内容' }).count()).toBe(0);
    const archivist = await logIn(server.url, 'archivist');
    for (const path of [
      `/api/cases/${id}`,
      `/api/cases/${id}/stream`,
      `/api/cases/${id}/documents/applicationForm.pdf`,
    ]) {
      const answer = await archivist.call('GET', path).catch((error: unknown) => error);
      expect((answer as HttpError).status, path).toBe(404);
    }
    await stranger.leave();

    // Masked until somebody whose task shows it says why; other roles are refused, and nothing is written down for them.
    const entries = async () => (await documentsKept(server.dataDir, 'audit')).length;
    const finance = await logIn(server.url, 'finance');
    const refused = await finance
      .call('POST', `/api/cases/${id}/unmask`, { path: 'agent.idNumber', reason: '好奇' })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HttpError);
    expect(await entries()).toBe(0);
    const desk = await openDesk(browser(), server.url, 'reviewer');
    await withPictures(
      'unmask',
      () => [desk.page],
      async () => {
        await desk.open(id);
        await desk.press('CLAIM');
        await desk.label('审核中');
        const number = (
          await applicant.call<{ value: string }>('POST', `/api/cases/${id}/unmask`, {
            path: 'agent.idNumber',
            reason: '',
          })
        ).value;
        expect((await desk.page.content()).includes(number)).toBe(false);
        const agent = desk.data
          .locator('.deskgroup')
          .filter({ has: desk.page.getByRole('heading', { name: '经办人信息' }) });
        await agent.getByRole('button', { name: '显示身份证号码' }).click();
        await desk.page.getByRole('dialog').getByText('查看个人信息会记入审计日志').waitFor();
        expect(await entries()).toBe(0);
        await desk.page.getByRole('dialog').getByRole('button', { name: '显示一分钟' }).click();
        await expect.poll(async () => (await agent.innerText()).replaceAll(' ', '').includes(number)).toBe(true);
        expect(await entries()).toBe(1);
        // Loaded again it is masked again.
        await desk.page.reload();
        await desk.data.waitFor();
        expect((await desk.page.content()).includes(number)).toBe(false);
      },
    );
    await desk.leave();
  });

  it('turns pictures and pages, and letters do nothing while somebody types or has turned them off', async () => {
    const { id } = await journeyToReview(server.url, world);
    const desk = await openDesk(browser(), server.url, 'reviewer');
    const { page } = desk;
    await withPictures(
      'viewer',
      () => [page],
      async () => {
        await desk.open(id);
        await desk.press('CLAIM');
        await desk.label('审核中');
        const picture = desk.papers.locator('.sheet.scan').first();
        await desk.papers.locator('img').first().waitFor();
        const shape = async () => {
          const box = await picture.boundingBox();
          return box === null ? 0 : box.width / box.height;
        };
        const upright = await shape();
        expect(upright).toBeLessThan(1);
        await page.keyboard.press('Shift+R');
        await expect.poll(shape).toBeGreaterThan(1);
        await desk.papers.getByRole('button', { name: '旋转' }).click();
        await expect.poll(shape).toBeCloseTo(upright, 1);
        // The printed form, page by page, turned as well.
        await desk.papers.getByRole('tab', { name: /数字证书申请表/ }).click();
        const canvas = desk.papers.locator('canvas').first();
        await canvas.waitFor();
        await page.keyboard.press('Shift+R');
        await expect
          .poll(async () => {
            const box = await canvas.boundingBox();
            return box !== null && box.width > box.height;
          })
          .toBe(true);
        // Two beside each other.
        await page.keyboard.press('c');
        await desk.papers.getByLabel('对比：').waitFor();
        await page.keyboard.press('c');

        await desk.data.getByRole('button', { name: '标记 单位地址' }).click();
        const note = desk.opinion.getByRole('textbox').last();
        await note.pressSequentially('arnc 1+');
        expect(await note.inputValue()).toBe('arnc 1+');
        await desk.label('审核中');
        await desk.data.getByRole('button', { name: '取消标记 单位地址' }).click();
        await page.getByRole('button', { name: '快捷键已开' }).click();
        await page.keyboard.press('a');
        await page.reload();
        await page.getByRole('button', { name: '快捷键已关' }).waitFor();
        await page.keyboard.press('a');
        await desk.label('审核中');
        await desk.offer('APPROVE').waitFor();
      },
    );
    await desk.leave();
  });

  it('finance approves a refund that the applicant asked for; the case ends with the money back', async () => {
    const { id, number, applicant } = await journeyToReview(server.url, world);
    const hall = await openCase(browser(), server.url, id);
    const { page } = hall;
    const desk = await openDesk(browser(), server.url, 'finance');
    await withPictures(
      'refund',
      () => [page, desk.page],
      async () => {
        await page.locator('[data-event="REFUND_ASK"]').first().click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('不再需要').check();
        await dialog.locator('[data-event="REFUND_ASK"]').click();
        await page.getByText('退费处理中', { exact: true }).first().waitFor();
        // Reviewers have it no more; finance sees what was paid and why it is wanted back.
        expect((await (await logIn(server.url, 'reviewer')).queue('open')).rows.map((row) => row.id)).not.toContain(id);
        await (await desk.row(number)).getByRole('link', { name: /办理/ }).click();
        await desk.data.getByText('不再需要').waitFor();
        await desk.data.getByText('280.00 元').first().waitFor();
        await desk.press('REFUND_APPROVE');
        const approval = desk.page.getByRole('dialog');
        await approval.getByText('款项会立即原路退回，不能撤回。').waitFor();
        await approval.locator('[data-event="REFUND_APPROVE"]').click();
        await approval.locator('.fv-summary').waitFor();
        await approval.locator('textarea').fill('核对无误，同意退费');
        await approval.locator('[data-event="REFUND_APPROVE"]').click();
        await page.getByText('已退费', { exact: true }).first().waitFor();
      },
    );
    expect((await applicant.case(id)).over).toBe(true);
    const requests = await world.requests(number);
    expect(requests.filter((one) => one.connector === 'payment' && one.operation === 'refund')).toHaveLength(1);
    await desk.leave();
    expect(hall.window.troubles).toEqual([]);
    await hall.window.context.close();
  });

  it('operations hand the parcel over, the applicant sees its number', async () => {
    const { id, number, applicant } = await journeyToReview(server.url, world);
    const reviewer = await logIn(server.url, 'reviewer');
    await reviewer.send(id, 'CLAIM');
    await reviewer.send(id, 'APPROVE');
    await untilView(await logIn(server.url, 'operations'), id, 'the parcel', (view) =>
      view.tasks.some((task) => task.offers.some((offer) => offer.event === 'HANDED_OVER')),
    );
    const desk = await openDesk(browser(), server.url, 'operations');
    await withPictures(
      'parcel',
      () => [desk.page],
      async () => {
        await (await desk.row(number)).getByRole('link', { name: /办理/ }).click();
        // The courier is ordered from here; its number is offered when the parcel is handed over, and can be changed.
        await world.next('courier.ship', { outcome: 'SHIPPED', data: { carrier: 'ems', tracking: 'EM0000000000016' } });
        await desk.press('BOOK_COURIER');
        await desk.data.getByText('EM0000000000016').first().waitFor();
        if (process.env.SHOTS) {
          await desk.page.screenshot({ path: `${process.env.SHOTS}/courier-1440.png` });
          await desk.page.setViewportSize({ width: 390, height: 844 });
          await desk.page.screenshot({ path: `${process.env.SHOTS}/courier-390.png`, fullPage: true });
          await desk.page.setViewportSize({ width: 1440, height: 900 });
        }
        await desk.press('HANDED_OVER');
        const dialog = desk.page.getByRole('dialog');
        expect(await dialog.locator('#f-parcel-tracking').inputValue()).toBe('EM0000000000016');
        await dialog.locator('#f-parcel-carrier').selectOption({ label: '顺丰' });
        await dialog.locator('#f-parcel-tracking').fill('SF 0');
        await dialog.locator('[data-event="HANDED_OVER"]').click();
        await dialog.locator('.fv-summary').waitFor();
        await dialog.locator('#f-parcel-tracking').fill('SF0000000000016');
        await dialog.locator('[data-event="HANDED_OVER"]').click();
        await desk.label('已邮寄');
      },
    );
    await desk.leave();
    const hall = await openCase(browser(), server.url, id);
    await hall.page.getByText('SF0000000000016').first().waitFor();
    await hall.window.context.close();
    const asked = await world.requests(number);
    expect(
      asked
        .filter(({ connector }) => connector === 'courier')
        .map(({ operation, input }) => [operation, input.tracking]),
    ).toEqual([
      ['ship', undefined],
      ['follow', 'SF0000000000016'],
    ]);
    await world.tell('courier', 'track', number, { status: 'delivered' });
    await untilLabel(applicant, id, '已签收');
  });
});
