import { useEffect, useState } from 'react';

/** Quiet zone around a QR code, in modules; scanners need four. */
const MARGIN = 4;

/** A QR code as one SVG path. The library is loaded when the first code is drawn. Always with a name. */
export function Qr({
  text,
  label,
  size = 196,
}: {
  readonly text: string;
  readonly label: string;
  readonly size?: number;
}) {
  const [drawn, setDrawn] = useState<{ readonly path: string; readonly width: number } | null>(null);

  useEffect(() => {
    let gone = false;
    import('qrcode').then(({ create }) => {
      if (gone) return;
      const { modules } = create(text, { errorCorrectionLevel: 'M' });
      let path = '';
      for (let y = 0; y < modules.size; y += 1) {
        for (let x = 0; x < modules.size; x += 1) {
          if (modules.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
        }
      }
      setDrawn({ path, width: modules.size });
    });
    return () => {
      gone = true;
    };
  }, [text]);

  const width = (drawn?.width ?? 29) + 2 * MARGIN;
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      viewBox={`${-MARGIN} ${-MARGIN} ${width} ${width}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
    >
      <rect x={-MARGIN} y={-MARGIN} width={width} height={width} fill="#fff" />
      {drawn && <path d={drawn.path} fill="#000" />}
    </svg>
  );
}
