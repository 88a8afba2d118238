import { describe, expect, it } from 'vitest';
import { keepPicture, phone, useBrowser } from './support/browser.ts';
import { company, type Hall, openHall, openPhone } from './support/hall.ts';
import { Keys } from './support/keys.ts';
import { demoPassword, logIn } from './support/people.ts';
import { eventually } from './support/sandbox.ts';
import { useServer } from './support/server.ts';

/** The hall with the keyboard alone: no click, no focus but by Tab, and the focus in sight wherever Tab comes to. */
const browser = useBrowser();
const { server, world } = useServer();

/** From the project's page over the login to the form of the application. */
async function toTheForm(hall: Hall, keys: Keys, account: string): Promise<void> {
  const { page } = hall;
  await page.goto('/p/szmg');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await keys.press('登录后开始办理');
  await page.locator('#account').waitFor();
  await keys.type('#account', account);
  await keys.type('#password', demoPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /开始办理|另办一件/ }).waitFor();
  await keys.reach('.project .actions button');
  await page.keyboard.press('Enter');
  await hall.title('证书办理指南');
  for (const box of ['terms', 'sensitive']) await keys.tick(`#f-agreements-${box}`);
  await keys.press('下一步');
  await hall.title('选择证书类型和年限');
  await keys.choose('#form-certificate [name$="years"], #f-certificate-years', '1 年');
  await keys.press('下一步');
  await hall.title('填写申请信息');
}

/** What has to be typed, but for the position, the invoice and the way of delivery. */
async function typeIn(hall: Hall, keys: Keys, of: ReturnType<typeof company>): Promise<void> {
  const { page } = hall;
  await keys.type('#f-organization-name', of.name);
  await keys.type('#f-organization-number', of.number);
  await keys.choose('#f-organization-province', '广东省');
  await page.locator('#f-organization-city option', { hasText: '深圳市' }).waitFor({ state: 'attached' });
  await keys.choose('#f-organization-city', '深圳市');
  await keys.type('#f-organization-address', '南山区示例路 18 号虚拟大厦 6 层');
  await keys.type('#f-legalRep-name', '沈若舟');
  await keys.type('#f-legalRep-mobile', '139 0000 0033');
  await keys.type('#f-agent-name', of.person.name);
  await keys.type('#f-agent-idNumber', of.person.idNumber);
  await keys.type('#f-agent-mobile', of.person.mobile);
  await keys.type('#f-agent-email', 'lin.zhixia@example.com');
}

async function typeBank(hall: Hall, keys: Keys): Promise<void> {
  await keys.type('#f-bank-branch', 'gsyh');
  await hall.page
    .getByRole('option', { name: /工商银行/ })
    .first()
    .waitFor();
  await hall.page.keyboard.press('ArrowDown');
  await hall.page.keyboard.press('Enter');
  await keys.type('#f-bank-accountNumber', '4000 0212 3456 7890 186');
}

describe.each([
  { name: 'at 390 px', viewport: phone, account: 'applicant' },
  { name: 'at 1440 px and 200 %', viewport: { width: 720, height: 450 }, account: 'applicant2' },
])('the hall by the keyboard alone $name', ({ viewport, account }) => {
  it('leads from the project through login, agreements, choice and form to the summary of what is left out; nothing is wider than the screen', async () => {
    const hall = await openHall(browser(), server.url, viewport);
    const { page } = hall;
    const keys = new Keys(page);
    const of = company();
    try {
      await toTheForm(hall, keys, account);
      await typeIn(hall, keys, of);
      await typeBank(hall, keys);
      // What was left out is in the summary, which takes the focus and leads there.
      await keys.press('下一步');
      await page.locator('.fv-summary').waitFor();
      expect(await page.evaluate(() => document.activeElement?.className)).toContain('fv-summary');
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over).toBeLessThanOrEqual(0);
      await keys.reach('.fv-summary a[href="#f-agent-position"]');
      await page.keyboard.press('Enter');
      expect(await keys.focused()).toBe('f-agent-position');
      expect(keys.unseen).toEqual([]);
    } catch (error) {
      await keepPicture(page, 'keyboard');
      throw error;
    } finally {
      await hall.window.context.close();
    }
  });
});

describe('the hall by the keyboard alone', () => {
  it('leads from the address of the project to the certificate that was mailed', async () => {
    const hall = await openHall(browser(), server.url);
    const { page } = hall;
    const keys = new Keys(page);
    const of = company();
    try {
      await toTheForm(hall, keys, 'applicant2');
      const id = hall.caseId();
      const number = await hall.number();
      await typeIn(hall, keys, of);
      await keys.choose('#f-agent-position', '办事员');
      await typeBank(hall, keys);
      await keys.choose('[name="f-invoice-kind"], #form-invoice input[type=radio]', '不开票');
      const mail = '#form-delivery input[type=radio]';
      if ((await page.locator(mail).count()) > 0) await keys.choose(mail, '邮寄');
      await keys.press('收件人与经办人相同');
      await keys.press('地址与单位地址相同');
      // Enter in a single line goes on, as everywhere.
      await keys.reach('#f-delivery-postcode, #f-delivery-recipient, #f-delivery-mobile');
      await page.keyboard.press('Enter');

      await hall.title('核对并打印申请表');
      await keys.reach('.documents a');
      const paper = page.context().waitForEvent('page');
      await page.keyboard.press('Enter');
      await (await paper).close();
      await keys.press('下一步');

      await hall.title('上传证件资料');
      await keys.upload('#f-documents-applicationForm', 'stamped-application-form');
      await keys.upload('#f-documents-businessLicence', 'business-licence');
      await keys.upload('#f-documents-sealSheet', 'stamped-seal-sheet');
      await page.locator('#form-documents').getByText('已上传', { exact: true }).nth(2).waitFor();
      await keys.press('下一步');

      // The phone has a keyboard here, too.
      await hall.title('用手机扫码，完成经办人认证');
      const handset = await openPhone(browser(), hall);
      const thumbs = new Keys(handset.page);
      await handset.title('在手机上拍摄身份证');
      await thumbs.upload('#f-agentId-front', 'id-front-agent');
      await thumbs.upload('#f-agentId-back', 'id-back');
      await handset.page.getByText('已上传', { exact: true }).nth(1).waitFor();
      await expect.poll(() => handset.field('agentId', 'name').inputValue()).toBe(of.person.name);
      await thumbs.press('提交身份证');
      await handset.title('手机上的部分已经完成');
      expect(thumbs.unseen).toEqual([]);
      await handset.window.context.close();

      await hall.title('选择支付方式，提交订单');
      for (const choice of ['在线支付', '微信支付']) {
        const group = page.locator('#form-order fieldset', {
          has: page.getByRole('radio', { name: choice, exact: true }),
        });
        if ((await group.count()) === 0) continue;
        const name = await group.locator('input').first().getAttribute('name');
        await keys.choose(`input[name="${name}"]`, choice);
      }
      await keys.press('提交订单');
      await hall.title('扫码支付');

      // The payer's phone, in the sandbox.
      const order = await eventually('an order', async () => (await world.orders(number)).at(-1));
      const payer = await openHall(browser(), server.url);
      await payer.page.goto(`/sandbox/wallet/${order.number}`);
      const coins = new Keys(payer.page);
      await coins.reach('button.primary');
      await payer.page.keyboard.press('Enter');
      await payer.page.getByText('已支付').first().waitFor();
      await payer.window.context.close();

      await hall.title('输入对公账户收到的随机码');
      await keys.type('#f-randomCode-code', '000000');
      await page.keyboard.press('Enter');
      await page.getByText(/随机码不正确，还可以输入 4 次/).waitFor();
      await keys.type('#f-randomCode-code', await world.remark(number));
      await page.keyboard.press('Enter');
      await page.getByText('待审核', { exact: true }).first().waitFor();

      // What others do meanwhile is not of interest here.
      const reviewer = await logIn(server.url, 'reviewer');
      await reviewer.send(id, 'CLAIM');
      await reviewer.send(id, 'APPROVE');
      await page.getByText('待发放', { exact: true }).first().waitFor();
      await (await logIn(server.url, 'operations')).send(id, 'HANDED_OVER');
      await hall.title('收到后确认签收');
      await keys.press('确认签收');
      await page.getByText('已签收', { exact: true }).first().waitFor();
      expect(keys.unseen).toEqual([]);
      expect(hall.window.troubles).toEqual([]);
    } catch (error) {
      await keepPicture(page, 'keyboard-way');
      throw error;
    } finally {
      await hall.window.context.close();
    }
  });
});
