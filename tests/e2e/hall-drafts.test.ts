import { describe, expect, it } from 'vitest';
import { keepPicture, phone, useBrowser } from './support/browser.ts';
import { type Hall, openHall } from './support/hall.ts';
import { demoPassword, logIn } from './support/people.ts';
import { useServer } from './support/server.ts';

/** What is typed stays: over reloads, other browsers, two tabs, back and forward, and a session that runs out. */
const browser = useBrowser();
const { server } = useServer();

async function kept(hall: Hall, name: string, way: () => Promise<void>): Promise<void> {
  try {
    await way();
    expect(hall.window.troubles).toEqual([]);
  } catch (error) {
    await keepPicture(hall.page, name);
    throw error;
  } finally {
    await hall.window.context.close();
  }
}

/** A case of this account at 录入信息, opened in a browser. @returns its id */
async function atForms(hall: Hall, account = 'applicant'): Promise<string> {
  const applicant = await logIn(server.url, account);
  const id = await applicant.start('szmg');
  for (const _ of [1, 2]) await applicant.send(id, 'NEXT');
  await hall.page.goto(`/login?next=/cases/${id}`);
  await hall.logIn(account);
  await hall.title('填写申请信息');
  return id;
}

describe('what was read from a picture', () => {
  it('stays marked with how sure it is: over a reload and the next step, until the person changes it', async () => {
    const hall = await openHall(browser(), server.url);
    const { page } = hall;
    await kept(hall, 'recognised', async () => {
      await atForms(hall);
      const mark = (field: string) => page.locator(`#f-agent-${field}-mark`);
      await hall.upload('agent', 'idCard', 'id-front-agent');
      await expect.poll(() => hall.field('agent', 'name').inputValue(), { timeout: 90_000 }).toBe('张示例');
      await mark('name').waitFor();
      const said = { name: await mark('name').innerText(), idNumber: await mark('idNumber').innerText() };
      expect(said.name).toMatch(/经办人身份证.*\d+%/);
      await hall.saved();

      await page.reload();
      await hall.title('填写申请信息');
      for (const field of ['name', 'idNumber'] as const) expect(await mark(field).innerText()).toBe(said[field]);

      // Typed over: it is the person's own from then on.
      await hall.field('agent', 'name').fill('张示范');
      await mark('name').waitFor({ state: 'detached' });
      await hall.saved();
      await page.reload();
      await hall.title('填写申请信息');
      expect(await hall.field('agent', 'name').inputValue()).toBe('张示范');
      expect(await mark('name').count()).toBe(0);
      expect(await mark('idNumber').innerText()).toBe(said.idNumber);

      // A step back and forth keeps it as well.
      await hall.press('上一步');
      await hall.title('选择证书类型和年限');
      await hall.press('下一步');
      await hall.title('填写申请信息');
      expect(await mark('idNumber').innerText()).toBe(said.idNumber);
      expect(await mark('name').count()).toBe(0);
    });
  });
});

describe('registration', () => {
  it('refuses what cannot work, then leads to where the person wanted to go', async () => {
    const hall = await openHall(browser(), server.url);
    const { page } = hall;
    await kept(hall, 'register', async () => {
      await page.goto('/p/szmg');
      await page.getByRole('link', { name: '注册', exact: true }).click();
      const register = page.getByRole('button', { name: '注册并登录' });
      const type = async (values: { [id: string]: string }) => {
        for (const [id, value] of Object.entries(values)) await page.locator(`#${id}`).fill(value);
      };
      await register.click();
      expect(await page.locator('.tf-error').count()).toBeGreaterThanOrEqual(2);
      await type({ account: 'a b', name: '林知夏', password: 'short', again: 'short' });
      await register.click();
      await page.locator('.tf-error').first().waitFor();
      await type({ account: 'applicant', password: 'a-long-password', again: 'another-password' });
      await register.click();
      await page.getByText(/两次/).first().waitFor();
      await type({ password: 'a-long-password', again: 'a-long-password' });
      await register.click();
      // Taken by a demo account: said at the field, nothing else is lost.
      await page.locator('.tf-error, .own-problem').first().waitFor();
      expect(await page.locator('#name').inputValue()).toBe('林知夏');
      await type({ account: 'lin.zhixia@example.com' });
      await register.click();
      await page.waitForURL(/\/p\/szmg$/);
      await page.getByRole('button', { name: '开始办理' }).click();
      await hall.title('证书办理指南');
      await hall.agree();
      await hall.press('下一步');
      await hall.title('选择证书类型和年限');
    });
  });

  it('cannot be used to see the cases of others', async () => {
    const owner = await logIn(server.url, 'applicant');
    const id = await owner.start('szmg');
    const hall = await openHall(browser(), server.url);
    await kept(hall, 'foreign', async () => {
      await hall.page.goto(`/login?next=/cases/${id}`);
      await hall.logIn('applicant2');
      await hall.title('没有这个页面');
      expect(await hall.page.getByRole('main').innerText()).not.toContain('证书办理指南');
    });
  });
});

describe('a draft', () => {
  it('is the same in two tabs and in another browser, and nobody’s typing is overwritten', async () => {
    const hall = await openHall(browser(), server.url);
    await kept(hall, 'tabs', async () => {
      const id = await atForms(hall);
      const other = await hall.window.context.newPage();
      await other.goto(`/cases/${id}`);
      await other.getByRole('heading', { level: 1, name: '填写申请信息' }).waitFor();

      await hall.field('organization', 'name').fill('深圳市虚拟云帆科技有限公司');
      await other.locator('#f-agent-name').fill('林知夏');
      await hall.saved();
      await expect.poll(() => other.locator('#f-organization-name').inputValue()).toBe('深圳市虚拟云帆科技有限公司');
      await expect.poll(() => hall.field('agent', 'name').inputValue()).toBe('林知夏');
      // The follower of a field follows in the other tab as well.
      await expect.poll(() => other.locator('#f-bank-accountName').inputValue()).toBe('深圳市虚拟云帆科技有限公司');

      // One tab goes on; the other one comes after it by itself.
      await other.close();
      const second = await openHall(browser(), server.url, phone);
      await second.page.goto(`/login?next=/cases/${id}`);
      await second.logIn();
      await second.title('填写申请信息');
      expect(await second.field('organization', 'name').inputValue()).toBe('深圳市虚拟云帆科技有限公司');
      expect(await second.field('agent', 'name').inputValue()).toBe('林知夏');
      await second.press('上一步');
      await second.title('选择证书类型和年限');
      await hall.title('选择证书类型和年限');
      await hall.page.getByText('业务单已经前进，下面是最新的内容。').waitFor();
      await hall.press('下一步');
      await hall.title('填写申请信息');
      expect(await hall.field('organization', 'name').inputValue()).toBe('深圳市虚拟云帆科技有限公司');
      expect(await hall.field('agent', 'name').inputValue()).toBe('林知夏');
      await second.window.context.close();
    });
  });

  it('survives back, forward, reload and a closed window in the middle of a word', async () => {
    const hall = await openHall(browser(), server.url);
    const { page } = hall;
    await kept(hall, 'leaving', async () => {
      const id = await atForms(hall);
      await page.goto('/cases');
      await page.goto(`/cases/${id}`);
      await hall.title('填写申请信息');
      // Left at once: the pause after typing is not over yet.
      await hall.field('organization', 'address').fill('福田区示例大道 6 号');
      await page.goBack();
      await hall.title('我的业务单');
      await page.goForward();
      await hall.title('填写申请信息');
      expect(await hall.field('organization', 'address').inputValue()).toBe('福田区示例大道 6 号');
      await hall.field('organization', 'address').fill('福田区示例大道 8 号');
      await page.reload();
      await hall.title('填写申请信息');
      expect(await hall.field('organization', 'address').inputValue()).toBe('福田区示例大道 8 号');
      await hall.field('organization', 'address').fill('福田区示例大道 9 号');
      await page.getByRole('link', { name: '我的业务单' }).first().click();
      await hall.title('我的业务单');
      const again = await hall.window.context.newPage();
      await page.close();
      await again.goto(`/cases/${id}`);
      await expect.poll(() => again.locator('#f-organization-address').inputValue()).toBe('福田区示例大道 9 号');
    });
  });

  it('takes nonsense without a mark on the server, and says what is wrong with it', async () => {
    const hall = await openHall(browser(), server.url);
    const { page } = hall;
    await kept(hall, 'nonsense', async () => {
      await atForms(hall);
      await hall.field('organization', 'name').fill('<img src=x onerror=alert(1)>'.repeat(40));
      await hall.field('organization', 'number').fill('１２３ＡＢＣ');
      await hall.field('agent', 'mobile').fill('1380000');
      await hall.field('agent', 'email').fill('not-an-address');
      await hall.field('agent', 'idNumber').fill('990000199206200026');
      await hall.field('bank', 'branch').fill('不存在的银行');
      await hall.press('下一步');
      const summary = page.locator('.fv-summary');
      await summary.waitFor();
      const said = await summary.innerText();
      expect(said).toMatch(/少 4 位，请输入 11 位手机号码/);
      expect(said).toMatch(/开户行/);
      await hall.title('填写申请信息');
      // Mended one by one, each complaint goes when its field is left.
      const before = await summary.getByRole('link').count();
      await hall.field('agent', 'mobile').fill('13800000016');
      await hall.field('agent', 'email').focus();
      await expect.poll(() => summary.getByRole('link').count()).toBe(before - 1);
      await hall.field('agent', 'position').selectOption({ index: 1 });
      await expect.poll(() => summary.getByRole('link').count()).toBe(before - 2);
      await page.reload();
      await hall.title('填写申请信息');
      expect(await hall.field('agent', 'email').inputValue()).toBe('not-an-address');
    });
  });

  it('outlives the session: one logs in above the page, and what was typed is saved', async () => {
    const hall = await openHall(browser(), server.url);
    const { page } = hall;
    await kept(hall, 'session', async () => {
      const id = await atForms(hall);
      await hall.field('organization', 'name').fill('深圳市虚拟云帆科技有限公司');
      await hall.saved();
      await hall.window.context.clearCookies();
      await hall.field('organization', 'address').fill('福田区示例大道 6 号');
      const dialog = page.getByRole('dialog', { name: '登录已过期' });
      await dialog.waitFor();
      await dialog.getByRole('button', { name: '登录', exact: true }).click();
      await dialog.getByText('请输入密码').waitFor();
      await dialog.getByLabel('密码', { exact: true }).fill('wrong-password');
      await dialog.getByRole('button', { name: '登录', exact: true }).click();
      await dialog.locator('.own-problem, .tf-error').first().waitFor();
      await dialog.getByLabel('密码', { exact: true }).fill(demoPassword);
      await dialog.getByRole('button', { name: '登录', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await hall.field('organization', 'address').inputValue()).toBe('福田区示例大道 6 号');
      const applicant = await logIn(server.url, 'applicant');
      const address = async () => {
        const view = await applicant.case(id);
        const section = view.tasks[0]?.sections.find((one) => one.kind === 'form' && one.form === 'organization');
        return section?.kind === 'form' ? section.values.address : null;
      };
      await expect.poll(address).toBe('福田区示例大道 6 号');

      // It runs out again, and a button is what meets it: refused, mended, pressed again.
      await hall.window.context.clearCookies();
      await hall.press('上一步');
      await dialog.waitFor();
      await dialog.getByLabel('密码', { exact: true }).fill(demoPassword);
      await dialog.getByRole('button', { name: '登录', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await hall.press('上一步');
      await hall.title('选择证书类型和年限');
    });
  });
});
