import type { Writable } from 'node:stream';
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { OwnFile } from './own-data.ts';

/** What is packed already: pictures and papers. */
const PACKED = /\.(jpe?g|png|gif|pdf)$/i;

/** Writes an archive file by file: no more than one of them is in memory. */
export async function writeZip(files: AsyncIterable<OwnFile>, to: Writable): Promise<void> {
  let failed: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else to.write(chunk);
  });
  for await (const { path, bytes } of files) {
    if (failed) throw failed;
    const entry = PACKED.test(path) ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    zip.add(entry);
    entry.push(strOrBytes(bytes), true);
    if (to.writableNeedDrain) await new Promise((resolve) => to.once('drain', resolve).once('close', resolve));
    if (to.destroyed) return;
  }
  zip.end();
  to.end();
}

const strOrBytes = (bytes: Buffer): Uint8Array => (bytes.length === 0 ? strToU8('') : new Uint8Array(bytes));
