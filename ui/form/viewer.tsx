import { useState } from 'react';
import { Dialog } from './dialog.tsx';
import { useSay } from './texts.ts';

/** A picture over the whole window: zoom, turn; scrolls when it is larger. */
export function Viewer(props: { readonly src: string; readonly title: string; readonly onClose: () => void }) {
  const say = useSay();
  const [zoom, setZoom] = useState(100);
  const [turns, setTurns] = useState(0);
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      wide
      tools={
        <span className="fv-tools">
          <button
            type="button"
            className="fv-small"
            onClick={() => setZoom(Math.max(25, zoom - 25))}
            aria-label={say('zoomOut')}
          >
            −
          </button>
          <span className="fv-num" aria-live="polite">
            {zoom}%
          </span>
          <button
            type="button"
            className="fv-small"
            onClick={() => setZoom(Math.min(400, zoom + 25))}
            aria-label={say('zoomIn')}
          >
            +
          </button>
          <button type="button" className="fv-small" onClick={() => setTurns((turns + 1) % 4)}>
            {say('rotate')}
          </button>
        </span>
      }
    >
      <img
        className="fv-zoomed"
        style={{ width: `${zoom}%`, rotate: `${turns * 90}deg` }}
        src={props.src}
        alt={props.title}
      />
    </Dialog>
  );
}
