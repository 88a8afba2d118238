import type { Picture } from './camera.ts';

/** Something that stands on a sheet without an end, from top to bottom; points. */
export interface Laid {
  readonly top: number;
  readonly height: number;
  /** It may go on over the page. */
  readonly wraps: boolean;
  /** So much of what follows has to stay with it. */
  readonly ahead: number;
  /** The rows of pictures in it: all that can be made smaller. */
  readonly rows: readonly Row[];
}

/** Pictures side by side, and how high they are as they would like to be, points. */
export interface Row {
  readonly pictures: readonly Picture[];
  readonly height: number;
  /** How much smaller they may be, so that they can still be read: 0.7 is seven tenths; 1 for what has to be as wide as its neighbours. */
  readonly least: number;
}

/** What has to be done to pictures so that they stand where there is room. */
export interface Fit {
  readonly scales: ReadonlyMap<Picture, number>;
  /** Where it is cut in two, CSS pixels from its upper edge. */
  readonly cuts: ReadonlyMap<Picture, number>;
}

/** The setting may differ by a line from what is worked out here, points. */
const SLACK = 6;
/** Of a picture that is cut, so much stands on either page at least, points. */
const PART = 84;

/**
 * Pages are filled: a picture for which there is not enough room is made as small as the room, within what can be read; else it
 * begins here and goes on over the page, where it has a place to be cut; else the room stays empty and it begins the next page.
 * @param room height of what is printed on a page, points
 */
export function fitted(laid: readonly Laid[], room: number): Fit {
  const scales = new Map<Picture, number>();
  const cuts = new Map<Picture, number>();
  let used = 0;
  for (const [at, one] of laid.entries()) {
    const before = laid[at - 1];
    const gap = before === undefined ? 0 : one.top - before.top - before.height;
    const start = used + gap;
    const left = room - start;
    if (one.height + one.ahead <= left) used = start + one.height;
    else if (one.rows.length === 0) used = one.wraps ? (start + one.height) % room : gap + one.height;
    else {
      const pictures = one.rows.reduce((sum, { height }) => sum + height, 0);
      const words = one.height - pictures;
      const scale = (left - words - SLACK) / pictures;
      const [row] = one.rows;
      const cut = row !== undefined && one.rows.length === 1 ? cutOf(row, left - words - SLACK) : null;
      if (scale >= Math.max(...one.rows.map(({ least }) => least))) {
        for (const { pictures: each } of one.rows) for (const picture of each) scales.set(picture, scale);
        used = start + words + pictures * scale;
      } else if (cut !== null) {
        cuts.set(cut.picture, cut.at);
        used = gap + words + cut.rest;
      } else used = gap + one.height;
    }
  }
  return { scales, cuts };
}

/** The last place at which a picture can be cut so that its beginning has room. @param left points */
function cutOf({ pictures, height }: Row, left: number) {
  const [picture] = pictures;
  if (picture === undefined || pictures.length > 1) return null;
  const scale = height / picture.height;
  const at = picture.breaks.findLast((y) => y * scale >= PART && y * scale <= left && height - y * scale >= PART);
  return at === undefined ? null : { picture, at, rest: height - at * scale };
}
