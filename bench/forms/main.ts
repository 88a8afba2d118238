import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { median, print, round } from '../measure.ts';
import { Site } from './site.ts';

const peers = ['rjsf', 'jsonforms', 'surveyjs'] as const;
const contestants = ['ours', ...peers] as const;
const typed = 'abcdefghijklmnopqrstuvwxyz0123';
const rounds = 5;

interface Measured {
  /** Milliseconds of scripts for each keystroke, the draft that follows included. */
  readonly key: number;
  /** Milliseconds from before the form's first line to the frame that shows it. */
  readonly shown: number;
}

/**
 * A form of 300 fields in real headless Chromium, production builds, our renderer and its peers turn by turn. Half of
 * the keystrokes go into a field that conditions read; each turn ends when the draft was saved.
 * `npm run bench -- forms [rounds]`
 */
export async function main(args: readonly string[]): Promise<number> {
  const turns = Number(args[0] ?? rounds);
  const site = await Site.open(contestants);
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    const found: { [name: string]: Measured[] } = {};
    for (let turn = 0; turn <= turns; turn += 1) {
      for (const name of contestants) {
        const one = await measure(browser, site, name, 300);
        // The first round fills the browser's caches.
        if (turn > 0) found[name] = [...(found[name] ?? []), one];
      }
    }
    const of = (name: string, key: keyof Measured) => median((found[name] ?? []).map((one) => one[key]));
    for (const [metric, key] of [
      ['script-per-key-300-fields-ms', 'key'],
      ['first-render-300-fields-ms', 'shown'],
    ] as const) {
      for (const peer of peers) line(`${metric}-vs-${peer}`, of('ours', key), of(peer, key));
      line(`${metric}-vs-fastest`, of('ours', key), Math.min(...peers.map((peer) => of(peer, key))));
    }
    await growth(browser, site, turns);
  } finally {
    await browser.close();
    await site.close();
  }
  return 0;
}

/** Our own keystroke in 30 and in 1,000 fields, turn by turn: it should not depend on how many there are. */
async function growth(browser: Browser, site: Site, turns: number): Promise<void> {
  const found = new Map<number, number[]>([30, 300, 1000].map((fields) => [fields, []]));
  for (let turn = 0; turn < turns; turn += 1)
    for (const [fields, times] of found) times.push((await measure(browser, site, 'ours', fields)).key);
  const of = (fields: number) => median(found.get(fields) ?? []);
  for (const fields of found.keys()) line(`script-per-key-${fields}-fields-ms-vs-30-fields`, of(fields), of(30));
}

function line(metric: string, ours: number, peer: number): void {
  print({ bench: 'forms', metric, ours: round(ours), peer: round(peer), ratio: round(peer / ours) });
}

async function measure(browser: Browser, site: Site, name: string, fields: number): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en-GB' });
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(`${site.url}/${name}/${name}.html?fields=${fields}`);
    await page.waitForFunction(() => window.contest?.shown != null);
    const shown = await page.evaluate(() => window.contest.shown ?? Number.NaN);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const [read, unread] = [await inputOf(page, 0), await inputOf(page, 1)];
    await read.press('x');
    await page.waitForTimeout(200);
    const before = await scripting(session);
    const saves = await page.evaluate(() => window.contest.saves);
    for (const input of [read, unread]) {
      await input.focus();
      for (const character of typed) await page.keyboard.press(character);
    }
    await page.waitForFunction((n) => window.contest.saves > n, saves);
    await page.waitForTimeout(100);
    const after = await scripting(session);
    const kept = await unread.inputValue();
    if (!kept.endsWith(typed)) throw new Error(`${name} lost keystrokes: ${kept}`);
    return { key: ((after - before) * 1000) / (typed.length * 2), shown };
  } finally {
    await context.close();
  }
}

/** The control of the field with this number. */
async function inputOf(page: Page, field: number) {
  const input = page.locator('input[type=text], input:not([type])').nth(field);
  await input.waitFor();
  return input;
}

/** Seconds that scripts of the page have run so far. */
async function scripting(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((one) => one.name === 'ScriptDuration')?.value ?? Number.NaN;
}
