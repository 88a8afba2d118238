import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { picturesOf } from './pdf.ts';
import { decode, type Picture } from './picture.ts';

const require = createRequire(import.meta.url);
let ready: Promise<unknown> | null = null;

/** Texts of the QR codes on a scan: a picture, or the pictures of a PDF. */
export async function codesOf(image: Uint8Array, type: string): Promise<string[]> {
  ready ??= prepare();
  await ready;
  const pictures = type === 'application/pdf' ? await picturesOf(image) : [await decode(image)];
  const texts: string[] = [];
  for (const picture of pictures) texts.push(...(await codesOn(picture)));
  return texts;
}

/** The library would fetch its module from the network; it lies beside it. */
async function prepare(): Promise<unknown> {
  const wasmBinary = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  return prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer }, fireImmediately: true });
}

async function codesOn({ width, height, data }: Picture): Promise<string[]> {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) rgba.set(data.subarray(from, from + 3), to);
  const image = { data: rgba, width, height, colorSpace: 'srgb' } as Parameters<typeof readBarcodes>[0];
  const found = await readBarcodes(image, { formats: ['QRCode'], tryHarder: true });
  return found.filter(({ isValid }) => isValid).map(({ text }) => text);
}
