import sharp from 'sharp';

/** Enough to read the smallest print of a form on A4, small enough for a pack of a dozen. */
const LONGEST = 1_600;
const MOST_PIXELS = 40_000_000;

/** A picture as it is printed: upright, on white, as JPEG. Null when it is none that can be decoded. */
export async function printedPicture(bytes: Buffer): Promise<Buffer | null> {
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'none' })
      .autoOrient()
      .flatten({ background: '#fff' })
      .resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 78 })
      .toBuffer();
  } catch {
    return null;
  }
}
