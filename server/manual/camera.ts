import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { breaksOf, cutsOf } from './cuts.ts';

/** CSS pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something to press or to look at, and what is said of it below the picture. */
export interface Mark {
  readonly text: string;
  /** In CSS pixels from the picture's upper left corner. */
  readonly box: Rect;
}

export interface Picture {
  readonly jpeg: Buffer;
  /** CSS pixels; the picture has `scale` times as many. */
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  /** Where it may be cut in two, in CSS pixels from its upper edge. */
  readonly breaks: readonly number[];
}

export interface Aim {
  readonly text: string;
  readonly at: Locator;
}

/** Pictures are this much sharper than the screen, so that print is. */
export const SCALE = 2;
/** A window at which a page has one column and prints in a size that can be read; and a phone. */
export const DESKTOP = { width: 800, height: 1000 };
export const PHONE = { width: 390, height: 780 };

/** What belongs to the developer's hall, or follows the reader down the page. */
const LOOK =
  '.devlink, .skip { display: none !important } .top, .offers .bar, dialog footer { position: static !important } html { scroll-behavior: auto !important }';

/** What must not be cut in two. */
const WHOLE =
  'main :is(h1, h2, h3, h4, p, li, tr, dt, dd, button, .fv-field, .fv-head, .fv-file, .bar, .linkpanel, .waiting, .note, .panel > *)';

/** Where everything stands on the page, in its own coordinates. */
const rectsOf = (selector: string) => `[...document.querySelectorAll(${JSON.stringify(selector)})]
  .filter((one) => one.checkVisibility({ contentVisibilityAuto: true })).map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return { x: x + scrollX, y: y + scrollY, width, height };
}).filter(({ width, height }) => width > 0 && height > 0)`;

/** A heading stays with the beginning of what it heads, CSS pixels. */
const HEADING = 'main :is(h1, h2, h3, .fv-head, .fv-form-hint)';
const WITH = 110;
/** Around a part that is shown alone, CSS pixels. */
const PART_AIR = 2;
/** Of a page below what is pressed on it, and at most of it, CSS pixels. */
const BELOW = 48;
const MOST = 1_000;
/** Parts of a page that are looked at by themselves. */
const PART = 'main :is(.fv-form, .panel, .lockedform, .inline-dialogue)';

async function rects(page: Page, selector: string): Promise<readonly Rect[]> {
  return (await page.evaluate(rectsOf(selector))) as readonly Rect[];
}

export interface Framing {
  /** The page's own head is in the picture. */
  readonly head?: boolean;
  /** Height of one piece, CSS pixels. */
  readonly longest: number;
  /** Only this part of the page, with a little around it. */
  readonly only?: Locator;
  /** The first piece is enough, whatever parts are in it. */
  readonly one?: boolean;
}

/** Takes a page, or the dialogue that is open on it, in pieces that have room on a sheet each. @param aims what is marked */
export async function shoot(page: Page, aims: readonly Aim[], framing: Framing): Promise<readonly Picture[]> {
  await page.addStyleTag({ content: LOOK });
  await page.evaluate('document.fonts.ready.then(() => true)');
  const dialogue = page.locator('dialog[open]');
  const open = (await dialogue.count()) > 0;
  if (!open) await page.evaluate('document.activeElement?.blur(), scrollTo(0, 0)');
  // What slides in has arrived.
  await page.waitForTimeout(500);
  const { width = 0 } = page.viewportSize() ?? {};
  const bytes = await page.screenshot({ fullPage: !open, animations: 'disabled', caret: 'hide' });
  const around = open ? await dialogueFrame(page) : await pageFrame(page, width, framing.head === true);
  const frame = framing.only === undefined ? around : await partFrame(page, framing.only, around);
  const whole = await rects(page, open ? 'dialog[open] *' : WHOLE);
  const [heads, parts] = open ? [[], []] : [await rects(page, HEADING), await rects(page, PART)];
  const marks = await marksOf(page, aims, open);
  // The first thing to press is in the picture of a page that is only looked at.
  const [first] = marks;
  const below = first === undefined ? 0 : first.box.y + first.box.height - frame.y + BELOW;
  const longest = framing.one === true ? Math.max(framing.longest, Math.min(below, MOST)) : framing.longest;
  const kept = [
    ...whole.map(({ y, height }) => ({ top: y, bottom: y + height })),
    ...heads.map(({ y, height }) => ({ top: y, bottom: y + height + WITH })),
  ];
  const pieces = cutsOf(
    { top: frame.y, bottom: frame.y + frame.height },
    kept,
    longest,
    framing.one === true ? [] : parts.map(({ y }) => y),
  );
  // What stands below the last thing to press is not what the page is about.
  const last = Math.max(...marks.map(({ box }) => box.y + box.height));
  const wanted = marks.length === 0 ? pieces : pieces.filter(({ top }) => top < last);
  return Promise.all(
    wanted.slice(0, framing.one === true ? 1 : wanted.length).map(async ({ top, bottom }) => {
      const box = { x: frame.x, y: top, width: frame.width, height: bottom - top };
      const breaks = open ? [] : breaksOf({ top, bottom }, kept, longest);
      const { width, height } = box;
      return { jpeg: await extract(bytes, box), width, height, marks: within(marks, box), breaks };
    }),
  );
}

/** From the head, or below it, to the end of what is said; the foot of the page is on every page the same. */
async function pageFrame(page: Page, width: number, head: boolean): Promise<Rect> {
  const [main] = await rects(page, 'main');
  const said = await rects(page, WHOLE);
  const bottom = Math.max(...said.map(({ y, height }) => y + height), (main?.y ?? 0) + 40) + 20;
  const top = head ? 0 : Math.max(0, main?.y ?? 0);
  return { x: 0, y: top, width, height: Math.min(bottom, (main?.y ?? 0) + (main?.height ?? bottom)) - top };
}

/** As wide as the page. */
async function partFrame(page: Page, part: Locator, around: Rect): Promise<Rect> {
  const box = await part.boundingBox();
  if (box === null) return around;
  const y = Math.max(0, box.y + Number(await page.evaluate('scrollY')) - PART_AIR);
  return { ...around, y, height: box.height + 2 * PART_AIR };
}

async function dialogueFrame(page: Page): Promise<Rect> {
  const [box] = await rects(page, 'dialog[open]');
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  if (box === undefined) return { x: 0, y: 0, width, height };
  const y = Math.max(0, box.y - 24);
  return { x: 0, y, width, height: Math.min(height, box.y + box.height + 24) - y };
}

async function marksOf(page: Page, aims: readonly Aim[], open: boolean): Promise<readonly Mark[]> {
  const scrolled = open ? 0 : Number(await page.evaluate('scrollY'));
  const marks: Mark[] = [];
  for (const { text, at } of aims) {
    const box = await at.first().boundingBox();
    if (box !== null) marks.push({ text, box: { ...box, y: box.y + scrolled } });
  }
  return marks.sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
}

function within(marks: readonly Mark[], { x, y, width, height }: Rect): readonly Mark[] {
  return marks.flatMap(({ text, box }) => {
    const middle = box.y + box.height / 2;
    if (middle < y || middle >= y + height || box.x >= x + width) return [];
    return [{ text, box: { ...box, x: box.x - x, y: box.y - y } }];
  });
}

async function extract(bytes: Buffer, box: Rect): Promise<Buffer> {
  const picture = sharp(bytes);
  const { width = 0, height = 0 } = await picture.metadata();
  const left = Math.round(box.x * SCALE);
  const top = Math.round(box.y * SCALE);
  const region = {
    ...{ left, top },
    width: Math.min(width - left, Math.round(box.width * SCALE)),
    height: Math.min(height - top, Math.round(box.height * SCALE)),
  };
  return picture.extract(region).jpeg({ quality: 80, mozjpeg: true }).toBuffer();
}

/** A picture as two, one below the other. @param at CSS pixels from its upper edge */
export async function halves(picture: Picture, at: number): Promise<readonly Picture[]> {
  const { width, height, marks, breaks } = picture;
  const boxes = [
    { x: 0, y: 0, width, height: at },
    { x: 0, y: at, width, height: height - at },
  ];
  return Promise.all(
    boxes.map(async (box) => ({
      jpeg: await extract(picture.jpeg, box),
      ...{ width, height: box.height, marks: within(marks, box) },
      breaks: breaks.map((y) => y - box.y).filter((y) => y > 0 && y < box.height),
    })),
  );
}
