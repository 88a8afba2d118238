import type { Page } from 'playwright-core';
import sharp, { type Sharp } from 'sharp';
import { type Drawn, style } from './cards.ts';
import { fourthStyle } from './cards-fourth.ts';
import { thirdStyle } from './cards-third.ts';
import { unseenStyle } from './cards-unseen.ts';
import type { Random } from './random.ts';

/** What happens to a picture between the card and the upload. */
export const damages = [
  'scan',
  'tilted',
  'blurred',
  'compressed',
  'perspective',
  'photographed',
  'turned',
  'photocopy',
  'small',
] as const;
export type Damage = (typeof damages)[number];

/** Draws a card and spoils it. @param fonts CSS that makes the fonts known. @returns JPEG */
export async function photograph(
  page: Page,
  drawn: Drawn,
  damage: Damage,
  random: Random,
  fonts = '',
): Promise<Buffer> {
  const { around, card } = placing(damage, random);
  await page.setContent(
    `<style>${fonts}${style}${thirdStyle}${fourthStyle}${unseenStyle} body { ${around} } .card { ${card} }</style>${drawn.html}<div id="light"></div>`,
    { waitUntil: 'load' },
  );
  const lost = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter(({ status }) => status === 'error').map(({ family }) => family);
  });
  if (lost.length > 0) throw new Error(`these fonts cannot be drawn with: ${lost.join(', ')}`);
  const whole = damage === 'perspective' || damage === 'photographed' || damage === 'tilted';
  const shot = whole ? await page.screenshot({ type: 'png' }) : await page.locator('.card').screenshot({ type: 'png' });
  return spoil(shot, damage, random);
}

const desks = ['#6d5a48', '#8b8f94', '#3f4a52', '#b9a58a', '#d8d4cc'];

function placing(damage: Damage, random: Random): { readonly around: string; readonly card: string } {
  const desk = random.pick(desks);
  const middle = `width:1640px;height:1480px;display:grid;place-items:center;overflow:hidden;`;
  switch (damage) {
    case 'tilted':
      return { around: `${middle}background:#f4f4f2`, card: `transform:rotate(${random.between(-7, 7)}deg)` };
    case 'perspective':
      return {
        around: `${middle}background:${desk}`,
        card: `transform:perspective(2600px) rotateX(${random.between(-16, 16)}deg) rotateY(${random.between(-14, 14)}deg) rotate(${random.between(-4, 4)}deg)`,
      };
    case 'photographed':
      return {
        around: `${middle}background:linear-gradient(${random.whole(0, 360)}deg, ${desk}, #222 180%)`,
        card: `transform:perspective(3200px) rotateX(${random.between(-10, 10)}deg) rotateY(${random.between(-8, 8)}deg) rotate(${random.between(-6, 6)}deg);box-shadow:0 12px 40px #0008;filter:brightness(${random.between(0.72, 1.02)}) contrast(${random.between(0.85, 1)})`,
      };
    default:
      return { around: 'background:#fff', card: '' };
  }
}

async function spoil(png: Buffer, damage: Damage, random: Random): Promise<Buffer> {
  const picture = sharp(png).removeAlpha();
  const jpeg = (made: Sharp, quality: number) => made.jpeg({ quality }).toBuffer();
  switch (damage) {
    case 'scan':
      return jpeg(picture, 82);
    case 'tilted':
      return jpeg(picture, 75);
    case 'blurred':
      return jpeg(picture.blur(random.between(1.2, 2.1)), 70);
    case 'compressed':
      return jpeg(picture, random.whole(22, 40));
    case 'perspective':
      return jpeg(picture, 72);
    case 'photographed':
      return jpeg(await noisy(picture.blur(random.between(0.5, 1)), random.between(4, 9), random), 62);
    case 'turned':
      return jpeg(sharp(await picture.rotate(random.pick([90, 180, 270])).toBuffer()), 76);
    case 'photocopy':
      return jpeg(
        await noisy(picture.grayscale().linear(1.35, -30).toColourspace('srgb'), random.between(6, 12), random),
        70,
      );
    case 'small':
      return jpeg(picture.resize({ width: random.whole(640, 760) }), 74);
  }
}

/** Grain of a dark sensor or a worn drum. */
async function noisy(picture: Sharp, strength: number, random: Random): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  for (let at = 0; at < data.length; at += info.channels) {
    const by = (random.next() + random.next() + random.next() - 1.5) * 2 * strength;
    for (let c = 0; c < info.channels; c++) data[at + c] = Math.max(0, Math.min(255, (data[at + c] ?? 0) + by));
  }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}
