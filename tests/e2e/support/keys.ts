import type { FileChooser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { samplePath } from './people.ts';

/** A page that is used by the keyboard alone: no click, no focus but by Tab. Each place that Tab comes to is looked at. */
export class Keys {
  readonly page: Page;
  /** Places where the focus could not be seen: no ring, or outside of what is on the screen. Empty = none. */
  readonly unseen: string[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  /** Tabs on until the focus is there. */
  async reach(selector: string, text = ''): Promise<void> {
    for (let press = 0; press < 200; press += 1) {
      await this.page.keyboard.press('Tab');
      let [found, trouble] = await this.page.evaluate(look, [selector, text] as const);
      // What slides in has a moment to do so.
      for (let turn = 0; trouble !== '' && turn < 5; turn += 1) {
        await this.page.waitForTimeout(60);
        [found, trouble] = await this.page.evaluate(look, [selector, text] as const);
      }
      if (trouble !== '' && !this.unseen.includes(trouble)) this.unseen.push(trouble);
      if (found) return;
    }
    throw new Error(`Tab does not lead to ${selector} ${text}`);
  }

  async type(selector: string, text: string): Promise<void> {
    await this.reach(selector);
    await this.page.keyboard.type(text);
  }

  async press(button: string): Promise<void> {
    await this.reach('main button, main a', button);
    await this.page.keyboard.press('Enter');
  }

  async tick(selector: string): Promise<void> {
    await this.reach(selector);
    await this.page.keyboard.press('Space');
    expect(await this.page.locator(selector).isChecked(), selector).toBe(true);
  }

  /** Goes down a list until this entry is chosen. */
  async choose(selector: string, label: string): Promise<void> {
    await this.reach(selector);
    const chosen = () =>
      this.page.evaluate(() => {
        const element = document.activeElement;
        if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.textContent;
        return element instanceof HTMLInputElement && element.checked ? element.closest('label')?.textContent : '';
      });
    await this.page.keyboard.press(
      (await this.page.locator(selector).first().getAttribute('type')) ? 'Space' : 'ArrowDown',
    );
    for (let press = 0; press < 60 && (await chosen())?.trim() !== label; press += 1)
      await this.page.keyboard.press('ArrowDown');
    expect((await chosen())?.trim()).toBe(label);
  }

  /** Opens the browser's own window to choose a file. */
  async upload(selector: string, sample: string): Promise<void> {
    // Asked for before the key is pressed: the browser has to be told that the window is ours.
    const chooser: Promise<FileChooser> = this.page.waitForEvent('filechooser', { timeout: 30_000 });
    await this.reach(selector);
    await this.page.keyboard.press('Space');
    await (await chooser).setFiles(samplePath(sample));
  }

  /** What the focus is on. */
  focused(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.id || document.activeElement?.className || '');
  }
}

/** In the page: whether the focus is where it was wanted, and why it cannot be seen, or ''. */
function look([wanted, words]: readonly [string, string]): [boolean, string] {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return [false, ''];
  const found = element.matches(wanted) && (words === '' || element.textContent?.trim() === words);
  // A file input lies invisible over what is drawn as its button, which then has the ring.
  const drawn = element.matches('[type=file]') ? (element.parentElement ?? element) : element;
  const style = getComputedStyle(drawn);
  const ringed = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
  const box = drawn.getBoundingClientRect();
  const bar = document.querySelector('.offers .bar');
  const foot =
    bar && getComputedStyle(bar).position === 'fixed' && !bar.contains(element)
      ? bar.getBoundingClientRect().top
      : innerHeight;
  const inSight = box.width > 0 && box.height > 0 && box.top < foot && box.bottom > 0;
  if (ringed && inSight) return [found, ''];
  return [found, `${ringed ? '' : 'no ring '}${inSight ? '' : 'out of sight '}${element.outerHTML.slice(0, 140)}`];
}
