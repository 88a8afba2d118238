import { expect, it } from 'vitest';
import { phone, useBrowser } from './support/browser.ts';
import type { Hall } from './support/hall.ts';
import { journeyToReview, untilLabel, untilView } from './support/journey.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { openCase, visit } from './support/visit.ts';

/** What a person filled in before is offered to them, never filled in by itself; neighbouring businesses start with it. */
const browser = useBrowser();
const { server, world } = useServer();

async function offered(hall: Hall): Promise<void> {
  await hall.page.locator('.takeover summary').click();
}

it('is offered, fills only what is empty, is marked and can be undone', async () => {
  const journey = await journeyToReview(server.url, world);
  const applicant = await logIn(server.url, 'applicant');
  const id = await applicant.start('szmg');
  for (const _ of [1, 2]) await applicant.send(id, 'NEXT');
  const told = await applicant.call<{ value: string }>('POST', `/api/cases/${journey.id}/unmask`, {
    path: 'agent.name',
    reason: '',
  });
  const agent = told.value;

  await visit(browser(), server.url, 'earlier', async (hall) => {
    const { page } = hall;
    await openCase(hall, id);
    await hall.title('填写申请信息');
    expect(await hall.field('organization', 'name').inputValue()).toBe('');
    await hall.field('agent', 'email').fill('my.own@example.com');
    await offered(hall);
    const list = page.locator('.takeover');
    await list.getByText(journey.number.slice(-2)).first().waitFor();
    await list.getByRole('button', { name: /^填入/ }).first().click();
    await list.getByText(/已填入 \d+ 项，请核对/).waitFor();
    expect(await hall.field('agent', 'name').inputValue()).toBe(agent);
    expect(await hall.field('agent', 'email').inputValue()).toBe('my.own@example.com');
    expect(await page.locator('#f-agent-name-mark').innerText()).toContain(journey.number.slice(-6));
    expect(await page.locator('#f-agent-email-mark').count()).toBe(0);

    await list.getByRole('button', { name: '撤销填入' }).click();
    expect(await hall.field('agent', 'name').inputValue()).toBe('');
    expect(await hall.field('agent', 'email').inputValue()).toBe('my.own@example.com');

    await list.getByRole('button', { name: /^填入/ }).first().click();
    await hall.saved();
    await page.reload();
    await hall.title('填写申请信息');
    expect(await hall.field('agent', 'name').inputValue()).toBe(agent);
    expect(await page.locator('#f-agent-name-mark').innerText()).toContain(journey.number.slice(-6));
    await hall.field('agent', 'name').fill('另一个人');
    await page.locator('#f-agent-name-mark').waitFor({ state: 'detached' });
  });
});

it('is there when a neighbouring business is begun from a finished case', async () => {
  const journey = await journeyToReview(server.url, world);
  const { id, applicant } = journey;
  await (await journey.claim()).send(id, 'APPROVE');
  await untilLabel(applicant, id, '待发放');
  await (await logIn(server.url, 'operations')).send(id, 'HANDED_OVER');
  await untilView(applicant, id, 'the receipt', (view) => view.tasks.some((task) => task.mine));
  await applicant.send(id, 'RECEIVED');
  // The certificate counts as in use after its time.
  await world.advance(16 * 86_400_000);
  await untilLabel(applicant, id, '已完成');

  for (const viewport of [undefined, phone])
    await visit(
      browser(),
      server.url,
      'neighbour',
      async (hall) => {
        const { page } = hall;
        await openCase(hall, id);
        const related = page.getByRole('region', { name: '接着办理' });
        await related.waitFor();
        expect(await related.getByRole('link').allInnerTexts()).toEqual(
          expect.arrayContaining(['证书续期', '证书解锁']),
        );
        await related.getByRole('link', { name: '证书续期' }).click();
        await page.getByText('新的业务单会带上之前那一笔填过的资料').waitFor();
        await page.getByRole('button', { name: /开始办理|另办一件/ }).click();
        await page.waitForURL(/\/cases\/./);
        await hall.agree();
        await hall.press('下一步');
        await hall.title('填写要办理的证书');
        const serial = hall.field('heldCertificate', 'serial');
        expect(await serial.inputValue()).toMatch(/^[0-9A-F]{8,}$/i);
        expect(await page.locator('#f-heldCertificate-serial-mark').innerText()).toContain(journey.number.slice(-6));
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
          0,
        );
      },
      viewport,
    );
});
