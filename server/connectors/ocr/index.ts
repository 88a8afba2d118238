import { createReaderProcess, type ReaderOptions } from './reader-process.ts';
import type { PdfPages, Recognition, Recognizer } from './recognizer.ts';

export type { PdfPages, Recognition, Recognizer } from './recognizer.ts';

/** The engine that ships with the server: PP-OCRv4 in a process of its own. It starts with the first picture. */
export function createRecognizer(options: ReaderOptions = {}): Recognizer {
  const reader = createReaderProcess(options);
  return {
    async recognize({ kind, image }) {
      const began = performance.now();
      const fields = (await reader.ask({ kind: 'fields', picture: kind, image })) as Recognition['fields'];
      return { fields, engine: 'pp-ocrv4', ms: Math.round(performance.now() - began) };
    },
    codes: async ({ type, image }) => (await reader.ask({ kind: 'codes', type, image })) as readonly string[],
    pages: async (pdf, most) => (await reader.ask({ kind: 'pages', pdf, most })) as PdfPages,
    stop: () => reader.stop(),
  };
}
