import type { Browser, Page } from 'playwright-core';
import { openWindow, type Window } from './browser.ts';
import { demoPassword } from './people.ts';

/** A window of the desk, the studio or the lab: logged in by the page, at the room's first page. */
export async function enterRoom(
  browser: Browser,
  base: string,
  room: 'desk' | 'studio' | 'lab' | 'staff' | 'audit',
  account: string,
): Promise<Window> {
  const window = await openWindow(browser, base);
  await window.page.goto(`/${room}`);
  await logIn(window.page, account);
  await window.page.waitForURL((url) => url.pathname === `/${room}`);
  return window;
}

async function logIn(page: Page, account: string): Promise<void> {
  await page.locator('#account').fill(account);
  await page.locator('#password').fill(demoPassword);
  await page.getByRole('main').getByRole('button', { name: '登录' }).click();
}

/** What axe finds on what is shown now, each with its first place. @param within selector of the part that is looked at */
export async function accessProblems(page: Page, axeSource: string, within = 'html'): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (part) => {
    interface Axe {
      run(
        part: string,
        options: object,
      ): Promise<{
        violations: { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] }[];
      }>;
    }
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(part, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return violations.map(
      (one) => `${one.id}: ${one.nodes[0]?.target.join(' ')} ${one.nodes[0]?.failureSummary ?? ''}`,
    );
  }, within);
}
