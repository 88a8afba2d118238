import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { keepPicture, phone, useBrowser } from './support/browser.ts';
import { company, openHall } from './support/hall.ts';
import { demoPassword } from './support/people.ts';
import { useServer } from './support/server.ts';

/** From the project's page into the application form with the keyboard alone: no click, no focus but by Tab. */
const browser = useBrowser();
const { server } = useServer();

class Keys {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Tabs on until the focus is there. */
  async reach(selector: string, text = ''): Promise<void> {
    for (let press = 0; press < 200; press += 1) {
      await this.page.keyboard.press('Tab');
      const found = await this.page.evaluate(
        ([wanted = '', words = '']) => {
          const element = document.activeElement;
          return element?.matches(wanted) === true && (words === '' || element.textContent?.trim() === words);
        },
        [selector, text],
      );
      if (found) return;
    }
    throw new Error(`Tab does not lead to ${selector} ${text}`);
  }

  async type(selector: string, text: string): Promise<void> {
    await this.reach(selector);
    await this.page.keyboard.type(text);
  }

  async press(button: string): Promise<void> {
    await this.reach('main button, main a', button);
    await this.page.keyboard.press('Enter');
  }

  /** Goes down a list until this entry is chosen. */
  async choose(selector: string, label: string): Promise<void> {
    await this.reach(selector);
    const chosen = () =>
      this.page.evaluate(() => {
        const element = document.activeElement;
        if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.textContent;
        return element instanceof HTMLInputElement && element.checked ? element.closest('label')?.textContent : '';
      });
    await this.page.keyboard.press(
      (await this.page.locator(selector).first().getAttribute('type')) ? 'Space' : 'ArrowDown',
    );
    for (let press = 0; press < 60 && (await chosen())?.trim() !== label; press += 1)
      await this.page.keyboard.press('ArrowDown');
    expect((await chosen())?.trim()).toBe(label);
  }
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
      await page.goto('/p/szmg');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await keys.press('登录后开始办理');
      await page.locator('#account').waitFor();
      await keys.type('#account', account);
      await keys.type('#password', demoPassword);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: '开始办理' }).waitFor();
      await keys.press('开始办理');
      await hall.title('证书办理指南');
      for (const box of ['terms', 'sensitive']) {
        await keys.reach(`#f-agreements-${box}`);
        await page.keyboard.press('Space');
      }
      await keys.press('下一步');
      await hall.title('选择证书类型和年限');
      await keys.choose('#form-certificate [name$="years"], #f-certificate-years', '1 年');
      await keys.press('下一步');
      await hall.title('填写申请信息');
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
      await keys.type('#f-bank-branch', 'gsyh');
      await page
        .getByRole('option', { name: /工商银行/ })
        .first()
        .waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await keys.type('#f-bank-accountNumber', '4000 0212 3456 7890 186');
      // What was left out is in the summary, which takes the focus and leads there.
      await keys.press('下一步');
      await page.locator('.fv-summary').waitFor();
      expect(await page.evaluate(() => document.activeElement?.className)).toContain('fv-summary');
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over).toBeLessThanOrEqual(0);
      await keys.reach('.fv-summary a[href="#f-agent-position"]');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('f-agent-position');
    } catch (error) {
      await keepPicture(page, 'keyboard');
      throw error;
    } finally {
      await hall.window.context.close();
    }
  });
});
