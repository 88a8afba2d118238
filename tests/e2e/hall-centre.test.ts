import { describe, expect, it } from 'vitest';
import { phone, useBrowser } from './support/browser.ts';
import type { Hall } from './support/hall.ts';
import { beginJourney, journeyToReview, untilLabel } from './support/journey.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { visit } from './support/visit.ts';

/** 个人中心: the lists that the processes declare, their filters, columns, paging and operations, and the person's account. */
const browser = useBrowser();
const { server, world } = useServer();

const applications = '我的业务单-证书申请';
const authentications = '我的业务单-在线认证';
const orders = '我的订单';

async function open(hall: Hall, path: string, account = 'applicant'): Promise<void> {
  await hall.page.goto(`/login?next=${encodeURIComponent(path)}`);
  await hall.logIn(account);
}

const rowsOf = (hall: Hall) => hall.page.locator('table tbody tr');

describe('the lists of the personal centre', () => {
  it('hold the cases that their processes say, with columns of their own, and keep to their own filters', async () => {
    const draft = await beginJourney(server.url, world, 'szmg');
    const paid = await beginJourney(server.url, world, 'szmg');
    await paid.fillIn();
    await paid.verifyHandler();
    await paid.pay();
    await untilLabel(paid.applicant, paid.id, '待输入随机码');
    const applicant = await logIn(server.url, 'applicant');
    const other = await applicant.start('szmg-auth');
    const { number } = await applicant.case(other);

    await visit(browser(), server.url, 'lists', async (hall) => {
      const { page } = hall;
      const menu = page.getByRole('navigation', { name: '个人中心' });
      const numbers = async () => (await rowsOf(hall).allInnerTexts()).map((text) => text.replace(/\D/g, '')).join(' ');
      await open(hall, '/cases');
      await hall.title('我的业务单');
      for (const title of [applications, authentications, orders, '个人资料', '修改个人资料', '修改密码'])
        await menu.getByRole('link', { name: title, exact: true }).waitFor();

      await menu.getByRole('link', { name: applications }).click();
      await hall.title(applications);
      await rowsOf(hall).first().waitFor();
      expect(await numbers()).toContain(draft.number);
      expect(await numbers()).toContain(paid.number);
      expect(await numbers()).not.toContain(number);
      const heads = await page.locator('table thead th').allInnerTexts();
      expect(heads).toEqual(['序号', '申请单号', '业务类型', '主题', '金额', '创建日期', '更新日期', '状态', '操作']);

      await menu.getByRole('link', { name: authentications }).click();
      await hall.title(authentications);
      await expect.poll(numbers).toContain(number);
      for (const text of await rowsOf(hall).allInnerTexts()) expect(text).toContain('在线认证');

      // A draft is no order yet; an order says how and how much, and offers the code.
      await page.goto('/orders');
      await hall.title(orders);
      await expect.poll(numbers).toContain(paid.number);
      expect(await numbers()).not.toContain(draft.number);
      expect(await page.locator('table thead th').allInnerTexts()).toEqual(
        expect.arrayContaining(['支付方式', '付款']),
      );
      const row = rowsOf(hall).filter({ hasText: '待输入随机码' }).first();
      await row.getByText('在线支付').waitFor();
      await row.getByText('已支付').waitFor();
      await row.getByText('280.00 元').waitFor();

      // Filters stay in the list, stand in the address, and offer only what is in it.
      const kinds = page.getByLabel('业务类型');
      expect((await kinds.locator('option').allInnerTexts()).join()).not.toContain('在线认证');
      await page.getByLabel('主题').fill('没有这家单位');
      await page.getByRole('button', { name: '查询' }).click();
      await page.getByText('没有符合条件的业务单').waitFor();
      expect(new URL(page.url()).pathname).toBe('/lists/orders');
      await page.reload();
      await page.getByText('没有符合条件的业务单').waitFor();
      await page.getByRole('button', { name: '清除条件' }).click();
      await expect.poll(numbers).toContain(paid.number);

      await row.getByRole('link', { name: /^输入随机码/ }).click();
      await hall.title('输入对公账户收到的随机码');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('f-randomCode-code');
    });
  });

  it('tell why in the word of the state, and lead to the reason', async () => {
    const journey = await journeyToReview(server.url, world);
    await (await journey.claim()).send(journey.id, 'REJECT', {
      data: { flags: [{ field: 'delivery.address', reason: '没有楼层和房号' }] },
    });
    await untilLabel(journey.applicant, journey.id, '未通过');
    await visit(browser(), server.url, 'reason', async (hall) => {
      const { page } = hall;
      await open(hall, '/lists/applications');
      const row = rowsOf(hall).filter({ hasText: '未通过' }).first();
      await row.waitFor();
      for (const operation of [/^编辑，/, /^申请退费，/, /^查看，/])
        expect(await row.getByRole('link', { name: operation }).count(), String(operation)).toBe(1);
      await row.getByRole('link', { name: '未通过（查看）' }).click();
      await hall.title('按驳回原因修改后重新提交');
      const reason = page.locator('#reason');
      expect(await reason.innerText()).toContain('没有楼层和房号');
      await expect.poll(() => reason.evaluate((element) => element === document.activeElement)).toBe(true);
    });
  });

  it('have pages, and a page is gone to by its number', async () => {
    const applicant = await logIn(server.url, 'applicant');
    for (let made = 0; made < 12; made += 1) await applicant.start('szmg');
    await visit(browser(), server.url, 'pages', async (hall) => {
      const { page } = hall;
      await open(hall, '/lists/applications');
      await rowsOf(hall).first().waitFor();
      expect(await rowsOf(hall).count()).toBe(10);
      expect(await rowsOf(hall).first().locator('td').first().innerText()).toBe('1');
      await page.getByLabel('跳转到第').fill('2');
      await page.getByRole('button', { name: '确定' }).click();
      await expect.poll(() => new URL(page.url()).searchParams.get('page')).toBe('2');
      await expect.poll(() => rowsOf(hall).first().locator('td').first().innerText()).toBe('11');
      await page.getByRole('button', { name: '上一页' }).click();
      await expect.poll(() => rowsOf(hall).first().locator('td').first().innerText()).toBe('1');
    });
    await visit(
      browser(),
      server.url,
      'pages-phone',
      async (hall) => {
        const { page } = hall;
        await open(hall, '/lists/applications?page=2');
        await page.getByLabel('跳转到第').waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
        // The menu is one line; the page that is open is in sight.
        const here = page.getByRole('navigation', { name: '个人中心' }).locator('[aria-current]');
        const box = await here.boundingBox();
        expect(box && box.x >= 0 && box.x + box.width <= phone.width).toBe(true);
      },
      phone,
    );
  });

  it('are empty for whoever has nothing, with a way on', async () => {
    await visit(browser(), server.url, 'empty', async (hall) => {
      await open(hall, '/lists/orders', 'archivist');
      await hall.title(orders);
      await hall.page.getByText('这里还没有业务单。').waitFor();
      await hall.page.getByRole('link', { name: '去办理业务' }).click();
      await hall.page.waitForURL((url) => url.pathname === '/');
    });
  });
});

describe('the account', () => {
  it('is read, changed and given another password on pages of their own', async () => {
    await visit(browser(), server.url, 'account', async (hall) => {
      const { page } = hall;
      await open(hall, '/account', 'applicant2');
      await hall.title('个人资料');
      await page.getByText('applicant2').first().waitFor();
      const menu = page.getByRole('navigation', { name: '个人中心' });
      await menu.getByRole('link', { name: '修改个人资料' }).click();
      await hall.title('修改个人资料');
      await page.locator('#name').fill('林知夏');
      await page.getByRole('main').getByRole('button', { name: '保存' }).click();
      await page.getByText('已保存').waitFor();
      await menu.getByRole('link', { name: '个人资料', exact: true }).click();
      await hall.title('个人资料');
      await page.getByRole('main').getByText('林知夏').waitFor();

      await menu.getByRole('link', { name: '修改密码' }).click();
      await hall.title('修改密码');
      await page.reload();
      await hall.title('修改密码');
      await page.locator('#password').fill('not-the-password');
      await page.locator('#newPassword').fill('another-long-one');
      await page.locator('#again').fill('another-long-one');
      await page.getByRole('main').getByRole('button', { name: '修改密码' }).click();
      await page.locator('.tf-error, .own-problem').first().waitFor();
      await page.locator('#password').fill('demo-certflow');
      await page.getByRole('main').getByRole('button', { name: '修改密码' }).click();
      await page.getByText('密码已修改，下次登录请用新密码').waitFor();
    });
  });
});
