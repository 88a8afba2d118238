import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { desktop, openWindow, phone } from '../../tests/e2e/support/browser.ts';
import { demoPassword } from '../../tests/e2e/support/people.ts';

/** Takes pictures of a running server, each person's in windows of their own, at both widths. */
export class Camera {
  /** What was taken, in order. */
  readonly taken: { readonly file: string; readonly title: string }[] = [];
  private readonly browser: Browser;
  private readonly base: string;
  private readonly folder: string;
  private readonly windows = new Map<string, readonly Page[]>();

  constructor(browser: Browser, base: string, folder: string) {
    this.browser = browser;
    this.base = base;
    this.folder = folder;
  }

  /** The windows of a person, logged in: the wide one and the narrow one. null = somebody who is not logged in. */
  async windowsOf(account: string | null): Promise<readonly Page[]> {
    const known = this.windows.get(account ?? '');
    if (known) return known;
    const opened: Page[] = [];
    for (const viewport of [desktop, phone]) {
      const { page, context } = await openWindow(this.browser, this.base, { viewport });
      if (account !== null) {
        const answer = await context.request.post(`${this.base}/api/session`, {
          data: { account, password: demoPassword },
          headers: { origin: this.base },
        });
        if (!answer.ok()) throw new Error(`${account}: ${answer.status()}`);
      }
      opened.push(page);
    }
    this.windows.set(account ?? '', opened);
    return opened;
  }

  /**
   * One screen at both widths.
   * @param prepare brings the page to what is to be seen: opens a dialog, a list
   */
  async both(
    account: string | null,
    path: string,
    name: string,
    title: string,
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<void> {
    for (const page of await this.windowsOf(account)) await this.shoot(page, path, name, title, prepare);
  }

  async shoot(
    page: Page,
    path: string,
    name: string,
    title: string,
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<void> {
    await page.goto(path);
    await page.locator('h1').first().waitFor();
    await prepare?.(page);
    await page.waitForTimeout(800);
    const { width = 0, height = 0 } = page.viewportSize() ?? {};
    // On a phone the whole page is of interest; the bar at its foot belongs at the foot of the picture.
    const modal = (await page.locator('dialog[open]').count()) > 0;
    const long = width < 500 && !modal ? await page.evaluate(() => document.documentElement.scrollHeight) : 0;
    if (long > height) await page.setViewportSize({ width, height: Math.min(long, 4_000) });
    const file = `${name}-${width}.jpg`;
    await page.screenshot({ path: `${this.folder}/${file}`, type: 'jpeg', quality: 72 });
    if (long > height) await page.setViewportSize({ width, height });
    this.note(file, `${title}，${width}`);
  }

  /** Every page of a PDF as it is printed, drawn by the same library as in the viewer. */
  async pdf(bytes: Buffer, name: string, title: string): Promise<void> {
    const { page, context } = await openWindow(this.browser, this.base, { viewport: { width: 1000, height: 1400 } });
    await context.route('http://pdf.invalid/**', (route) => {
      const path = new URL(route.request().url()).pathname;
      if (path === '/')
        return route.fulfill({ contentType: 'text/html', body: '<body style="margin:0"><h1 hidden>PDF</h1>' });
      const body = path === '/file.pdf' ? bytes : readFileSync(`node_modules/pdfjs-dist/build${path}`);
      return route.fulfill({ contentType: path.endsWith('.mjs') ? 'text/javascript' : 'application/pdf', body });
    });
    await page.goto('http://pdf.invalid/');
    const pages = await page.evaluate(async (library) => {
      const pdf = await import(library);
      pdf.GlobalWorkerOptions.workerSrc = '/pdf.worker.mjs';
      const file = await pdf.getDocument('/file.pdf').promise;
      for (let number = 1; number <= file.numPages; number += 1) {
        const sheet = await file.getPage(number);
        const viewport = sheet.getViewport({ scale: 1.2 });
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [viewport.width, viewport.height];
        document.body.append(canvas);
        await sheet.render({ canvas, viewport }).promise;
      }
      return file.numPages as number;
    }, '/pdf.mjs');
    for (let number = 0; number < pages; number += 1) {
      const file = `${name}-${number + 1}.jpg`;
      await page
        .locator('canvas')
        .nth(number)
        .screenshot({ path: `${this.folder}/${file}`, type: 'jpeg', quality: 72 });
      this.note(file, `${title}，第 ${number + 1} 页`);
    }
    await context.close();
  }

  private note(file: string, title: string): void {
    this.taken.push({ file, title });
    console.log(file);
  }
}
