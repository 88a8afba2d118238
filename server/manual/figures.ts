import { Image, Text, View } from '@react-pdf/renderer';
import { createElement as h, type ReactElement } from 'react';
import { mm } from '../documents/paper.ts';
import type { Mark, Picture } from './camera.ts';
import type { Fit, Row } from './fitting.ts';
import { measure, styles } from './styles.ts';
import type { Shot } from './walk.ts';

type Clean = (text: string) => string;

/** Pictures of a desktop are as wide as the text of a step, those of a phone three in a row. */
const WIDE = measure - 28;
const GAP = 4 * mm;
const NARROW = (WIDE - 2 * GAP) / 3;

/** Air around what is marked, points. */
const AIR = 2;

/** How much smaller a picture may be than it would like to be: letters of 9 points become 6.5. */
const LEAST = { desktop: 0.72, phone: 0.85 };

/** Of a row of pictures, for whoever measures the sheet (`sheet.ts`). The pieces of a long page are all as wide as it. */
function measured(pictures: readonly Picture[], width: number, { device, pictures: all }: Shot): object {
  const height = Math.max(...pictures.map((picture) => (picture.height * width) / picture.width));
  const row: Row = { pictures, height, least: device === 'desktop' && all.length > 1 ? 1 : LEAST[device] };
  return { row };
}

/**
 * The pictures of one place, with their marks, and below each what is marked.
 * @param scales of those that are made smaller
 */
export function figuresOf(shot: Shot, clean: Clean, scales: Fit['scales']): readonly ReactElement[] {
  const scaleOf = (picture: Picture | undefined) => (picture === undefined ? 1 : (scales.get(picture) ?? 1));
  if (shot.device === 'desktop')
    return shot.pictures.map((picture, at) =>
      h(
        View,
        { key: at, style: styles.figure, wrap: false, ...measured([picture], WIDE, shot) },
        ...framed(picture, WIDE * scaleOf(picture), clean),
      ),
    );
  const rows: ReactElement[] = [];
  for (let from = 0; from < shot.pictures.length; from += 3) {
    const row = shot.pictures.slice(from, from + 3);
    const width = NARROW * scaleOf(row[0]);
    rows.push(
      h(
        View,
        { key: from, style: styles.figures, wrap: false, ...measured(row, NARROW, shot) },
        ...row.map((picture, at) =>
          h(View, { key: at, style: { width, marginRight: at === 2 ? 0 : GAP } }, ...framed(picture, width, clean)),
        ),
      ),
    );
  }
  return rows;
}

function framed(picture: Picture, width: number, clean: Clean): ReactElement[] {
  const scale = width / picture.width;
  const size = { width, height: picture.height * scale };
  return [
    h(
      View,
      { key: 'frame', style: [styles.frame, size] },
      h(Image, { src: { data: picture.jpeg, format: 'jpg' }, style: { width: '100%', height: '100%' } }),
      ...picture.marks.flatMap((mark, at) => markOf(mark, at, scale, size)),
    ),
    h(
      View,
      { key: 'legend', style: styles.legend },
      ...picture.marks.map(({ text }, at) =>
        h(
          View,
          { key: at, style: styles.legendItem },
          h(View, { style: styles.legendBadge }, h(Text, { style: styles.badgeText }, String(at + 1))),
          h(Text, { style: styles.legendText }, clean(text)),
        ),
      ),
    ),
  ];
}

/** A box around what one presses, and its number at the corner that is free. */
function markOf({ box }: Mark, at: number, scale: number, size: { width: number; height: number }): ReactElement[] {
  const left = Math.max(1, box.x * scale - AIR);
  const top = Math.max(1, box.y * scale - AIR);
  const width = Math.min(size.width - 2 - left, box.width * scale + 2 * AIR);
  const height = Math.min(size.height - 2 - top, box.height * scale + 2 * AIR);
  // Before it, where there is room; else above its corner, where it covers no neighbour.
  const before = left >= 14;
  const place = before
    ? { left: left - 13.5, top: Math.max(0, top + height / 2 - 6) }
    : { left, top: Math.max(0, top - 13) };
  return [
    h(View, { key: `mark${at}`, style: [styles.marked, { left, top, width, height }] }),
    h(View, { key: `badge${at}`, style: [styles.badge, place] }, h(Text, { style: styles.badgeText }, String(at + 1))),
  ];
}
