import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { say } from '../texts.ts';
import type { SheetProps } from './sheet.tsx';

GlobalWorkerOptions.workerSrc = workerUrl;

/** All pages of a PDF under each other, drawn by pdf.js: no script of the file runs, no plug-in is needed. */
export default function PdfPages({ paper, zoom, turn, onBroken }: SheetProps & { onBroken(): void }) {
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const room = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const broken = useRef(onBroken);
  broken.current = onBroken;

  useEffect(() => {
    // The page's policy forbids code from strings, and pdf.js does without it.
    const loading = getDocument({ url: paper.url, withCredentials: true, isEvalSupported: false });
    let left = false;
    loading.promise.then(
      (document) => !left && setPdf(document),
      () => !left && broken.current(),
    );
    return () => {
      left = true;
      void loading.destroy();
    };
  }, [paper.url]);
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <div ref={room} className="pdf">
      {pdf === null || width === 0 ? (
        <p className="nopaper">{say('fileLoading')}</p>
      ) : (
        Array.from({ length: pdf.numPages }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pages have numbers
          <Page key={index} pdf={pdf} number={index + 1} width={width * zoom} turn={turn} title={paper.title} />
        ))
      )}
    </div>
  );
}

interface PageProps {
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  readonly width: number;
  readonly turn: number;
  readonly title: string;
}

function Page({ pdf, number, width, turn, title }: PageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let stop = () => {};
    let left = false;
    void pdf.getPage(number).then((page) => {
      const element = canvas.current;
      if (left || !element) return;
      const rotation = (page.rotate + turn) % 360;
      const scale = width / page.getViewport({ scale: 1, rotation }).width;
      const viewport = page.getViewport({ scale: scale * Math.min(window.devicePixelRatio, 2), rotation });
      element.width = viewport.width;
      element.height = viewport.height;
      element.style.width = `${width}px`;
      const task = page.render({ canvas: element, viewport });
      // A drawing that is overtaken by the next zoom rejects, and that is no failure.
      task.promise.catch(() => undefined);
      stop = () => task.cancel();
    });
    return () => {
      left = true;
      stop();
    };
  }, [pdf, number, width, turn]);
  return <canvas ref={canvas} className="sheet" role="img" aria-label={`${title} ${number} / ${pdf.numPages}`} />;
}
