import { fileTypeFromBuffer } from 'file-type';
import { Fault } from '../fault.ts';
import { refuseActivePdf } from './pdf.ts';

/** Extension -> what the bytes may be (MIME), for every extension that a slot can name. */
const CONTENT: { readonly [extension: string]: readonly string[] } = {
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  png: ['image/png'],
  gif: ['image/gif'],
  bmp: ['image/bmp'],
  pdf: ['application/pdf'],
};

/** 40 megapixels: a phone's camera fits, a bomb of 31 KB that unpacks to 256 megapixels does not. */
export const MOST_PIXELS = 40_000_000;

/** EICAR: harmless, and by agreement found by everybody who looks for viruses. Written apart, or this file would be found. */
const TEST_VIRUS = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));

/**
 * What a file really is, by its bytes and not by its name. @returns the MIME type
 * @throws Fault file-type, file-content, file-pixels, file-encrypted, file-active, file-harmful
 */
export async function sniff(bytes: Buffer, extension: string, allowed: readonly string[]): Promise<string> {
  const types = allowed.join('、');
  const wanted = CONTENT[extension];
  if (!wanted || !allowed.includes(extension)) throw new Fault(422, 'file-type', { types });
  const found = (await fileTypeFromBuffer(bytes))?.mime ?? '';
  if (!wanted.includes(found)) throw new Fault(422, 'file-content', { extension, types });
  if (bytes.includes(TEST_VIRUS)) throw new Fault(422, 'file-harmful');
  if (found === 'application/pdf') refuseActivePdf(bytes);
  else refuseHugePicture(bytes, found, extension, types);
  return found;
}

function refuseHugePicture(bytes: Buffer, type: string, extension: string, types: string): void {
  const size = pictureSize(bytes, type);
  if (!size) throw new Fault(422, 'file-content', { extension, types });
  const pixels = size.width * size.height;
  if (pixels > MOST_PIXELS) {
    throw new Fault(422, 'file-pixels', { pixels: Math.ceil(pixels / 10_000), limit: MOST_PIXELS / 10_000 });
  }
}

/** Width and height as the header says; null when the header is broken. */
export function pictureSize(bytes: Buffer, type: string): { readonly width: number; readonly height: number } | null {
  const sized = (width: number, height: number) => (width > 0 && height > 0 ? { width, height } : null);
  switch (type) {
    case 'image/png':
      return bytes.length < 24 ? null : sized(bytes.readUInt32BE(16), bytes.readUInt32BE(20));
    case 'image/gif':
      return bytes.length < 10 ? null : sized(bytes.readUInt16LE(6), bytes.readUInt16LE(8));
    case 'image/bmp':
      return bytes.length < 26 ? null : sized(Math.abs(bytes.readInt32LE(18)), Math.abs(bytes.readInt32LE(22)));
    case 'image/jpeg':
      return jpegSize(bytes);
    default:
      return null;
  }
}

function jpegSize(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // Start of frame, all kinds but the tables DHT, JPG and DAC that share the range.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
