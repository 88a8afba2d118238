import { orientationOf } from './exif.ts';
import { hasSeal, isBlurred, type Pixels } from './quality.ts';

/** Longest side that a photo keeps: enough to read the smallest print of an A4 page. */
const longest = 2600;
const qualities = [0.86, 0.78, 0.7, 0.6, 0.5];
/** The server refuses pictures with more; a phone's largest mode makes them. */
const mostPixels = 40_000_000;

/** What should be looked at again; nothing of it keeps a picture from being sent. */
export type Doubt = 'blurred' | 'noSeal';

/** What happened to a file on its way. */
export interface Prepared {
  readonly file: Blob;
  readonly name: string;
  /** Size before, when it was made smaller; else null. */
  readonly before: number | null;
  /** It was drawn again to stand upright. */
  readonly turned: boolean;
  readonly doubts: readonly Doubt[];
}

export interface Wanted {
  readonly types: readonly string[];
  readonly maxBytes: number;
  /** There should be a red seal on it. */
  readonly seal: boolean;
}

/**
 * Makes a photo fit for its slot, and looks whether it can be read; everything else goes as it is. Photos that lie on a side by their
 * EXIF are drawn upright, photos above the limits are drawn smaller step by step, until they fit.
 * @throws Error when a picture that has to be drawn again cannot be opened
 */
export async function prepare(file: File, slot: Wanted): Promise<Prepared> {
  const asIs: Prepared = { file, name: file.name, before: null, turned: false, doubts: [] };
  const photo = /^image\/(jpeg|png|bmp|webp)$/.test(file.type) || /\.(jpe?g|png|bmp|webp)$/i.test(file.name);
  if (!photo) return asIs;
  const jpeg = slot.types.length === 0 || slot.types.includes('jpg') || slot.types.includes('jpeg');
  const turned = jpeg && orientationOf(new DataView(await file.slice(0, 262_144).arrayBuffer())) !== 1;
  const large = jpeg && file.size > slot.maxBytes;
  const image = await open(file);
  if (!image) {
    if (turned || large) throw new Error('the picture cannot be opened');
    return asIs;
  }
  try {
    const doubts = doubtsOf(image, slot);
    const many = jpeg && image.width * image.height > mostPixels;
    if (!turned && !large && !many) return { ...asIs, doubts };
    const drawn = await drawnAgain(image, slot.maxBytes);
    if (!drawn) return { ...asIs, doubts };
    const extension = slot.types.length === 0 || slot.types.includes('jpg') ? 'jpg' : 'jpeg';
    const name = `${file.name.replace(/\.[^.]*$/, '')}.${extension}`;
    return { file: drawn, name, before: large || many ? file.size : null, turned, doubts };
  } finally {
    image.close();
  }
}

/** The picture, upright; null when the browser cannot read it: then the server says what is wrong with it. */
function open(file: File): Promise<ImageBitmap | null> {
  return createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
}

function doubtsOf(image: ImageBitmap, slot: Wanted): Doubt[] {
  const doubts: Doubt[] = [];
  if (isBlurred(pixelsOf(image, 1600))) doubts.push('blurred');
  if (slot.seal && !hasSeal(pixelsOf(image, 400))) doubts.push('noSeal');
  return doubts;
}

function pixelsOf(image: ImageBitmap, side: number): Pixels {
  const canvas = draw(image, Math.min(1, side / Math.max(image.width, image.height)));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** As JPEG within the limit; null when it cannot be made small enough. */
async function drawnAgain(image: ImageBitmap, maxBytes: number): Promise<Blob | null> {
  let scale = Math.min(1, longest / Math.max(image.width, image.height));
  for (let round = 0; round < 4; round += 1, scale *= 0.75) {
    const canvas = draw(image, scale);
    for (const quality of qualities) {
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
      if (blob && blob.size <= maxBytes) return blob;
    }
  }
  return null;
}

function draw(image: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  pen.imageSmoothingQuality = 'high';
  // JPEG knows no transparency: what shows through becomes paper.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
