import { lazy, Suspense, useState } from 'react';
import type { Paper } from '../papers.ts';
import { say } from '../texts.ts';

/** pdf.js is half a megabyte: it comes with the first PDF. */
const PdfPages = lazy(() => import('./pdf-pages.tsx'));

export interface SheetProps {
  readonly paper: Paper;
  /** 1 = as wide as the pane. */
  readonly zoom: number;
  /** Degrees clockwise. */
  readonly turn: number;
}

export function Sheet({ paper, zoom, turn }: SheetProps) {
  const [broken, setBroken] = useState(false);
  if (broken || paper.kind === 'other') return <Broken paper={paper} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className="sheetroom" tabIndex={0} aria-label={paper.title}>
      {paper.kind === 'image' ? (
        <Picture paper={paper} zoom={zoom} turn={turn} onBroken={() => setBroken(true)} />
      ) : (
        <Suspense fallback={<p className="nopaper">{say('fileLoading')}</p>}>
          <PdfPages paper={paper} zoom={zoom} turn={turn} onBroken={() => setBroken(true)} />
        </Suspense>
      )}
    </section>
  );
}

function Picture({ paper, zoom, turn, onBroken }: SheetProps & { onBroken(): void }) {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  // A turned picture keeps its own box, or it would run over its neighbours and could not be scrolled to.
  const lying = turn % 180 !== 0;
  const ratio = size ? size.height / size.width : 1.4;
  return (
    <div
      className="sheet scan"
      style={{ width: `${zoom * 100}%`, ...(lying ? { aspectRatio: `${ratio}`, position: 'relative' } : {}) }}
    >
      <img
        src={paper.url}
        alt={paper.title}
        onLoad={(event) =>
          setSize({ width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight })
        }
        onError={onBroken}
        style={
          lying
            ? {
                position: 'absolute',
                width: `${100 / ratio}%`,
                left: '50%',
                top: '50%',
                transform: `translate(-50%, -50%) rotate(${turn}deg)`,
              }
            : { width: '100%', transform: turn === 0 ? 'none' : `rotate(${turn}deg)` }
        }
      />
    </div>
  );
}

function Broken({ paper }: { readonly paper: Paper }) {
  return (
    <p className="nopaper">
      {say('fileBroken')}{' '}
      <a href={paper.url} download>
        {say('download')}
      </a>
    </p>
  );
}
