import './styles.ts';
import { useEffect, useState } from 'react';
import { useSay } from './texts.ts';

interface Squares {
  readonly size: number;
  readonly path: string;
}

/**
 * A QR code as one SVG path, dark on white in every mode. The library is fetched when the first code is drawn.
 * @param link shown beneath where the code's text is an address that can be opened on this device too
 */
export function Qr({
  text,
  title,
  link = false,
}: {
  readonly text: string;
  readonly title: string;
  readonly link?: boolean;
}) {
  const say = useSay();
  const [squares, setSquares] = useState<Squares | null>(null);
  useEffect(() => {
    let current = true;
    import('qrcode').then(({ default: library, create }) => {
      const make = create ?? library.create;
      if (current) setSquares(squaresOf(make(text, { errorCorrectionLevel: 'M' }).modules));
    });
    return () => {
      current = false;
    };
  }, [text]);
  const label = say('qrLabel', { title });
  return (
    <figure className="fv-qr-code">
      {squares ? (
        <svg
          viewBox={`-4 -4 ${squares.size + 8} ${squares.size + 8}`}
          role="img"
          aria-label={label}
          shapeRendering="crispEdges"
        >
          <rect x="-4" y="-4" width={squares.size + 8} height={squares.size + 8} fill="#fff" />
          <path d={squares.path} fill="#000" />
        </svg>
      ) : (
        <span className="fv-qr-wait" aria-hidden="true" />
      )}
      {link && (
        <figcaption>
          {say('qrOpen')}
          <br />
          <a href={text} target="_blank" rel="noreferrer">
            {text}
          </a>
        </figcaption>
      )}
    </figure>
  );
}

function squaresOf(modules: { readonly size: number; readonly data: ArrayLike<number | boolean> }): Squares {
  let path = '';
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) if (modules.data[y * modules.size + x]) path += `M${x} ${y}h1v1h-1z`;
  }
  return { size: modules.size, path };
}
