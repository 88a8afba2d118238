import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { orientationOf } from '../../../ui/form/picture/exif.ts';
import { blurOf, hasSeal, isBlurred, type Pixels } from '../../../ui/form/picture/quality.ts';

const imageOf = (file: string) => `server/sandbox/samples/${file}`;
const view = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** As the page's canvas gives them. */
async function pixels(image: Buffer | string, side: number): Promise<Pixels> {
  const { data, info } = await sharp(image)
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

describe('how the camera was held', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is read as %i', async (orientation) => {
    const plain = sharp({ create: { width: 8, height: 4, channels: 3, background: '#888' } });
    const bytes = await plain.withMetadata({ orientation }).jpeg().toBuffer();
    expect(orientationOf(view(bytes))).toBe(orientation);
  });

  it('is upright where nothing says otherwise, whatever the bytes are', async () => {
    const plain = await sharp({ create: { width: 8, height: 4, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer();
    expect(orientationOf(view(plain))).toBe(1);
    const marked = await sharp(plain).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    fc.assert(
      fc.property(fc.nat(marked.length), fc.uint8Array({ maxLength: 40 }), (at, noise) => {
        const broken = Buffer.concat([marked.subarray(0, at), noise, marked.subarray(at + noise.length)]);
        expect(orientationOf(view(broken))).toBeGreaterThanOrEqual(1);
        expect(orientationOf(view(broken.subarray(0, at)))).toBeLessThanOrEqual(8);
      }),
    );
  });
});

describe('a picture that is hard to read', () => {
  it.each(['business-licence.jpg', 'id-front-agent.jpg', 'stamped-application-form.jpg'])('%s is not', async (file) => {
    expect(isBlurred(await pixels(imageOf(file), 1600))).toBe(false);
    const shaken = await sharp(imageOf(file)).blur(3.5).toBuffer();
    expect(isBlurred(await pixels(shaken, 1600))).toBe(true);
  });

  it('is told by how it was smeared, not by how much stands on it', async () => {
    const crisp = blurOf(await pixels(imageOf('business-licence.jpg'), 1600));
    expect(crisp).toBeLessThan(0.3);
    const smeared = await sharp(imageOf('business-licence.jpg')).blur(1.5).toBuffer();
    expect(blurOf(await pixels(smeared, 1600))).toBeGreaterThan(crisp);
    const empty = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(isBlurred(await pixels(empty, 1600))).toBe(false);
  });
});

describe('a red seal', () => {
  it.each(['business-licence.jpg', 'stamped-application-form.jpg', 'stamped-seal-sheet.jpg'])(
    'is seen on %s',
    async (file) => {
      expect(hasSeal(await pixels(imageOf(file), 400))).toBe(true);
      const dark = await sharp(imageOf(file)).modulate({ brightness: 0.6 }).jpeg({ quality: 40 }).toBuffer();
      expect(hasSeal(await pixels(dark, 400))).toBe(true);
    },
  );

  it('is not seen on a copy without colour, an identity card, red print or a red desk', async () => {
    const grey = await sharp(imageOf('business-licence.jpg')).grayscale().toBuffer();
    expect(hasSeal(await pixels(grey, 400))).toBe(false);
    expect(hasSeal(await pixels(imageOf('id-front-agent.jpg'), 400))).toBe(false);
    const svg = (inside: string) =>
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="1100"><rect width="100%" height="100%" fill="#fff"/>${inside}</svg>`,
      );
    const line = await sharp(svg('<rect x="80" y="200" width="600" height="9" fill="#c3271c"/>')).png().toBuffer();
    expect(hasSeal(await pixels(line, 400))).toBe(false);
    const desk = await sharp(
      svg(
        '<rect width="800" height="1100" fill="#b02a20"/><rect x="100" y="100" width="600" height="900" fill="#fff"/>',
      ),
    )
      .png()
      .toBuffer();
    expect(hasSeal(await pixels(desk, 400))).toBe(false);
  });
});
