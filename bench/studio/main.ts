import { type Browser, chromium } from 'playwright-core';
import { median, print, round } from '../measure.ts';
import { Site } from './site.ts';

const checks = ['worker', 'server'] as const;
type Check = (typeof checks)[number];
/** States of the process, and within how many milliseconds its issues are wanted. */
const sizes = [
  [100, 200],
  [1000, 1000],
] as const;
const keys = 20;

interface Measured {
  /** Milliseconds from each keystroke to the screen that shows its issues. */
  readonly times: readonly number[];
  /** The longest task of the page's thread while somebody types; 0 when none was as long as 50 ms. */
  readonly longest: number;
}

/**
 * The studio's editor in real headless Chromium under the product's content security policy, a production build: from a
 * keystroke to its issues, checked in the worker and, beside it, by a server that does nothing else and is asked without the pause
 * that the studio makes. Every keystroke makes another chart.
 * `npm run bench -- studio [rounds]`
 */
export async function main(args: readonly string[]): Promise<number> {
  const rounds = Number(args[0] ?? 3);
  const site = await Site.open();
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    for (const [states, wanted] of sizes) {
      const found: { [check in Check]: Measured[] } = { worker: [], server: [] };
      for (let turn = 0; turn < rounds; turn += 1)
        for (const check of checks) found[check].push(await measure(browser, site, states, check));
      const of = (check: Check, what: (one: Measured) => number) => median(found[check].map(what));
      const middle = ({ times }: Measured) => median(times);
      const slowest = ({ times }: Measured) => Math.max(...times);
      line(`key-to-issues-${states}-states-ms`, of('worker', middle), of('server', middle));
      line(`slowest-key-to-issues-${states}-states-ms`, of('worker', slowest), of('server', slowest));
      line(
        `longest-task-${states}-states-ms`,
        of('worker', ({ longest }) => longest),
        of('server', ({ longest }) => longest),
      );
      // Beside what is wanted.
      line(`key-to-issues-${states}-states-ms-of-wanted`, of('worker', middle), wanted);
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return 0;
}

function line(metric: string, ours: number, peer: number): void {
  print({
    bench: 'studio',
    metric,
    ours: round(ours),
    peer: round(peer),
    ratio: ours === 0 ? null : round(peer / ours),
  });
}

async function measure(browser: Browser, site: Site, states: number, check: Check): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(`${site.url}/studio.html?states=${states}&check=${check}`);
    await page.waitForFunction(() => window.studio?.ready, undefined, { timeout: 120_000 });
    const editor = page.locator('.cm-content');
    await editor.click();
    // Behind 阶段零, before the bracket.
    await page.keyboard.press('Control+End');
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowLeft');
    await page.waitForTimeout(500);
    await page.evaluate(() => {
      window.studio.times.length = 0;
      window.studio.tasks.length = 0;
    });
    for (let key = 0; key < keys; key += 1) {
      await page.keyboard.press(key % 2 === 0 ? 'a' : 'Backspace');
      await page.waitForFunction((count) => window.studio.times.length > count, key, { timeout: 120_000 });
    }
    // As fast as a keyboard can: typing is not held up by what is being checked.
    await page.keyboard.type('abcdefghijklmnopqrst');
    await page.waitForFunction(() => window.studio.settled, undefined, { timeout: 120_000 });
    const { times, tasks } = await page.evaluate(() => window.studio);
    return { times: times.slice(0, keys), longest: Math.max(0, ...tasks) };
  } finally {
    await context.close();
  }
}
