import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { standaloneValidators } from '../../../engine/forms/index.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import { search } from '../../../server/options/index.ts';
import { buildPage, builtFile, launch } from '../support/built-page.ts';
import type { PageData } from './page/main.tsx';

/** The forms that ship with the product. */
export function shippedForms(): { [form: string]: FormSchema } {
  const names = readdirSync('forms').filter((name) => name.endsWith('.form.json'));
  return Object.fromEntries(
    names.map((name) => [
      name.replace('.form.json', ''),
      JSON.parse(readFileSync(join('forms', name), 'utf8')) as FormSchema,
    ]),
  );
}

const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'";

/** A page that renders forms, built like the product and served under its content security policy. */
export class FormPage {
  readonly url: string;
  data: PageData;
  /** Answer to the next uploads: an error text, or what was recognised. */
  answer: { status: number; text?: string; recognised?: unknown } = { status: 200 };
  /** Until it ends, the picture is being read. */
  reading: Promise<void> = Promise.resolve();
  /** Names and sizes that were uploaded. */
  readonly uploads: { name: string; size: number; bytes: Buffer }[] = [];
  private readonly server: Server;
  private readonly folder: string;
  private readonly browser: Browser;
  /** One window for each size, loaded anew for each test: a window takes longer to open than the page to load. */
  private readonly windows = new Map<string, { tab: Page; errors: string[] }>();
  private validators: { readonly of: PageData['schemas']; readonly module: string } | null = null;

  private constructor(server: Server, folder: string, browser: Browser, data: PageData) {
    this.server = server;
    this.folder = folder;
    this.browser = browser;
    this.data = data;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(data: PageData): Promise<FormPage> {
    const folder = await buildPage('tests/ui/form/page');
    const server = createServer((request, response) => page.handle(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const page: FormPage = new FormPage(server, folder, await launch(), data);
    return page;
  }

  /** A fresh page; what it reports as an error fails the test through `errors`. */
  async tab(
    options: { width?: number; height?: number; touch?: boolean } = {},
  ): Promise<{ tab: Page; errors: string[] }> {
    const key = JSON.stringify(options);
    const window = this.windows.get(key) ?? (await this.window(options));
    this.windows.set(key, window);
    window.errors.length = 0;
    await window.tab.goto(this.url);
    await window.tab.waitForSelector('.next');
    return window;
  }

  private async window(options: { width?: number; height?: number; touch?: boolean }) {
    const context = await this.browser.newContext({
      viewport: { width: options.width ?? 1440, height: options.height ?? 1000 },
      hasTouch: options.touch ?? false,
      locale: 'zh-CN',
      reducedMotion: 'reduce',
    });
    const tab = await context.newPage();
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(error.message));
    tab.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('status of 4')) errors.push(message.text());
    });
    return { tab, errors };
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.url);
    const send: Send = (type, body, status = 200, forEver = false) => {
      const cache = forEver ? { 'cache-control': 'max-age=31536000, immutable' } : {};
      response.writeHead(status, { 'content-type': type, 'content-security-policy': csp, ...cache });
      response.end(body);
    };
    if (url.pathname === '/page.json') send('application/json', JSON.stringify(this.data));
    else if (url.pathname === '/validators.js') send('text/javascript', this.validatorsOf(this.data.schemas));
    else if (url.pathname.startsWith('/options/')) this.options(url, send);
    else if (url.pathname.startsWith('/files/')) send('image/png', pixel);
    else if (url.pathname === '/upload') this.receive(request, url, send);
    else if (url.pathname === '/recognition') void this.recognise(send);
    else this.file(url.pathname === '/' ? 'index.html' : url.pathname.slice(1), send);
  }

  /** Compiled once for the same schemas. */
  private validatorsOf(schemas: PageData['schemas']): string {
    if (this.validators?.of !== schemas) this.validators = { of: schemas, module: standaloneValidators(schemas) };
    return this.validators.module;
  }

  private options(url: URL, send: Send): void {
    const under = url.searchParams.get('under');
    const query = { q: url.searchParams.get('q') ?? '', ...(under ? { under } : {}) };
    const options = search(url.pathname.slice('/options/'.length), query);
    send('application/json', JSON.stringify({ options }), options ? 200 : 404);
  }

  private file(name: string, send: Send): void {
    const file = builtFile(this.folder, name);
    if (file) send(file.type, file.body, 200, name.startsWith('assets/'));
    else send('text/plain', 'not found', 404);
  }

  private async recognise(send: Send): Promise<void> {
    await this.reading;
    send('application/json', JSON.stringify(this.answer.recognised ?? { fields: {} }));
  }

  private receive(request: IncomingMessage, url: URL, send: Send): void {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const bytes = Buffer.concat(parts);
      const name = url.searchParams.get('name') ?? '';
      this.uploads.push({ name, size: bytes.length, bytes });
      if (this.answer.status !== 200) {
        send('text/plain; charset=utf-8', this.answer.text ?? '', this.answer.status);
        return;
      }
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const type = name.endsWith('.pdf') ? 'application/pdf' : 'image/jpeg';
      const file = { id: sha256.slice(0, 12), name, size: bytes.length, type, sha256 };
      send('application/json', JSON.stringify({ file }));
    });
  }
}

type Send = (type: string, body: string | Buffer, status?: number, forEver?: boolean) => void;

/** One grey pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOsqKj4DwAFowKFeYgqpwAAAABJRU5ErkJggg==',
  'base64',
);
