import { inflateSync } from 'node:zlib';
import { fileTypeFromBuffer } from 'file-type';
import { Fault } from '../fault.ts';

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
const MOST_PIXELS = 40_000_000;

/**
 * What a file really is, by its bytes and not by its name. @returns the MIME type
 * @throws Fault file-type, file-content, file-pixels, file-encrypted, file-active
 */
export async function sniff(bytes: Buffer, extension: string, allowed: readonly string[]): Promise<string> {
  const types = allowed.join('、');
  const wanted = CONTENT[extension];
  if (!wanted || !allowed.includes(extension)) throw new Fault(422, 'file-type', { types });
  const found = (await fileTypeFromBuffer(bytes))?.mime ?? '';
  if (!wanted.includes(found)) throw new Fault(422, 'file-content', { extension, types });
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

const ENCRYPTED = /\/Encrypt\b/;
const ACTIVE = /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b/;
/** Compressed object streams hide names from a plain search: unpack them, within bounds. */
const MOST_STREAMS = 400;
const MOST_UNPACKED = 8 * 1024 * 1024;

function refuseActivePdf(bytes: Buffer): void {
  for (const text of pdfTexts(bytes)) {
    // Names may be written with #xx escapes.
    const plain = text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (ENCRYPTED.test(plain)) throw new Fault(422, 'file-encrypted');
    if (ACTIVE.test(plain)) throw new Fault(422, 'file-active');
  }
}

function* pdfTexts(bytes: Buffer): Iterable<string> {
  const whole = bytes.toString('latin1');
  yield outsideStreams(whole);
  let unpacked = 0;
  const stream = /\/Type\s*\/ObjStm[\s\S]{0,400}?stream\r?\n/g;
  for (let n = 0, match = stream.exec(whole); match && n < MOST_STREAMS; n += 1, match = stream.exec(whole)) {
    const start = match.index + match[0].length;
    const end = whole.indexOf('endstream', start);
    if (end < 0) return;
    try {
      const text = inflateSync(bytes.subarray(start, end), { maxOutputLength: MOST_UNPACKED - unpacked }).toString(
        'latin1',
      );
      unpacked += text.length;
      yield text;
    } catch {
      // Not deflated, damaged, or too large: a reader will not run what it cannot unpack either, or it is refused by size.
    }
  }
}

/** Pictures inside a PDF are random bytes, in which any name may stand by chance. */
function outsideStreams(text: string): string {
  let result = '';
  for (let at = 0; ; ) {
    const start = text.indexOf('stream', at);
    const end = start < 0 ? -1 : text.indexOf('endstream', start + 6);
    if (end < 0) return result + text.slice(at);
    result += text.slice(at, start);
    at = end + 'endstream'.length;
  }
}
