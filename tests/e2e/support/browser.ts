import { existsSync, mkdirSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH ?? places.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('no browser: install chromium or set CHROME_PATH');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
}

/** Widths at which every screen has to be right. */
export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** A browser's window of one person, which notes down what goes wrong on its pages. */
export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts, refused by the content security policy, and answers of 500 and above; empty = clean. */
  readonly troubles: string[];
}

export async function openWindow(
  browser: Browser,
  base: string,
  options: { readonly viewport?: { width: number; height: number }; readonly reducedMotion?: boolean } = {},
): Promise<Window> {
  const viewport = options.viewport ?? desktop;
  const context = await browser.newContext({
    baseURL: base,
    viewport,
    locale: 'zh-CN',
    timezoneId: 'America/New_York',
    reducedMotion: options.reducedMotion === false ? 'no-preference' : 'reduce',
    hasTouch: viewport.width < 500,
    isMobile: viewport.width < 500,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const troubles: string[] = [];
  context.on('page', (one) => watch(one, troubles));
  watch(page, troubles);
  return { page, context, troubles };
}

function watch(page: Page, troubles: string[]): void {
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('response', (answer) => {
    if (answer.status() >= 500 && answer.status() !== 503) troubles.push(`${answer.status()} ${answer.url()}`);
  });
  page.on('console', (line) => {
    if (line.type() === 'error' && /Content Security Policy|Refused to/.test(line.text()))
      troubles.push(`policy: ${line.text()}`);
  });
}

/** Keeps a picture of a screen that a test failed at, in test-results/. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync('test-results', { recursive: true });
  await page.screenshot({ path: `test-results/${name}.png`, fullPage: true }).catch(() => undefined);
}

/** One browser for a test file. Call at its top level; use the returned function inside the tests. */
export function useBrowser(): () => Browser {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return () => {
    expect(browser, 'the browser is not open').not.toBeNull();
    return browser as Browser;
  };
}
