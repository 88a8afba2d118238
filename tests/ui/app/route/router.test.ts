import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPage, builtFile, launch } from '../../support/built-page.ts';

let folder: string;
let server: Server;
let browser: Browser;
let page: Page;
const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const path = () => page.evaluate(() => location.pathname + location.search);
const heading = () => page.locator('h1');
const link = (name: string) => page.getByRole('link', { name, exact: true });
const scrolled = () => page.evaluate(() => window.scrollY);

beforeAll(async () => {
  folder = await buildPage('tests/ui/app/route/page');
  server = createServer((request, response) => {
    const file = builtFile(folder, (request.url ?? '').slice(1)) ?? builtFile(folder, 'index.html');
    response.writeHead(200, { 'content-type': file?.type });
    response.end(file?.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  page.setDefaultTimeout(5000);
  await page.goto(url());
  await heading().waitFor();
});
afterEach(() => page.context().close());

describe('a link', () => {
  it('leads on without a load of the page, with what it wants to say; a reload keeps both', async () => {
    await page.evaluate(() => (document.body.dataset.same = 'yes'));
    await link('item').click();
    await expect.poll(() => heading().innerText()).toBe('item a b');
    expect(await page.locator('body').getAttribute('data-same')).toBe('yes');
    const said = JSON.stringify({ page: '2', state: { act: true } });
    expect(await page.locator('output').innerText()).toBe(said);
    await page.reload();
    expect(await page.locator('output').innerText()).toBe(said);
  });

  it('is a real address: another tab, a modifier and whoever prevents it are left to the browser', async () => {
    expect(await link('item').getAttribute('href')).toBe('/items/a%20b?page=2');
    for (const open of [
      () => link('tab').click(),
      () => link('item').click({ modifiers: ['Control'] }),
      () => link('item').click({ button: 'middle' }),
    ]) {
      const [tab] = await Promise.all([page.context().waitForEvent('page'), open()]);
      await tab.close();
    }
    await link('stopped').click();
    expect(await path()).toBe('/');
  });

  it('to where one is already adds nothing to go back through', async () => {
    const before = await page.evaluate(() => history.length);
    await link('home').click();
    expect(await page.evaluate(() => history.length)).toBe(before);
  });

  it('works by the keyboard', async () => {
    await link('item').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => heading().innerText()).toBe('item a b');
  });
});

describe('another page', () => {
  it('takes the focus on its heading and stands at its top; the first page takes none', async () => {
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    await link('item').click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('item a b');
    expect(await scrolled()).toBe(0);
  });

  it('is left before the next one stands, so that drafts are saved', async () => {
    await link('item').click();
    await expect.poll(() => heading().innerText()).toBe('item a b');
    await page.goBack();
    await expect.poll(() => page.locator('body').getAttribute('data-left')).toBe('a b');
  });

  it('that is loaded late leaves the one before on the screen', async () => {
    await link('late').click();
    await page.waitForTimeout(150);
    expect(await path()).toBe('/late');
    expect(await heading().innerText()).toBe('home');
    expect(await page.getByText('loading').count()).toBe(0);
    await expect.poll(() => heading().innerText()).toBe('late');
  });

  it('that is none says so', async () => {
    await page.goto(`${url()}/nothing/here`);
    expect(await heading().innerText()).toBe('none');
  });
});

describe('Back and Forward', () => {
  it('lead through pages and queries, to where each was read', async () => {
    await page.evaluate(() => window.scrollTo(0, 1200));
    const top = await scrolled();
    await link('item').evaluate((element: HTMLElement) => element.click());
    await expect.poll(() => heading().innerText()).toBe('item a b');
    await page.getByRole('button', { name: 'next' }).click();
    await expect.poll(path).toBe('/items/a%20b?page=3');
    expect(await page.locator('output').innerText()).toBe(JSON.stringify({ page: '3', state: null }));
    await page.goBack();
    await expect.poll(() => page.locator('output').innerText()).toContain('"page":"2"');
    await page.goBack();
    await expect.poll(() => heading().innerText()).toBe('home');
    await expect.poll(scrolled).toBe(top);
    await page.goForward();
    await expect.poll(() => heading().innerText()).toBe('item a b');
    await expect.poll(scrolled).toBe(0);
  });

  it('do not stop at what was replaced or led on', async () => {
    await link('old').click();
    await expect.poll(() => heading().innerText()).toBe('item new');
    await page.getByRole('button', { name: 'none' }).click();
    await expect.poll(path).toBe('/items/new');
    await page.goBack();
    await expect.poll(() => heading().innerText()).toBe('home');
  });
});
