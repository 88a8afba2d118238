import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Pixels on the longer side: the smallest print of a form on A4 can be read. */
const longest = 1_600;
/** 0 to 100. */
const quality = 78;

/** What the renderer's canvas (an optional part of pdfjs-dist, native) gives besides its context. */
interface Drawn {
  readonly canvas: { encode(type: 'jpeg', quality: number): Promise<Uint8Array> };
  readonly context: unknown;
}

/**
 * The first pages of a PDF as JPEG, on white, upright, drawn without running what is in it.
 * @returns `of`: how many pages it has @throws Error when it is none, or nothing draws on this system
 */
export async function pagesOf(
  pdf: Uint8Array,
  most: number,
): Promise<{ readonly pages: readonly Uint8Array[]; readonly of: number }> {
  const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const loading = getDocument({
    data: new Uint8Array(pdf),
    isEvalSupported: false,
    useSystemFonts: false,
    cMapUrl: `${join(home, 'cmaps')}/`,
    standardFontDataUrl: `${join(home, 'standard_fonts')}/`,
    verbosity: 0,
  });
  try {
    const document = await loading.promise;
    const factory = document.canvasFactory as { create(width: number, height: number): Drawn };
    const pages: Uint8Array[] = [];
    for (let number = 1; number <= Math.min(most, document.numPages); number++) {
      const page = await document.getPage(number);
      const plain = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: longest / Math.max(plain.width, plain.height) });
      const { canvas, context } = factory.create(Math.ceil(viewport.width), Math.ceil(viewport.height));
      await page.render({ canvas: null, canvasContext: context as never, viewport, background: '#fff' }).promise;
      pages.push(await canvas.encode('jpeg', quality));
      page.cleanup();
    }
    return { pages, of: document.numPages };
  } finally {
    await loading.destroy();
  }
}
