import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { keepPicture, openWindow, type Window } from './browser.ts';
import { Hall } from './hall.ts';
import { demoPassword } from './people.ts';

/** The desk as somebody lives in it: everything by the page. */
export class Desk {
  readonly window: Window;
  readonly page: Page;
  readonly data: Locator;
  readonly papers: Locator;
  readonly opinion: Locator;

  constructor(window: Window) {
    this.window = window;
    this.page = window.page;
    this.data = this.page.getByRole('region', { name: '申请内容' });
    this.papers = this.page.getByRole('region', { name: '材料' });
    this.opinion = this.page.getByRole('complementary', { name: '意见' });
  }

  /** A case by its address, and its buttons. */
  async open(id: string): Promise<void> {
    await this.page.goto(`/desk/${id}`);
    await this.data.waitFor();
  }

  /** The row of the queue that is about this number. */
  async row(number: string): Promise<Locator> {
    const shown = this.page.getByRole('row').filter({ has: this.page.getByRole('link', { name: number }) });
    await shown.waitFor();
    return shown;
  }

  offer(event: string): Locator {
    return this.page.locator(`.deskend [data-event="${event}"]`);
  }

  async press(event: string): Promise<void> {
    await this.offer(event).click();
  }

  /** Answers the dialogue of an event with a sentence and sends it. */
  async note(event: string, text: string): Promise<void> {
    await this.press(event);
    const dialog = this.page.getByRole('dialog');
    await dialog.locator('textarea').first().fill(text);
    await dialog.locator(`[data-event="${event}"]`).click();
    await expect.poll(() => dialog.count()).toBe(0);
  }

  /** Waits for the tag at the head. */
  async label(text: string): Promise<void> {
    await this.page.locator('header').getByText(text, { exact: true }).first().waitFor();
  }

  /** Ends with a clean page. */
  async leave(): Promise<void> {
    expect(this.window.troubles).toEqual([]);
    await this.window.context.close();
  }
}

export async function openDesk(browser: Browser, base: string, account: string): Promise<Desk> {
  const window = await openWindow(browser, base);
  const { page } = window;
  await page.goto('/desk');
  await page.locator('#account').fill(account);
  await page.locator('#password').fill(demoPassword);
  await page.getByRole('main').getByRole('button', { name: '登录' }).click();
  await page.waitForURL((url) => url.pathname === '/desk');
  return new Desk(window);
}

/** The page of an own case in the hall. */
export async function openCase(browser: Browser, base: string, id: string, account = 'applicant'): Promise<Hall> {
  const hall = new Hall(await openWindow(browser, base), base);
  await hall.page.goto(`/login?next=/cases/${id}`);
  await hall.logIn(account);
  await hall.page.waitForURL(`**/cases/${id}`);
  return hall;
}

/** Keeps a picture of every page that is open when a test fails. */
export async function withPictures(name: string, pages: () => readonly Page[], way: () => Promise<void>) {
  try {
    await way();
  } catch (error) {
    for (const [index, page] of pages().entries()) await keepPicture(page, `${name}-${index + 1}`);
    throw error;
  }
}
