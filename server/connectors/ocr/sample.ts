import { inflateSync } from 'node:zlib';
import type { Recognition, Recognizer } from './recognizer.ts';

/** Keyword under which a sample picture carries what stands on it. */
export const sampleKeyword = 'certflow-sample';

/**
 * The sandbox's recogniser: reads the text that our sample pictures carry in their metadata (PNG text chunks, JPEG comments).
 * Deterministic, and honest: on any other picture it reads nothing.
 */
export const sampleRecognizer: Recognizer = {
  async recognize({ kind, image }) {
    const began = performance.now();
    const sample = parse(read(image));
    const fields: Record<string, Recognition['fields'][string]> = {};
    if (sample?.kind === kind)
      for (const [name, value] of Object.entries(sample.fields)) {
        const unsure = sample.unsure.includes(name);
        fields[name] = { value, score: unsure ? 0.62 : 0.99, checked: !unsure && /^[0-9A-Z]{18}$/.test(value) };
      }
    return { fields, engine: 'sample', ms: Math.round(performance.now() - began) };
  },
};

interface Sample {
  readonly kind: string;
  readonly fields: { readonly [name: string]: string };
  /** Names that are to be read badly, for trying out what a doubtful value looks like. */
  readonly unsure: readonly string[];
}

function parse(text: string | null): Sample | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as { kind?: unknown; fields?: unknown; unsure?: unknown };
    if (typeof value.kind !== 'string' || typeof value.fields !== 'object' || value.fields === null) return null;
    const fields = Object.entries(value.fields).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const unsure = Array.isArray(value.unsure) ? value.unsure.filter((one) => typeof one === 'string') : [];
    return { kind: value.kind, fields: Object.fromEntries(fields), unsure };
  } catch {
    return null;
  }
}

/** A picture comes from anybody: whatever is wrong with it, there is nothing to read. */
function read(image: Buffer): string | null {
  try {
    return textOf(image);
  } catch {
    return null;
  }
}

function textOf(image: Buffer): string | null {
  if (image.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n') return pngText(image);
  if (image[0] === 0xff && image[1] === 0xd8) return jpegComment(image);
  return null;
}

/** The chunk's text: `keyword \0 text`, or international text, which may be compressed. */
function pngText(image: Buffer): string | null {
  for (let at = 8; at + 12 <= image.length; ) {
    const length = image.readUInt32BE(at);
    const type = image.toString('latin1', at + 4, at + 8);
    const data = image.subarray(at + 8, at + 8 + length);
    if (data.length < length || type === 'IEND') return null;
    const end = data.indexOf(0);
    if ((type === 'iTXt' || type === 'tEXt') && data.toString('latin1', 0, end) === sampleKeyword) {
      if (type === 'tEXt') return data.toString('latin1', end + 1);
      const language = data.indexOf(0, end + 3);
      const translated = data.indexOf(0, language + 1);
      const text = data.subarray(translated + 1);
      // A sample is small; whatever unpacks to more is none.
      return (data[end + 1] === 1 ? inflateSync(text, { maxOutputLength: 65_536 }) : text).toString('utf8');
    }
    at += length + 12;
  }
  return null;
}

/** A comment segment: `keyword \0 text`. */
function jpegComment(image: Buffer): string | null {
  for (let at = 2; at + 4 <= image.length && image[at] === 0xff; ) {
    const marker = image[at + 1];
    if (marker === 0xda || marker === 0xd9) return null;
    const length = image.readUInt16BE(at + 2);
    const text = image.toString('utf8', at + 4, at + 2 + length);
    if (marker === 0xfe && text.startsWith(`${sampleKeyword}\0`)) return text.slice(sampleKeyword.length + 1);
    at += 2 + length;
  }
  return null;
}
