import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { Option } from '../../engine/contract/routes.ts';
import { definitionFiles } from '../support/definitions.ts';
import { desktop, openWindow, phone, useBrowser, type Window } from './support/browser.ts';
import { demoPassword, logIn } from './support/people.ts';
import { everyScreen, type Screen } from './support/screens.ts';
import { useServer } from './support/server.ts';
import { accessProblems } from './support/workbench.ts';

/** What holds on every screen, with everything open that can be opened: WCAG 2.2 AA as axe sees it, no sideways scrolling, English. */
const browser = useBrowser();
const { server, world } = useServer();
/** More than a hundred states of screens one after the other. */
const walk = 1_500_000;
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** The windows of one width: one for each person. */
class Windows {
  private readonly opened = new Map<string | null, Window>();
  private readonly viewport: { width: number; height: number };
  private readonly stored: { readonly [key: string]: string };

  /** @param stored what the browser remembers: language, modes */
  constructor(viewport: { width: number; height: number }, stored: { readonly [key: string]: string }) {
    this.viewport = viewport;
    this.stored = stored;
  }

  async of(account: string | null): Promise<Page> {
    const known = this.opened.get(account);
    if (known) return known.page;
    const window = await openWindow(browser(), server.url, { viewport: this.viewport });
    await window.context.addInitScript((stored) => {
      for (const [key, value] of Object.entries(stored)) localStorage.setItem(key, value);
    }, this.stored);
    if (account !== null)
      await window.context.request.post(`${server.url}/api/session`, {
        data: { account, password: demoPassword },
        headers: { origin: server.url },
      });
    this.opened.set(account, window);
    return window.page;
  }

  async close(): Promise<void> {
    const all = [...this.opened.values()];
    expect(all.flatMap((window) => window.troubles)).toEqual([]);
    await Promise.all(all.map((window) => window.context.close()));
  }
}

async function enter(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  // Pages with a stream are never idle.
  await page.waitForLoadState('networkidle', { timeout: 700 }).catch(() => undefined);
}

/** Everything that folds. A combobox opens as one types; see the states of its screen. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll('details')) folded.open = true;
    const closed = document.querySelectorAll<HTMLElement>('button[aria-expanded=false]:not(.menubutton)');
    for (const button of closed) if (button.checkVisibility()) button.click();
  });
}

/** The menu lies over the page, so that only it is looked at. */
const menu = '.menulist';

/** Looks at the screen as it is, unfolded, in each of its states, and at each of its dialogs. */
async function eachState(
  page: Page,
  screen: Screen,
  look: (state: string, within?: string) => Promise<void>,
): Promise<void> {
  await enter(page, screen.path);
  await look(screen.name);
  await unfold(page);
  await look(`${screen.name}, unfolded`);
  const opener = page.locator('.menubutton:visible').first();
  if ((await opener.count()) > 0) {
    await opener.click();
    await look(`${screen.name}, menu`, menu);
    await page.keyboard.press('Escape');
  }
  for (const selector of screen.dialogs ?? []) {
    const openers = page.locator(selector);
    const count = Math.min(await openers.count(), 4);
    for (let place = 0; place < count && place < (await openers.count()); place += 1) {
      await openers.nth(place).evaluate((button: HTMLElement) => button.click());
      // Some buttons do at once what they say.
      const opened = await page
        .locator('dialog[open]')
        .waitFor({ timeout: 3_000 })
        .then(() => true)
        .catch(() => false);
      if (!opened) continue;
      await look(`${screen.name}, dialog of ${selector} ${place + 1}`);
      await page.keyboard.press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    }
  }
  for (const [name, open] of Object.entries(screen.states ?? {})) {
    await open(page);
    await look(`${screen.name}, ${name}`);
  }
}

/** One after the other; a screen that cannot be brought to one of its states is told like any other find. */
async function walkThrough(
  windows: Windows,
  look: (page: Page, within?: string) => Promise<string[]>,
): Promise<string[]> {
  const screens = await everyScreen(server.url, world);
  const found: string[] = [];
  let seen = 0;
  for (const screen of screens) {
    const page = await windows.of(screen.account);
    const note = async (state: string, within?: string) => {
      seen += 1;
      found.push(...(await look(page, within)).map((one) => `${state}: ${one}`));
    };
    await eachState(page, screen, note).catch((error: Error) => found.push(`${screen.name}: ${error.message}`));
  }
  expect(screens.length).toBeGreaterThan(40);
  expect(seen).toBeGreaterThan(screens.length * 2);
  return found;
}

describe.each([
  { name: 'at 1440 px', viewport: desktop, stored: {} },
  {
    name: 'at 390 px, large and high contrast',
    viewport: phone,
    stored: { 'certflow.modes': '{"size":"large","contrast":"high"}' },
  },
])('every screen $name, with everything open', ({ viewport, stored }) => {
  const windows = new Windows(viewport, stored);
  afterAll(() => windows.close());

  it(
    'is accessible and no wider than the window',
    async () => {
      const found = await walkThrough(windows, async (page, within) => {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        const problems = await accessProblems(page, axe, within);
        return over > 0 ? [...problems, `${over} px too wide`] : problems;
      });
      expect(found).toEqual([]);
    },
    walk,
  );
});

describe('every screen in English', () => {
  const windows = new Windows(desktop, { 'certflow.locale': 'en' });
  afterAll(() => windows.close());

  it(
    'says nothing of its own in Chinese, and marks what the definitions say in Chinese',
    async () => {
      const known = await said();
      const told = new Set<string>();
      const found = await walkThrough(windows, async (page) => {
        const { texts, unmarked } = await page.evaluate(chinese);
        const own = texts.filter((text) => isOwn(text, known)).map((text) => `“${text}”`);
        // Each once, where it was seen first.
        return [...own, ...unmarked.map((text) => `not marked as Chinese: “${text}”`)].filter(
          (one) => !told.has(one) && told.add(one),
        );
      });
      expect(found).toEqual([]);
    },
    walk,
  );
});

/** Everything that definitions say, people wrote and the outside world answers: in Chinese also on an English page. */
async function said(): Promise<string> {
  const files = [
    'server/sandbox/samples/samples.json',
    'engine/forms/smallest.ts',
    'server/accounts/demo.ts',
    'server/policies/roles.ts',
    'tests/e2e/support/screens.ts',
    'tests/support/batch.ts',
    // The signer of the signature that is verified.
    'tests/ui/hall/signature.test.ts',
  ];
  const outside = readdirSync('server/sandbox/simulators').map((name) => `server/sandbox/simulators/${name}`);
  const person = await logIn(server.url, 'applicant');
  const offered = async (query: string) =>
    (await person.call<{ options: Option[] }>('GET', `/api/options/${query}`)).options.map(({ label }) => label);
  const guangdong = `regions?q=&under=${encodeURIComponent('广东省')}`;
  const options = [...(await offered('regions?q=')), ...(await offered(guangdong)), ...(await offered('banks?q=gsyh'))];
  const texts = [...files, ...outside].map((file) => readFileSync(file, 'utf8'));
  return [...Object.values(definitionFiles()), ...texts, ...options, ...tiles].join('\n');
}

/** A tile is one character in any language; the way back to Chinese is in Chinese; a definition's text says its times in Chinese. */
const tiles = ['系', '席', '演', '配', '您', '沙', '中文', '周一周二周三周四周五周六周日'];

/** Chinese that nobody else said, or Chinese punctuation in what is not Chinese. */
function isOwn(text: string, known: string): boolean {
  const words = text.match(/\p{Script=Han}+/gu);
  if (words === null) return /[，。：；（）、！？]/.test(text);
  return words.some((word) => !isKnown(word, known));
}

function isKnown(word: string, known: string): boolean {
  // Invented values are named after their field; the demo's people after their role.
  const named = word.replace(/^示例/, '').replace(/[甲乙丙丁戊己庚辛壬癸]$/, '');
  return known.includes(word) || known.includes(named);
}

/** In the page: texts, names and placeholders with Chinese in them, and texts that are not marked as Chinese. */
function chinese(): { texts: string[]; unmarked: string[] } {
  const pattern = /[\p{Script=Han}，。：；（）、！？]/u;
  const texts = new Set<string>();
  const unmarked = new Set<string>();
  const note = (text: string | null | undefined) => {
    if (text && pattern.test(text)) texts.add(text.trim());
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    const parent = node.parentElement;
    if (!pattern.test(text) || parent?.closest('noscript, script, style, .cm-editor, pre')) continue;
    // A message is a template with the case's words in it; what is wrong in a row stands as it was told at the check.
    if (!parent?.closest('.thread, .message, .desksent, .batch-problems')) note(text);
    const language = parent?.closest('[lang]')?.getAttribute('lang') ?? '';
    const whole = [...(parent?.childNodes ?? [])].map((one) => (one.nodeType === 3 ? one.nodeValue : '')).join('');
    if (/\p{Script=Han}/u.test(text) && !language.startsWith('zh') && !/[A-Za-z]{2}/.test(whole))
      unmarked.add(text.trim());
  }
  for (const element of document.querySelectorAll('[aria-label],[placeholder],[title],[alt]'))
    if (!element.closest('.message'))
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) note(element.getAttribute(name));
  note(document.title);
  return { texts: [...texts], unmarked: [...unmarked] };
}
