import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { decode, type Picture } from './picture.ts';

const require = createRequire(import.meta.url);
let ready: Promise<unknown> | null = null;

/** Texts of the QR codes on a picture. */
export async function codesOf(image: Uint8Array, _type: string): Promise<string[]> {
  ready ??= prepare();
  await ready;
  return codesOn(await decode(image));
}

/** The library would fetch its module from the network; it lies beside it. */
async function prepare(): Promise<unknown> {
  const wasmBinary = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  return prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer as ArrayBuffer }, fireImmediately: true });
}

async function codesOn({ width, height, data }: Picture): Promise<string[]> {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) rgba.set(data.subarray(from, from + 3), to);
  const found = await readBarcodes(
    { data: rgba, width, height, colorSpace: 'srgb' } as Parameters<typeof readBarcodes>[0],
    {
      formats: ['QRCode'],
      tryHarder: true,
    },
  );
  return found.filter(({ isValid }) => isValid).map(({ text }) => text);
}
