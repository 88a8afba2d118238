import { expect, it } from 'vitest';
import { phone, useBrowser } from './support/browser.ts';
import { openHall } from './support/hall.ts';
import { beginJourney, untilLabel } from './support/journey.ts';
import { useServer } from './support/server.ts';
import { openCase, visit } from './support/visit.ts';

/** The handler passes the random code on to the company's finance staff, who have no account and see nothing of the case. */
const browser = useBrowser();
const { server, world } = useServer();

const passOn = '请财务填写';
const another = '换一个给财务的链接';

it('finance types the code by a one-time link: the page has the code, where banks show it, and nothing else', async () => {
  const journey = await beginJourney(server.url, world, 'szmg');
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.pay();
  const { id, number, applicant } = journey;
  const own = await untilLabel(applicant, id, '待输入随机码');
  const code = await world.remark(number);
  const wrong = code === '111111' ? '222222' : '111111';

  await visit(browser(), server.url, 'finance-handler', async (hall) => {
    const { page } = hall;
    const address = page.getByRole('textbox', { name: '链接地址' });
    await openCase(hall, id);
    await hall.title('输入对公账户收到的随机码');
    expect(await address.count()).toBe(0);
    await hall.press(passOn);
    const first = await address.inputValue();
    // The handler can go on by themselves.
    expect(await hall.field('randomCode', 'code').isVisible()).toBe(true);

    // It went to the wrong person, who opened it: the next one shuts them out.
    const stranger = await openHall(browser(), server.url, phone);
    await stranger.page.goto(first);
    await stranger.title('填写附言里的随机码');
    await page.getByText('贵司财务已经打开链接').waitFor();
    await hall.press(another);
    await address.waitFor();
    const second = await address.inputValue();
    expect(second).not.toBe(first);
    await stranger.page.reload();
    await stranger.title('这个链接不能再用了');
    const refused = await stranger.page.evaluate(async (one) => (await fetch(`/api/cases/${one}`)).status, id);
    expect(refused).toBe(404);

    const finance = await openHall(browser(), server.url, phone);
    await finance.page.goto(second);
    await finance.title('填写附言里的随机码');
    const text = await finance.page.locator('body').innerText();
    // The company's name says which account to look at; nothing else of the case is there, not even in what is sent.
    expect(text).toContain(own.subject);
    const sent = await finance.page.evaluate(async (one) => (await fetch(`/api/cases/${one}`)).text(), id);
    for (const said of [text, sent]) {
      expect(said).not.toContain(number);
      for (const fact of own.facts) expect(said).not.toContain(fact.title);
      expect(said).not.toMatch(/28000|申请退费|办理记录|经办人已认证/);
    }
    // What another page of the hall would show, they may not see.
    expect(await finance.page.evaluate(async () => (await fetch('/api/cases')).status)).toBe(401);

    // Where the remark stands, bank by bank.
    const bank = finance.page.locator('details', { hasText: '中国工商银行' });
    expect(await bank.getByText('账户明细查询').isVisible()).toBe(false);
    await bank.locator('summary').click();
    await bank.getByText('账户明细查询').waitFor();

    // A reload is no second opening; a wrong code counts for both.
    await finance.page.reload();
    await finance.title('填写附言里的随机码');
    await finance.field('randomCode', 'code').fill(wrong);
    await finance.press('提交随机码');
    await finance.page.getByText('随机码不正确，还可以输入 4 次').first().waitFor();
    await page.getByText('随机码不正确，还可以输入 4 次').first().waitFor();
    await finance.field('randomCode', 'code').fill(code);
    await finance.press('提交随机码');
    await finance.title('这里没有要您做的了');
    await page.getByText('待审核', { exact: true }).first().waitFor();
    // The history of the case says who it was.
    await page.getByText('提交随机码').first().waitFor();
    for (const other of [stranger, finance]) {
      expect(other.window.troubles.filter((trouble) => !/404|410/.test(trouble))).toEqual([]);
      await other.window.context.close();
    }
  });
});

it('what finance has to do fits on a phone and on a desktop, for the handler as well', async () => {
  const journey = await beginJourney(server.url, world, 'szmg');
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.pay();
  await untilLabel(journey.applicant, journey.id, '待输入随机码');
  await visit(
    browser(),
    server.url,
    'finance-phone',
    async (hall) => {
      const { page } = hall;
      await openCase(hall, journey.id);
      await hall.title('输入对公账户收到的随机码');
      await hall.press(passOn);
      await page.getByRole('textbox', { name: '链接地址' }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
    },
    phone,
  );
});
