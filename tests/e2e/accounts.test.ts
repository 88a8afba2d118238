import { readFileSync } from 'node:fs';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openWindow, useBrowser } from './support/browser.ts';
import { demoPassword, logIn } from './support/people.ts';
import type { OutsideWorld } from './support/sandbox.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

/** Accounts, as people have them: by phone, by an authenticator, from a portal, by invitation; on several devices. */
const browser = useBrowser();
const { server, world } = useServer({ CERTFLOW_SECOND_FACTOR: 'optional' });
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const submit = (page: Page) => page.locator('main button[type=submit], dialog button[type=submit]').last();
const totp = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
/** A period of the authenticator has passed: none is taken twice. */
const nextPeriod = (): Promise<unknown> =>
  new Promise((resolve) => setTimeout(resolve, 30_000 - (Date.now() % 30_000) + 200));

async function smsCode(outside: OutsideWorld, mobile: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = (await outside.messages()).findLast((one) => one.to === mobile);
    const code = /\d{6}/.exec(found?.text ?? '')?.[0];
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no message to ${mobile}`);
}

async function askCode(page: Page, mobile: string): Promise<void> {
  await page.locator('#mobile').fill(mobile);
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByText(`验证码已发到 ${mobile}`).waitFor();
  await page.locator('#code').fill(await smsCode(world, mobile));
}

describe('an applicant', () => {
  it('registers with a code by SMS, sets a password, sees where they are logged in, and logs another device out', async () => {
    const { page, context, troubles } = await openWindow(browser(), server.url);
    const mobile = '13912340001';
    await page.goto('/login?next=/p/szmg');
    await page.getByRole('link', { name: '短信登录' }).click();
    await submit(page).click();
    await page.getByText('请输入 11 位手机号码').waitFor();
    await askCode(page, mobile);
    await submit(page).click();
    // Not known yet: a name is all that is missing.
    await page.locator('#name').fill('李试');
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.getByRole('button', { name: '注册并登录' }).click();
    await page.waitForURL(/\/p\/szmg$/);
    await page.goto('/account/security');
    await page.getByText('139****0001').waitFor();

    // Whoever came by phone has no password yet: none is asked for when one is set, and the phone is the name from then on.
    await page.goto('/account/password');
    await page.locator('#newPassword').fill('一句只有我知道的话');
    await page.locator('#again').fill('一句只有我知道的话');
    await page.locator('#password').waitFor({ state: 'detached' });
    await submit(page).click();
    await page.getByText('密码已修改').waitFor();
    await logIn(server.url, mobile, '一句只有我知道的话');

    await page.goto('/account/security');
    await page.getByText('这台设备', { exact: true }).waitFor();
    // The one that logged in by the interface does not say what it is.
    await page.getByText('没有说明的浏览器').waitFor();
    await page.getByRole('button', { name: '退出这台设备' }).click();
    await page.getByText('已退出').waitFor();
    expect(await page.locator('.devices li').count()).toBe(1);
    expect(await accessProblems(page, axe)).toEqual([]);
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('with two devices logs the other one out, which is asked to log in again', async () => {
    const [one, two] = [await openWindow(browser(), server.url), await openWindow(browser(), server.url)];
    for (const { context } of [one, two])
      await context.request.post(`${server.url}/api/session`, {
        data: { account: 'applicant2', password: demoPassword },
        headers: { origin: server.url },
      });
    await two.page.goto('/cases');
    await two.page.locator('h1').first().waitFor();
    await one.page.goto('/account/security');
    await one.page.locator('.devices li').nth(1).waitFor();
    await one.page.getByRole('button', { name: '退出其他所有设备' }).click();
    await one.page.getByText('已退出').waitFor();
    expect(await one.page.locator('.devices li').count()).toBe(1);
    await two.page.goto('/cases');
    await two.page.waitForURL(/\/login/);
    expect(one.troubles).toEqual([]);
    await Promise.all([one.context.close(), two.context.close()]);
  });

  it('comes over from a portal, acts for its company, and a link that was used is told', async () => {
    const { page, context, troubles } = await openWindow(browser(), server.url);
    await page.goto('/sandbox/portals');
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.url().endsWith('/api/jumps')),
      page.getByRole('button', { name: '点击进入' }).first().click(),
    ]);
    await page.waitForURL(/\/p\/szmg$/);
    await page.getByText('为“示例供应商”办理').waitFor();
    await page.getByRole('button', { name: '开始办理' }).click();
    await page.waitForURL(/\/cases\//);
    const id = new URL(page.url()).pathname.split('/').pop() ?? '';
    const view = await (await context.request.get(`${server.url}/api/cases/${id}`)).json();
    expect((view as { id: string }).id).toBe(id);
    // No address of any page or request holds the token.
    const { token } = request.postDataJSON() as { token: string };
    expect(request.url()).not.toContain(token);
    await page.goto(`/jump#${token}`);
    await page.getByText('您现在以“示例经办人”登录').waitFor();
    await page.getByRole('button', { name: '进入网上营业厅' }).click();
    await page.getByText('已用过一次').waitFor();
    expect(page.url()).not.toContain(token);
    expect(await accessProblems(page, axe)).toEqual([]);
    // Acting for oneself again, what is begun is one's own.
    await page.goto('/cases');
    await page.locator('.menubutton:visible').first().click();
    await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'PATCH' && one.url().endsWith('/api/session')),
      page.locator('.actingmenu select').selectOption(''),
    ]);
    await page.goto('/p/szmg');
    await page.locator('.actions.start button').waitFor();
    expect(await page.getByText('为“示例供应商”办理').count()).toBe(0);
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('sets a forgotten password anew with the phone', async () => {
    const { page, context } = await openWindow(browser(), server.url);
    const mobile = '13912340002';
    await page.goto('/register');
    await page.locator('#account').fill('forgetful');
    await page.locator('#name').fill('赵忘');
    await page.locator('#password').fill('the first phrase');
    await page.locator('#again').fill('the first phrase');
    await submit(page).click();
    await page.waitForURL(`${server.url}/`);
    await page.goto('/account/security');
    await page.getByRole('button', { name: '绑定手机号' }).click();
    await page.locator('#mobile-password').fill('not the first phrase');
    await askCode(page, mobile);
    await submit(page).click();
    // Refused at the field that is wrong; the code is good for another try.
    await page.locator('#mobile-password[aria-invalid="true"]').waitFor();
    await page.locator('#mobile-password').fill('the first phrase');
    await submit(page).click();
    await page.getByText('已绑定').waitFor();
    await context.clearCookies();
    await page.goto('/login');
    await page.getByRole('link', { name: '忘记密码' }).click();
    await page.locator('#mobile').fill(mobile);
    await page.getByRole('button', { name: '获取验证码' }).click();
    await page.getByText(`验证码已发到 ${mobile}`).waitFor();
    await page.locator('#code').fill(await smsCode(world, mobile));
    await page.locator('#password').fill('the second phrase');
    await page.locator('#again').fill('the second phrase');
    expect(await accessProblems(page, axe)).toEqual([]);
    await submit(page).click();
    await page.waitForURL(`${server.url}/`);
    await context.close();
    await logIn(server.url, 'forgetful', 'the second phrase');
  });
});

describe('the staff', () => {
  it('is invited by an administrator, with roles by project, and sets up a second factor', async () => {
    const admin = await enterRoom(browser(), server.url, 'staff', 'admin');
    const { page } = admin;
    await page.getByRole('button', { name: '新建账号' }).click();
    await page.locator('#staff-name').fill('王新');
    await page.locator('#staff-account').fill('wangxin');
    await page.locator('.grantadd select').selectOption('reviewer');
    await page.locator('[data-role=reviewer]').getByLabel('全部项目').uncheck();
    await page.locator('[data-role=reviewer]').getByLabel('广州维谷科技').check();
    await page.locator('.grantadd select').selectOption('admin');
    await submit(page).click();
    await page.getByText('不能由同一个人担任').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.locator('[data-role=admin] .linkbtn').click();
    await submit(page).click();
    const link = (await page.locator('.invitation').textContent()) ?? '';
    await page.getByRole('button', { name: '完成' }).click();
    await page.locator('tr[data-account=wangxin]').getByText('待设密码').waitFor();

    const own = await openWindow(browser(), server.url);
    await own.page.goto(link);
    await own.page.getByText('您的账号是 wangxin').waitFor();
    await own.page.locator('#password').fill('my very own phrase');
    await own.page.locator('#again').fill('my very own phrase');
    await submit(own.page).click();
    await own.page.waitForURL(/\/desk$/);
    await own.page.goto('/account/security');
    await own.page.getByRole('button', { name: '启用动态码' }).click();
    await own.page.locator('#second-password').fill('my very own phrase');
    await own.page.getByRole('button', { name: '下一步' }).click();
    await own.page.locator('.qr path').waitFor({ state: 'attached' });
    const secret = ((await own.page.locator('.secretkey').textContent()) ?? '').replaceAll(' ', '');
    await own.page.locator('#second').fill('000000');
    await submit(own.page).click();
    await own.page.getByText('动态码不正确').waitFor();
    await own.page.locator('#second').fill(totp(secret));
    await submit(own.page).click();
    await own.page.locator('.recovery').waitFor();
    const recovery = (await own.page.locator('.recovery li').allTextContents()).map((one) => one.trim());
    expect(recovery).toHaveLength(10);
    expect(await accessProblems(own.page, axe)).toEqual([]);
    await own.page.getByRole('button', { name: '我已保存好' }).click();
    await own.page.getByText('还有 10 个恢复码').waitFor();

    // From now on the password alone is not enough.
    await own.context.clearCookies();
    await nextPeriod();
    await own.page.goto('/desk');
    await own.page.locator('#account').fill('wangxin');
    await own.page.locator('#password').fill('my very own phrase');
    await submit(own.page).click();
    await own.page.locator('#second').fill(totp(secret));
    expect(await accessProblems(own.page, axe)).toEqual([]);
    await submit(own.page).click();
    await own.page.waitForURL(/\/desk$/);

    // Disabled, they are out at once.
    await page.reload();
    const row = page.locator('tr[data-account=wangxin]');
    await row.getByText('已启用').waitFor();
    await row.locator('[data-do=disable]').click();
    await page.getByRole('button', { name: '确定' }).click();
    await row.getByText('已停用').waitFor();
    await own.page.goto('/desk');
    await own.page.waitForURL(/\/login/);
    expect([...admin.troubles, ...own.troubles]).toEqual([]);
    await Promise.all([admin.context.close(), own.context.close()]);
  }, 180_000);

  it('is seen by the auditor, who finds every deed and changes nothing', async () => {
    const { page, context, troubles } = await openWindow(browser(), server.url);
    await page.goto('/login');
    await page.locator('#account').fill('auditor');
    await page.locator('#password').fill(demoPassword);
    await submit(page).click();
    await page.waitForURL(/\/audit$/);
    await page.locator('.audittable').getByText('停用账号').waitFor();
    await page.locator('.auditroom select').selectOption('staff-create');
    await page.getByRole('button', { name: '查询' }).click();
    await page.waitForURL(/action=staff-create/);
    await page.locator('.audittable tbody tr').first().waitFor();
    expect(await page.locator('.audittable tbody').textContent()).toContain('审核客服（广州维谷科技）');
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.getByRole('link', { name: '全部业务单' }).click();
    await page.locator('.deskqueue tbody a').first().click();
    await page.locator('h1').first().waitFor();
    // Nothing to press that would change the case.
    expect(await page.locator('[data-event]').count()).toBe(0);
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.goto('/staff');
    await page.getByText('这里需要“管理员”角色').waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });
});
