import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** A box that is drawn around something in a PDF, as it is seen. */
export interface Drawn {
  readonly page: number;
  /** The share of what is inside that has the colour of a primary button. */
  readonly blue: number;
}

interface Reader {
  getDocument(address: string): {
    readonly promise: Promise<{
      readonly numPages: number;
      getPage(number: number): Promise<{
        getViewport(options: { scale: number }): { readonly width: number; readonly height: number };
        render(options: object): { readonly promise: Promise<void> };
      }>;
    }>;
  };
}

const LOADER = `<body><script type="module">
import * as reader from '/pdf.mjs';
reader.GlobalWorkerOptions.workerSrc = '/pdf.worker.mjs';
window.reader = reader;
</script></body>`;

/**
 * Draws every page of a PDF and looks for hollow boxes in the colour of marks (#b3261e): connected pixels of that colour that are
 * an outline, not a filled badge. `inked`: of each page, the share of its lines of pixels on which something stands.
 */
export async function boxesOf(
  browser: Browser,
  pdf: Buffer,
): Promise<{ readonly boxes: readonly Drawn[]; readonly inked: readonly number[] }> {
  const page = await browser.newPage();
  await page.route('http://pdf.invalid/**', (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/') return route.fulfill({ contentType: 'text/html', body: LOADER });
    const body = path === '/file.pdf' ? pdf : readFileSync(`node_modules/pdfjs-dist/build${path}`);
    return route.fulfill({ contentType: path.endsWith('.mjs') ? 'text/javascript' : 'application/pdf', body });
  });
  await page.goto('http://pdf.invalid/');
  await page.waitForFunction('window.reader !== undefined');
  const found = await page.evaluate(async () => {
    const { reader } = window as unknown as { reader: Reader };
    const file = await reader.getDocument('/file.pdf').promise;
    const boxes: { page: number; blue: number }[] = [];
    const inked: number[] = [];
    for (let number = 1; number <= file.numPages; number += 1) {
      const sheet = await file.getPage(number);
      const viewport = sheet.getViewport({ scale: 3 });
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [viewport.width, viewport.height];
      await sheet.render({ canvas, viewport }).promise;
      const { width, height } = canvas;
      const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      let rows = 0;
      for (let y = 0; y < height; y += 1) {
        let x = 0;
        while (x < width && (data[(y * width + x) * 4] ?? 255) > 250) x += 1;
        if (x < width) rows += 1;
      }
      inked.push(rows / height);
      const red = new Uint8Array(width * height);
      for (let at = 0; at < red.length; at += 1) {
        const [r = 0, g = 0, b = 0] = [data[at * 4], data[at * 4 + 1], data[at * 4 + 2]];
        red[at] = Math.abs(r - 179) < 40 && Math.abs(g - 38) < 40 && Math.abs(b - 30) < 40 ? 1 : 0;
      }
      for (let start = 0; start < red.length; start += 1) {
        if (red[start] !== 1) continue;
        let [left, right, top, bottom, count] = [width, 0, height, 0, 0];
        const open = [start];
        red[start] = 2;
        while (open.length > 0) {
          const at = open.pop() ?? 0;
          const [x, y] = [at % width, Math.floor(at / width)];
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
          count += 1;
          for (const next of [at - 1, at + 1, at - width, at + width]) {
            if (red[next] !== 1) continue;
            red[next] = 2;
            open.push(next);
          }
        }
        const [w, h] = [right - left, bottom - top];
        // A badge is filled, and round; a box is neither.
        if (w < 20 || h < 20 || count > 0.6 * w * h) continue;
        let [blue, inside] = [0, 0];
        for (let y = top + 10; y < bottom - 10; y += 1)
          for (let x = left + 10; x < right - 10; x += 1) {
            const at = (y * width + x) * 4;
            inside += 1;
            const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
            if (Math.abs(r - 23) < 24 && Math.abs(g - 82) < 24 && Math.abs(b - 156) < 24) blue += 1;
          }
        boxes.push({ page: number, blue: inside === 0 ? 0 : blue / inside });
      }
    }
    return { boxes, inked };
  });
  await page.close();
  return found;
}
