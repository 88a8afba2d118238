import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { CaseView } from '../../../engine/contract/view.ts';
import { openWindow, phone, type Window } from './browser.ts';
import { demoPassword, samplePath } from './people.ts';
import { eventually, type OutsideWorld } from './sandbox.ts';

/** Fictional data with valid check digits; every case has a company of its own. */
export interface Company {
  readonly name: string;
  readonly number: string;
  readonly person: { readonly name: string; readonly idNumber: string; readonly mobile: string };
}

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
let made = 0;

export function company(): Company {
  made += 1;
  const bare = `91440300MA5E${String(made).padStart(5, '0')}`;
  const sum = [...bare].reduce((total, sign, place) => total + alphabet.indexOf(sign) * (3 ** place % 31), 0);
  return {
    name: `深圳市虚拟云帆${'一二三四五六七八九十'[made % 10]}号科技有限公司`,
    number: bare + alphabet[(31 - (sum % 31)) % 31],
    // The person on the sandbox's sample of an ID card, so that what is recognised there agrees.
    person: { name: '张示例', idNumber: '990000199206200025', mobile: '13800000016' },
  };
}

/** The hall as an applicant uses it: everything by the page, nothing behind its back. */
export class Hall {
  readonly window: Window;
  readonly page: Page;
  readonly base: string;

  constructor(window: Window, base: string) {
    this.window = window;
    this.page = window.page;
    this.base = base;
  }

  async logIn(account = 'applicant', password = demoPassword): Promise<void> {
    await this.page.locator('#account').fill(account);
    await this.page.locator('#password').fill(password);
    await this.page.getByRole('main').getByRole('button', { name: '登录' }).click();
    await this.page.waitForURL((url) => url.pathname !== '/login');
  }

  /** From the project's own address, over the login, to the guide of a new case. @returns its id */
  async begin(project: string, account = 'applicant'): Promise<string> {
    await this.page.goto(`/p/${project}`);
    await this.page.getByRole('link', { name: '登录后开始办理' }).click();
    await this.logIn(account);
    await this.page.getByRole('button', { name: /开始办理|另办一件/ }).click();
    await this.page.waitForURL(/\/cases\/./);
    await this.title('证书办理指南');
    return this.caseId();
  }

  caseId(): string {
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }

  async number(): Promise<string> {
    return (await this.view()).number;
  }

  /** What the page's own session is told about the case. */
  view(): Promise<CaseView> {
    return this.page.evaluate(
      async (id) => (await (await fetch(`/api/cases/${id}`)).json()) as CaseView,
      this.caseId(),
    );
  }

  /** Waits for the page with this heading. */
  async title(text: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: text }).waitFor();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name, exact: true }).click();
  }

  field(form: string, name: string) {
    return this.page.locator(`#f-${form}-${name}`);
  }

  async agree(): Promise<void> {
    await this.field('agreements', 'terms').check();
    await this.field('agreements', 'sensitive').check();
  }

  async choose(years = '1 年'): Promise<void> {
    // A project with one type does not ask for it.
    const type = this.page.getByLabel('机构证书');
    if ((await type.count()) > 0) await type.check();
    await this.page.getByLabel(years).check();
  }

  /** 录入信息, every group by hand. */
  async fillIn(of: Company): Promise<void> {
    await this.field('organization', 'name').fill(of.name);
    await this.field('organization', 'number').fill(of.number);
    await this.field('organization', 'province').selectOption({ label: '广东省' });
    await this.page.locator('#f-organization-city option', { hasText: '深圳市' }).waitFor({ state: 'attached' });
    await this.field('organization', 'city').selectOption({ label: '深圳市' });
    await this.field('organization', 'address').fill('南山区示例路 18 号虚拟大厦 6 层');
    await this.field('legalRep', 'name').fill('沈若舟');
    await this.field('legalRep', 'mobile').fill('139 0000 0033');
    await this.field('agent', 'name').fill(of.person.name);
    await this.field('agent', 'idNumber').fill(of.person.idNumber);
    await this.field('agent', 'mobile').fill(of.person.mobile);
    await this.field('agent', 'email').fill('lin.zhixia@example.com');
    await this.field('agent', 'position').selectOption({ index: 1 });
    await this.field('bank', 'branch').fill('gsyh');
    await this.page
      .getByRole('option', { name: /工商银行/ })
      .first()
      .click();
    await this.field('bank', 'accountNumber').fill('4000 0212 3456 7890 186');
    await this.page.getByLabel('不开票').check();
    const mail = this.page.getByLabel('邮寄', { exact: true });
    if ((await mail.count()) > 0) await mail.check();
    await this.page.getByRole('button', { name: '收件人与经办人相同' }).click();
    await this.page.getByRole('button', { name: '地址与单位地址相同' }).click();
    expect(await this.field('delivery', 'recipient').inputValue()).toBe(of.person.name);
  }

  async upload(form: string, field: string, sample: string): Promise<void> {
    await this.field(form, field).setInputFiles(samplePath(sample));
  }

  /** Waits until what was typed is saved. */
  async saved(): Promise<void> {
    // Longer than the longest pause between two attempts.
    await this.page.getByText(/\d\d:\d\d 已自动保存/).waitFor({ timeout: 30_000 });
  }
}

export async function openHall(
  browser: Browser,
  base: string,
  viewport?: { width: number; height: number },
): Promise<Hall> {
  return new Hall(await openWindow(browser, base, viewport ? { viewport } : {}), base);
}

/** The handler's phone: opens the link that the QR code holds. */
export async function openPhone(browser: Browser, hall: Hall): Promise<Hall> {
  const url = await hall.page.locator('.devlink a').getAttribute('href');
  expect(url, 'the link below the QR code').toBeTruthy();
  const other = await openHall(browser, hall.base, phone);
  await other.page.goto(url ?? '');
  return other;
}

/** From the QR code over the phone to the order. @returns the phone's page, for more looks at it */
export async function verifyByPhone(browser: Browser, hall: Hall, of: Company): Promise<Hall> {
  const other = await openPhone(browser, hall);
  await other.title('在手机上拍摄身份证');
  await other.upload('agentId', 'front', 'id-front-agent');
  await other.upload('agentId', 'back', 'id-back');
  await other.page.getByText('已上传', { exact: true }).nth(1).waitFor();
  // Both are read from the picture; the person only checks them.
  await expect.poll(() => other.field('agentId', 'name').inputValue(), { timeout: 90_000 }).toBe(of.person.name);
  await other.press('提交身份证');
  await other.title('手机上的部分已经完成');
  return other;
}

/** Order and payment, to whatever follows it. */
export async function pay(hall: Hall, world: OutsideWorld): Promise<void> {
  const number = await hall.number();
  await hall.title('选择支付方式，提交订单');
  for (const choice of ['在线支付', '微信支付']) {
    const radio = hall.page.locator('#form-order').getByRole('radio', { name: choice, exact: true });
    if ((await radio.count()) > 0) await radio.check();
  }
  await hall.press('提交订单');
  await hall.title('扫码支付');
  const order = await eventually('an order', async () => (await world.orders(number)).at(-1));
  await world.pay(order.number);
}
