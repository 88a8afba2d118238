import { getDocument, ImageKind, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Picture } from './picture.ts';

/** A scan of a form has one page, or two; a code is not on the last one of a book. */
const mostPages = 4;
/** Pixels: nothing smaller is a scanned page. */
const smallest = 400;

/** The scanned pages of a PDF: the large pictures in it. What is drawn, and not scanned, is none. */
export async function picturesOf(pdf: Uint8Array): Promise<Picture[]> {
  const loading = getDocument({
    data: new Uint8Array(pdf),
    isEvalSupported: false,
    useSystemFonts: false,
    verbosity: 0,
  });
  try {
    const document = await loading.promise;
    const pictures: Picture[] = [];
    for (let number = 1; number <= Math.min(mostPages, document.numPages); number++) {
      const page = await document.getPage(number);
      const { fnArray, argsArray } = await page.getOperatorList();
      for (const [at, operator] of fnArray.entries()) {
        if (operator !== OPS.paintImageXObject) continue;
        const picture = await objectOf(page.objs, String((argsArray[at] as unknown[])[0]));
        if (picture) pictures.push(picture);
      }
      page.cleanup();
    }
    return pictures;
  } finally {
    await loading.destroy();
  }
}

interface Scanned {
  readonly width: number;
  readonly height: number;
  readonly kind: number;
  readonly data?: Uint8Array;
}

interface Objects {
  get(name: string, then: (object: unknown) => void): unknown;
}

async function objectOf(objects: Objects, name: string): Promise<Picture | null> {
  const object = await new Promise<unknown>((resolve) => objects.get(name, resolve)).then(
    (one) => one as Scanned | null,
  );
  if (!object?.data || Math.min(object.width, object.height) < smallest) return null;
  const { width, height, kind, data } = object;
  return { width, height, data: colours(kind, data, width, height) };
}

function colours(kind: number, data: Uint8Array, width: number, height: number): Uint8Array {
  if (kind === ImageKind.RGB_24BPP) return data;
  const rgb = new Uint8Array(width * height * 3);
  const rowBytes = (width + 7) >> 3;
  for (let at = 0; at < width * height; at++) {
    const x = at % width;
    const bit = () => ((data[Math.floor(at / width) * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
    for (let c = 0; c < 3; c++)
      rgb[at * 3 + c] = kind === ImageKind.GRAYSCALE_1BPP ? bit() * 255 : (data[at * 4 + c] ?? 0);
  }
  return rgb;
}
