import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { openCase, openDesk, withPictures } from './support/desk.ts';
import { journeyToReview, picturedJourney, untilLabel, untilView } from './support/journey.ts';
import { HttpError, logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems } from './support/workbench.ts';

/** A reviewer's case: pictures beside what was typed, evidence, conversation, pack, bell; by the keyboard alone, and by two people. */
const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

describe('the case of a reviewer', () => {
  it('shows where a picture says otherwise than what was typed, the scan beside the print, and what speaks for the case', async () => {
    const { id } = await picturedJourney(server.url, world);
    const desk = await openDesk(browser(), server.url, 'reviewer');
    const { page } = desk;
    await withPictures(
      'pictures-and-typed',
      () => [page],
      async () => {
        await desk.open(id);
        await desk.press('CLAIM');
        await desk.label('审核中');
        // The engine that ships with the server reads them; a busy machine takes its time.
        const summary = desk.data.getByRole('region', { name: '图片识别与填写对照' });
        await summary.getByText('1 项不一致').waitFor({ timeout: 120_000 });
        const row = desk.data.locator('.fr.differs');
        expect(await row.count()).toBe(1);
        expect(await row.locator('dt').innerText()).toContain('单位地址');
        expect((await row.locator('mark').allInnerTexts()).join('')).toBe('8');
        await row.getByRole('button', { name: '看营业执照扫描件' }).click();
        await desk.papers.getByRole('tab', { name: /营业执照扫描件/, selected: true }).waitFor();
        const name = desk.data.locator('.fr').filter({ hasText: '示例市远景影视文化有限公司' }).first();
        await name.getByText(/与营业执照扫描件一致/).waitFor({ state: 'attached' });

        // C lays the scan of a printed form beside what was printed.
        await desk.papers.getByRole('tab', { name: /申请表扫描件/ }).click();
        await page.keyboard.press('c');
        await desk.papers.locator('.sheets.two canvas').first().waitFor();
        expect(await desk.papers.locator('.beside select').inputValue()).toBe('applicationForm');
        await page.keyboard.press('c');

        const evidence = desk.data.getByRole('region', { name: '证明和核验' });
        await evidence.getByText(/^银行流水号：BK\d+$/).waitFor();
        await evidence.getByText('核验实名信息：一致').waitFor();
        await evidence.getByText('证明：单位已认证').waitFor();
        // What no correction opens again has no flag.
        expect(await desk.data.getByRole('button', { name: '标记 身份证头像面' }).count()).toBe(0);
        expect(await desk.data.getByRole('button', { name: '标记 单位地址' }).count()).toBe(1);
        expect(await accessProblems(page, axe)).toEqual([]);
      },
    );
    await desk.leave();
  });

  it('lets owner and reviewer write to each other, live, with what was read; bell and inbox lead there', async () => {
    const { id, number, applicant } = await journeyToReview(server.url, world);
    const hall = await openCase(browser(), server.url, id);
    const desk = await openDesk(browser(), server.url, 'reviewer');
    await withPictures(
      'messages',
      () => [hall.page, desk.page],
      async () => {
        const panel = hall.page.getByRole('region', { name: /^留言/ });
        await panel.getByRole('textbox', { name: '写留言' }).fill('公章下周才能盖，可以先审其他材料吗？');
        await panel.getByRole('button', { name: '发送' }).click();
        await panel.getByText('对方未读').waitFor();
        expect(await accessProblems(hall.page, axe)).toEqual([]);

        // The bell counts it, and its notice opens the conversation.
        await desk.page.getByRole('link', { name: /^工作台消息，\d+ 条未读/ }).click();
        expect(await accessProblems(desk.page, axe)).toEqual([]);
        await desk.page.getByRole('link', { name: new RegExp(`${number} 经办人来信`) }).click();
        await desk.page.waitForURL(`**/desk/${id}#talk`);
        const thread = desk.page.locator('.desktalk');
        await thread.getByText('公章下周才能盖，可以先审其他材料吗？').waitFor();
        await panel.getByText('已读', { exact: true }).waitFor();
        expect(await desk.page.locator('.asks').count()).toBe(0);

        await thread.getByRole('textbox', { name: '写留言' }).fill('可以，请在 12 月 5 日前补上。');
        await thread.getByRole('button', { name: '发送' }).click();
        // It comes by itself, names the office and no person.
        await panel.getByText('可以，请在 12 月 5 日前补上。').waitFor();
        expect(await panel.innerText()).toContain('审核客服');
        expect(await panel.innerText()).not.toContain('审核客服甲');
        await thread.getByText('已读', { exact: true }).waitFor();
        await hall.page.goto('/messages');
        await hall.page.getByRole('link', { name: /审核客服：可以，请在 12 月 5 日前补上/ }).click();
        await hall.page.waitForURL(`**/cases/${id}#talk`);
        await hall.page.getByRole('heading', { name: /^留言/ }).waitFor();
      },
    );
    await desk.leave();
    expect(hall.window.troubles).toEqual([]);
    await hall.window.context.close();
    // Nobody else has a way to it.
    const stranger = await logIn(server.url, 'applicant2');
    for (const person of [stranger, await logIn(server.url, 'archivist')]) {
      const answer = await person.call('GET', `/api/cases/${id}/talk`).catch((error: unknown) => error);
      expect((answer as HttpError).status).toBe(404);
    }
    expect((await applicant.call<{ messages: unknown[] }>('GET', `/api/cases/${id}/talk`)).messages).toHaveLength(2);
  });

  it('makes an evidence pack for a purpose', async () => {
    const { id, number } = await journeyToReview(server.url, world);
    const desk = await openDesk(browser(), server.url, 'reviewer');
    const { page } = desk;
    await withPictures(
      'evidence-pack',
      () => [page],
      async () => {
        await desk.open(id);
        await desk.data.getByRole('button', { name: '证据包' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: '制作并下载' }).click();
        await dialog.getByRole('alert').getByText('请写明用途').waitFor();
        await dialog.getByLabel('用途').fill('内部审计抽查');
        expect(await accessProblems(page, axe)).toEqual([]);
        const [file] = await Promise.all([
          page.waitForEvent('download', { timeout: 60_000 }),
          dialog.getByRole('button', { name: '制作并下载' }).click(),
        ]);
        expect(file.suggestedFilename()).toBe(`evidence-${number}.pdf`);
        const bytes = readFileSync(await file.path());
        expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
        expect(bytes.length).toBeGreaterThan(20_000);
      },
    );
    await desk.leave();
  });

  it('is reviewed by the keyboard alone: walk, claim, flag, reason, send back, next', async () => {
    const { id, number, applicant } = await journeyToReview(server.url, world);
    const desk = await openDesk(browser(), server.url, 'reviewer');
    const { page } = desk;
    const focused = () =>
      page.evaluate(() => (document.activeElement?.matches('a') ? (document.activeElement.textContent ?? '') : ''));
    const tabTo = async (label: string): Promise<void> => {
      for (let press = 0; press < 150; press += 1) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) === label) return;
      }
      throw new Error(`Tab does not lead to ${label}`);
    };
    await withPictures(
      'by-keyboard',
      () => [page],
      async () => {
        await desk.row(number);
        for (let press = 0; press < 30 && !(await focused()).includes(number); press += 1)
          await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        await page.waitForURL(`**/desk/${id}`);
        await desk.offer('CLAIM').waitFor();
        await page.keyboard.press('a');
        await desk.label('审核中');
        await tabTo('标记 详细地址');
        await page.keyboard.press('Space');
        await desk.opinion.getByText('意见，1 处标记').waitFor();
        await page.keyboard.press('1');
        // What the applicant will read stands there before it is sent.
        const preview = desk.opinion.locator('.deskmessage');
        await preview.getByText('详细地址不完整，无法投递').waitFor();
        await page.keyboard.press('a');
        await page
          .getByText(/有标记时不能通过/)
          .first()
          .waitFor();
        await page.keyboard.press('r');
        await page.getByText('驳回，已完成。').waitFor();
        await untilLabel(applicant, id, '未通过');
        await page.keyboard.press('n');
        await page.waitForFunction(
          (before) => !location.pathname.includes(before) || document.body.innerText.includes('队列里没有下一件了'),
          id,
        );
      },
    );
    await desk.leave();
    // It comes back to whoever knows it, first of all.
    const open = await applicant.send(id, 'EDIT');
    const sections = open.tasks.flatMap((task) => task.sections);
    const delivery = sections.find((one) => one.kind === 'form' && one.form === 'delivery' && one.mode === 'edit');
    const values = delivery?.kind === 'form' ? delivery.values : {};
    await applicant.call('POST', `/api/cases/${id}/events`, {
      event: 'RESUBMIT',
      forms: { delivery: { ...values, address: '南山区示例路 18 号 6 层 601' } },
      ...{ revision: open.revision, request: 'corrected' },
    });
    await untilLabel(applicant, id, '待审核');
    const mine = await (await logIn(server.url, 'reviewer')).queue();
    expect([mine.rows[0]?.id, mine.rows[0]?.mark]).toEqual([id, 'known']);
    const others = await (await logIn(server.url, 'reviewer2')).queue();
    expect(others.rows.find((row) => row.id === id)?.mark).toBe('first');
  });

  it('is looked at by a second reviewer, who is never the first', async () => {
    const { id, applicant } = await journeyToReview(server.url, world);
    const one = await openDesk(browser(), server.url, 'reviewer');
    const two = await openDesk(browser(), server.url, 'reviewer2');
    await withPictures(
      'second-reviewer',
      () => [one.page, two.page],
      async () => {
        await one.open(id);
        await one.press('CLAIM');
        await one.label('审核中');
        await one.note('ESCALATE', '公章有疑问，请再看一次');
        await one.label('复核中');
        await expect.poll(() => one.offer('APPROVE').count()).toBe(0);
        const first = await logIn(server.url, 'reviewer');
        const refused = await first.send(id, 'APPROVE').catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(HttpError);
        expect((refused as HttpError).status).toBe(409);

        await two.open(id);
        await two.data.getByText('公章有疑问，请再看一次').waitFor();
        expect(await accessProblems(two.page, axe)).toEqual([]);
        await two.press('APPROVE');
        await two.page.getByText('通过，已完成。').waitFor();
      },
    );
    await untilView(applicant, id, 'the approval', (view) =>
      view.facts.some((fact) => fact.id === 'approved' && fact.provenAt !== null),
    );
    await one.leave();
    await two.leave();
  });
});
