import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../app/icon.tsx';
import { mark } from '../../app/texts/punctuation.ts';
import type { Paper } from '../papers.ts';
import { say } from '../texts.ts';
import { Sheet } from './sheet.tsx';

export interface ViewerControls {
  zoom(step: 1 | -1): void;
  rotate(): void;
  compare(): void;
}

interface ViewerProps {
  readonly papers: readonly Paper[];
  readonly current: string | null;
  onCurrent(id: string): void;
  /** Filled with what the keyboard shortcuts of the page do. */
  readonly controls: { current: ViewerControls | null };
}

const STEPS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

/** Middle: one paper at a time, or two beside each other; zoomed and turned without touching the file. */
export function Viewer({ papers, current, onCurrent, controls }: ViewerProps) {
  const [zoom, setZoom] = useState(1);
  const [turns, setTurns] = useState<{ readonly [paper: string]: number }>({});
  const [beside, setBeside] = useState<string | null>(null);
  const tabs = useRef<HTMLDivElement>(null);
  const paper = papers.find((one) => one.id === current) ?? papers[0] ?? null;
  const other = papers.find((one) => one.id === beside && one.id !== paper?.id) ?? null;

  const step = (by: 1 | -1) =>
    setZoom((now) => {
      const near = STEPS.reduce(
        (best, one, index) => (Math.abs(one - now) < Math.abs((STEPS[best] ?? 1) - now) ? index : best),
        0,
      );
      return STEPS[Math.min(STEPS.length - 1, Math.max(0, near + by))] ?? 1;
    });
  const rotate = () => paper && setTurns({ ...turns, [paper.id]: ((turns[paper.id] ?? 0) + 90) % 360 });
  // A scan is laid beside what was printed; anything else beside the next paper.
  const compare = () => {
    const pair = papers.find((one) => one.id === paper?.pair) ?? papers.find((one) => one.id !== paper?.id);
    setBeside(other ? null : (pair?.id ?? null));
  };
  useEffect(() => {
    controls.current = { zoom: step, rotate, compare };
    return () => {
      controls.current = null;
    };
  });

  if (!paper) {
    return (
      <section className="pane deskviewer" aria-label={say('papers')}>
        <p className="nopaper">{say('noPapers')}</p>
      </section>
    );
  }
  const move = (by: number) => {
    const next = papers[(papers.indexOf(paper) + by + papers.length) % papers.length];
    if (!next) return;
    onCurrent(next.id);
    tabs.current?.querySelector<HTMLElement>(`[data-paper="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <section className="pane deskviewer" aria-label={say('papers')}>
      <div className="viewertools">
        <div className="viewertabs" role="tablist" aria-label={say('papers')} ref={tabs}>
          {papers.map((one, index) => (
            <button
              key={one.id}
              type="button"
              role="tab"
              data-paper={one.id}
              aria-selected={one === paper}
              tabIndex={one === paper ? 0 : -1}
              onClick={() => onCurrent(one.id)}
              onKeyDown={(event) => {
                if (event.key === 'ArrowRight') move(1);
                else if (event.key === 'ArrowLeft') move(-1);
              }}
            >
              <span className="num">{index + 1}</span> {one.title}
            </button>
          ))}
        </div>
        <div className="row viewerbuttons">
          <button
            type="button"
            className="btn sm"
            aria-label={say('zoomOut')}
            title={`${say('zoomOut')} −`}
            onClick={() => step(-1)}
          >
            −
          </button>
          <button
            type="button"
            className="btn sm num"
            title={say('fit')}
            aria-label={`${say('fit')}${mark('comma')}${Math.round(zoom * 100)}%`}
            onClick={() => setZoom(1)}
          >
            {Math.round(zoom * 100)}%
          </button>
          <button
            type="button"
            className="btn sm"
            aria-label={say('zoomIn')}
            title={`${say('zoomIn')} +`}
            onClick={() => step(1)}
          >
            ＋
          </button>
          <button
            type="button"
            className="btn sm"
            aria-label={say('rotate')}
            title={`${say('rotate')} Shift+R`}
            onClick={rotate}
          >
            ⟳
          </button>
          {papers.length > 1 ? (
            <button type="button" className="btn sm" aria-pressed={other !== null} onClick={compare}>
              {say('compare')} <kbd>C</kbd>
            </button>
          ) : null}
          <a
            className="btn sm"
            href={paper.url}
            download
            title={say('download')}
            aria-label={`${say('download')} ${paper.title}`}
          >
            <Icon name="download" />
          </a>
        </div>
      </div>
      <div className={other ? 'sheets two' : 'sheets'}>
        <Sheet key={paper.id} paper={paper} zoom={zoom} turn={turns[paper.id] ?? 0} />
        {other ? (
          <div className="beside">
            <label className="besidechoice">
              {say('compareWith')}
              <select value={other.id} onChange={(event) => setBeside(event.target.value)}>
                {papers
                  .filter((one) => one !== paper)
                  .map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.title}
                    </option>
                  ))}
              </select>
            </label>
            <Sheet key={other.id} paper={other} zoom={zoom} turn={turns[other.id] ?? 0} />
          </div>
        ) : null}
      </div>
    </section>
  );
}
