import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { keepPicture } from './browser.ts';
import { type Hall, openHall } from './hall.ts';

/**
 * One visit to the hall in a window of its own: a picture is kept when it fails, a clean page is demanded when it does
 * not, and the window is closed either way.
 */
export async function visit(
  browser: Browser,
  base: string,
  name: string,
  way: (hall: Hall) => Promise<void>,
  viewport?: { width: number; height: number },
): Promise<void> {
  const hall = await openHall(browser, base, viewport);
  try {
    await way(hall);
    expect(hall.window.troubles).toEqual([]);
  } catch (error) {
    await keepPicture(hall.page, name);
    throw error;
  } finally {
    await hall.window.context.close();
  }
}

/** Logs in and opens a case. */
export async function openCase(hall: Hall, id: string, account = 'applicant'): Promise<void> {
  await hall.page.goto(`/login?next=/cases/${id}`);
  await hall.logIn(account);
}
