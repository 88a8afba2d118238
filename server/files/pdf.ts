import { constants, inflateSync } from 'node:zlib';
import { Fault } from '../fault.ts';

const ENCRYPTED = /\/Encrypt(?=[\s/<>[\]()%]|$)/;
const ACTIVE =
  /\/(JavaScript|JS|Launch|EmbeddedFiles?|EF|RichMedia|XFA|SubmitForm|ImportData|GoToE|Rendition|Movie|Sound)(?=[\s/<>[\]()%]|$)/;
/** Compressed object streams hide names from a plain search: unpack them, within bounds. */
const MOST_STREAMS = 400;
const MOST_UNPACKED = 8 * 1024 * 1024;
/** What may stand behind the end of a paper: line ends and what some printers add. More is another file. */
const MOST_BEHIND = 1024;

/**
 * Papers are shown as pictures of their pages. Whoever saves one must not get a program: scripts, other files, forms that are
 * sent, things that start something are refused, and what cannot be looked into is too.
 * @throws Fault file-broken, file-encrypted, file-active
 */
export function refuseActivePdf(bytes: Buffer): void {
  const end = bytes.lastIndexOf('%%EOF');
  if (end < 0 || bytes.length - end > MOST_BEHIND) throw new Fault(422, 'file-broken');
  for (const text of texts(bytes)) {
    const plain = unescaped(text);
    if (ENCRYPTED.test(plain)) throw new Fault(422, 'file-encrypted');
    if (ACTIVE.test(plain)) throw new Fault(422, 'file-active');
  }
}

/** Names may be written with #xx escapes. */
function unescaped(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/**
 * Everything in which a name counts. Pictures are random bytes, in which any name may stand by chance: the inside of a stream
 * is left out where it holds no object. A reader may be led into it all the same, by a table of places that points there.
 */
function* texts(bytes: Buffer): Iterable<string> {
  const whole = bytes.toString('latin1');
  const strings = new Strings();
  let outside = '';
  let unpacked = 0;
  let objectStreams = 0;
  for (let at = 0; ; ) {
    const start = whole.indexOf('stream', at);
    const end = start < 0 ? -1 : whole.indexOf('endstream', start + 6);
    if (end < 0) {
      yield outside + whole.slice(at);
      return;
    }
    const before = whole.slice(at, start);
    outside += before;
    strings.read(before);
    // Within a string it is no stream: whoever writes it there wants the rest to be passed over.
    if (!strings.areClosed || !/>>\s*$/.test(before) || !/^\r?\n/.test(whole.slice(start + 6, start + 8))) {
      outside += 'stream';
      strings.read('stream');
      at = start + 6;
      continue;
    }
    const inside = whole.slice(start, end);
    if (/\d\s+\d+\s+obj/.test(inside)) outside += inside;
    at = end + 'endstream'.length;
    // The dictionary of a stream stands right before it.
    const dictionary = unescaped(before.slice(before.lastIndexOf('obj') + 3));
    if (!/\/ObjStm(?![A-Za-z])/.test(dictionary)) continue;
    objectStreams += 1;
    const body = bytes.subarray(start + 6 + (bytes[start + 6] === 13 ? 2 : 1), end);
    const text = objectStreams > MOST_STREAMS ? null : unpack(body, dictionary, MOST_UNPACKED - unpacked);
    if (text === null) throw new Fault(422, 'file-active');
    unpacked += text.length;
    yield text;
  }
}

/** Whether a place is within a string `(…)`. When they do not match, everything is. */
class Strings {
  #depth = 0;
  #broken = false;

  get areClosed(): boolean {
    return this.#depth === 0 && !this.#broken;
  }

  read(text: string): void {
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at];
      if (character === '\\') at += 1;
      else if (character === '(') this.#depth += 1;
      else if (character === ')') this.#depth -= 1;
      if (this.#depth < 0) this.#broken = true;
    }
  }
}

/** @returns null when it is packed in a way that no printer uses, or in too much */
function unpack(body: Buffer, dictionary: string, most: number): string | null {
  if (!/\/Filter/.test(dictionary)) return body.toString('latin1');
  if (!/\/Filter\s*\[?\s*\/FlateDecode\s*\]?\s*(?:\/|>>)/.test(dictionary)) return null;
  try {
    const options = { maxOutputLength: Math.max(1, most), finishFlush: constants.Z_SYNC_FLUSH };
    return inflateSync(body, options).toString('latin1');
  } catch {
    return null;
  }
}
