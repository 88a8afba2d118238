import type { Sharp, SharpOptions } from 'sharp';
import { readableBytes } from '../../engine/forms/files.ts';
import { Fault } from '../fault.ts';
import { cleanBmp } from './bmp.ts';
import { MOST_PIXELS } from './sniff.ts';

/** One picture at a time: the threads that wait for the disk are the same. */
let before: Promise<unknown> = Promise.resolve();

function inTurn<T>(job: () => Promise<T>): Promise<T> {
  const mine = before.then(job, job);
  before = mine.catch(() => undefined);
  return mine;
}

/**
 * A picture made anew from its pixels, turned as its camera held it: what it said of place, time and device is gone, and
 * so is whatever was hidden before, between or behind. Papers come back as they are.
 * @param most bytes that it may have afterwards @throws Fault file-content when it does not open, file-size
 */
export async function clean(bytes: Buffer, type: string, most: number): Promise<Buffer> {
  if (!type.startsWith('image/')) return bytes;
  const broken = (): Fault => new Fault(422, 'file-broken');
  if (type === 'image/bmp') {
    const anew = cleanBmp(bytes);
    if (!anew) throw broken();
    return anew;
  }
  const open = await library();
  return inTurn(async () => {
    for (const way of WAYS[type] ?? []) {
      const anew = await way(open(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).autoOrient())
        .toBuffer()
        .catch(() => {
          throw broken();
        });
      if (anew.length <= most) return anew;
    }
    throw new Fault(422, 'file-size', { size: readableBytes(bytes.length), limit: readableBytes(most) });
  });
}

type Way = (picture: Sharp) => Sharp;

/** The best first; the next one when that became too large. */
const WAYS: { readonly [type: string]: readonly Way[] } = {
  'image/jpeg': [92, 85, 75, 60].map((quality) => (picture) => picture.jpeg({ quality })),
  'image/png': [(picture) => picture.png({ compressionLevel: 7 }), (picture) => picture.png({ palette: true })],
  'image/gif': [(picture) => picture.gif()],
};

let loaded: Promise<(bytes: Buffer, options: SharpOptions) => Sharp> | undefined;

let onlyPictures = false;

/**
 * From now on this process opens nothing but what the forms take: no drawings, no papers, no rare formats. That counts for
 * all of it: whoever starts a server of its own says so, once (`main.ts`).
 */
export function openOnlyPictures(): void {
  onlyPictures = true;
}

/** Loaded with the first picture. */
function library(): Promise<(bytes: Buffer, options: SharpOptions) => Sharp> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    if (onlyPictures) {
      sharp.block({ operation: ['VipsForeignLoad'] });
      sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadNsgif'] });
    }
    return sharp;
  });
  return loaded;
}
