import { describe, expect, it } from 'vitest';
import { keepPicture, phone, useBrowser } from './support/browser.ts';
import { company, type Hall, openHall, openPhone, pay, verifyByPhone } from './support/hall.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';

/** The way of an applicant through the hall, by the page alone: (a) and (f) of the first process, with (e) in its midst. */
const browser = useBrowser();
const { server, world } = useServer();

async function kept<T>(hall: Hall, name: string, way: () => Promise<T>): Promise<T> {
  try {
    return await way();
  } catch (error) {
    await keepPicture(hall.page, name);
    throw error;
  }
}

describe('szmg', () => {
  it('from the address of the project to the receipt, over a server that is killed on the way', async () => {
    const hall = await openHall(browser(), server.url);
    const of = company();
    await kept(hall, 'hall-way', async () => {
      const { page } = hall;
      const id = await hall.begin('szmg');
      const number = await hall.number();
      expect(number).toMatch(/^\d{17}$/);

      // Both consents, the second on its own.
      const next = page.getByRole('button', { name: '下一步', exact: true });
      expect(await next.getAttribute('aria-disabled')).toBe('true');
      await hall.field('agreements', 'terms').check();
      expect(await next.getAttribute('aria-disabled')).toBe('true');
      await page.getByText(/还差 1 项/).waitFor();
      await next.click({ force: true });
      await hall.title('证书办理指南');
      await hall.field('agreements', 'sensitive').check();
      await next.click();

      // The fee follows the years as they are chosen.
      await hall.title('选择证书类型和年限');
      await hall.choose('1 年');
      const fee = page.locator('#form-certificate').getByText(/\d+\.\d\d 元/);
      const one = await fee.last().innerText();
      await page.getByLabel('2 年').check();
      await expect.poll(() => fee.last().innerText()).not.toBe(one);
      await next.click();

      // What is missing is listed, takes the focus and leads to its field.
      await hall.title('填写申请信息');
      await next.click();
      const summary = page.locator('.fv-summary');
      await summary.waitFor();
      expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await page.title()).toMatch(/^错误：/);
      await summary.getByRole('link', { name: /机构名称/ }).click();
      expect(await hall.field('organization', 'name').evaluate((one) => one === document.activeElement)).toBe(true);
      await hall.fillIn(of);
      await hall.saved();

      // Killed: the page keeps what was typed, saves it when the server is back, and another browser sees it.
      await server.kill();
      await hall.field('organization', 'address').fill('福田区示例大道 6 号');
      await page.getByText(/暂时没有保存上/).waitFor();
      await server.restart();
      await hall.saved();
      const elsewhere = await openHall(browser(), server.url);
      await elsewhere.page.goto(`/login?next=/cases/${id}`);
      await elsewhere.logIn();
      await elsewhere.title('填写申请信息');
      expect(await elsewhere.field('organization', 'address').inputValue()).toBe('福田区示例大道 6 号');
      await elsewhere.window.context.close();
      await page.reload();
      await hall.title('填写申请信息');
      expect(await hall.field('organization', 'name').inputValue()).toBe(of.name);
      // The browser's Back leads a step back; nothing of the way is lost.
      await page.goBack();
      await hall.title('选择证书类型和年限');
      await next.click();
      await hall.title('填写申请信息');
      expect(await hall.field('agent', 'email').inputValue()).toBe('lin.zhixia@example.com');
      await next.click();

      // The printed form is a real PDF.
      await hall.title('核对并打印申请表');
      const paper = await page.locator('.documents a').first().getAttribute('href');
      const pdf = await page.request.get(`${server.url}${paper}`);
      expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
      await next.click();

      // A slot refuses what is not its kind and says what it takes.
      await hall.title('上传证件资料');
      await hall.field('documents', 'applicationForm').setInputFiles({
        name: 'form.exe',
        mimeType: 'application/octet-stream',
        buffer: Buffer.from('MZ'),
      });
      await page
        .getByText(/jpg、jpeg、bmp、gif、pdf/)
        .first()
        .waitFor();
      await page.getByText('未接收').waitFor();
      await hall.upload('documents', 'applicationForm', 'stamped-application-form');
      await hall.upload('documents', 'businessLicence', 'business-licence');
      await hall.upload('documents', 'sealSheet', 'stamped-seal-sheet');
      await page.locator('#form-documents').getByText('已上传', { exact: true }).nth(2).waitFor();
      await next.click();

      // The desktop moves on by itself when the phone has done its part.
      await hall.title('用手机扫码，完成经办人认证');
      const handset = await verifyByPhone(browser(), hall, of);
      await hall.title('选择支付方式，提交订单');
      expect(handset.window.troubles).toEqual([]);
      await handset.window.context.close();

      await pay(hall, world);
      await hall.title('输入对公账户收到的随机码');
      await hall.field('randomCode', 'code').fill('000000');
      await hall.press('输入随机码');
      await page.getByText(/随机码不正确，还可以输入 4 次/).waitFor();
      expect(await hall.field('randomCode', 'code').inputValue()).toBe('');

      // From the list, as the texts say: the row offers it.
      await page.goto('/orders');
      await page
        .getByRole('row')
        .filter({ hasText: of.name })
        .getByRole('link', { name: /^输入随机码，/ })
        .click();
      await hall.field('randomCode', 'code').fill(await world.remark(number));
      await hall.press('输入随机码');
      await hall.title(of.name);
      await page.getByText('待审核', { exact: true }).first().waitFor();

      const reviewer = await logIn(server.url, 'reviewer');
      await reviewer.send(id, 'CLAIM');
      await page.getByText('审核中', { exact: true }).first().waitFor();
      await reviewer.send(id, 'APPROVE');
      await page.getByText('待发放', { exact: true }).first().waitFor();
      const operations = await logIn(server.url, 'operations');
      await operations.send(id, 'HANDED_OVER');
      await hall.title('收到后确认签收');
      await hall.press('确认签收');
      await page.getByText('已签收', { exact: true }).first().waitFor();
      expect(hall.window.troubles).toEqual([]);
    });
    await hall.window.context.close();
  });

  it('has a phone page that is good for one opening and one task', async () => {
    const hall = await openHall(browser(), server.url);
    const applicant = await logIn(server.url, 'applicant2');
    const id = await applicant.start('szmg');
    for (const _ of [1, 2, 3, 4, 5]) await applicant.send(id, 'NEXT');
    await hall.page.goto(`/login?next=/cases/${id}`);
    await hall.logIn('applicant2');
    await hall.title('用手机扫码，完成经办人认证');
    const handset = await openPhone(browser(), hall);
    await kept(handset, 'hall-phone', async () => {
      await handset.title('在手机上拍摄身份证');
      const wide = await handset.page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(phone.width);
      expect(await handset.page.locator('input[capture]').count()).toBeGreaterThan(0);
      await handset.press('提交身份证');
      await handset.page.locator('.fv-summary').waitFor();
      await handset.page.reload();
      await handset.title('在手机上拍摄身份证');
      expect(await handset.page.getByRole('button', { name: '重新获取二维码' }).count()).toBe(0);
    });

    // The desktop knows, and a second phone is told why it cannot.
    await hall.page.getByText('手机认证中').first().waitFor();
    const second = await openHall(browser(), server.url, phone);
    await second.page.goto(handset.page.url());
    await second.title('这个链接不能再用了');
    await second.page.goto('/link/nonsense');
    await second.title('这个链接不能再用了');
    for (const one of [hall, handset, second]) {
      expect(one.window.troubles).toEqual([]);
      await one.window.context.close();
    }
  });
});
