/** A stretch of a page from top to bottom, CSS pixels. */
export interface Stretch {
  readonly top: number;
  readonly bottom: number;
}

/** Air above what a piece begins with. */
const AIR = 8;

/** The shortest piece that ends before a part of the page begins, as a share of the longest. */
const PART = 0.4;

/**
 * Where a long page is cut into pieces that have room on a sheet: nothing that is whole is cut in two, unless it is longer than a
 * sheet itself; a piece is as long as it can be.
 * @param whole what must not be cut @param longest of a piece @param parts where a part of the page begins: there, rather than later
 * @returns the pieces from top to bottom; together they are the page
 */
export function cutsOf(
  page: Stretch,
  whole: readonly Stretch[],
  longest: number,
  parts: readonly number[] = [],
): readonly Stretch[] {
  const kept = keptOf(whole, longest);
  const isFree = (y: number) => isBetween(y, kept);
  const pieces: Stretch[] = [];
  let from = page.top;
  while (page.bottom - from > longest) {
    const within = (y: number) => y > from + longest * 0.25 && y <= from + longest;
    const places = kept.flatMap(({ top, bottom }) => [top - AIR, top, bottom]).filter((y) => within(y) && isFree(y));
    const begins = parts.map((y) => y - AIR).filter((y) => y > from + longest * PART && within(y) && isFree(y));
    const to = Math.max(...(begins.length > 0 ? begins : places.length > 0 ? places : [from + longest]));
    pieces.push({ top: from, bottom: to });
    from = to;
  }
  // What is left over is not worth a picture where it is nothing but air.
  if (page.bottom - from > 2 * AIR) pieces.push({ top: from, bottom: page.bottom });
  return pieces;
}

/**
 * Where a piece may be cut once more, should a sheet have room for its beginning only: between what is whole, with a little air.
 * @returns from the piece's upper edge, in order
 */
export function breaksOf(
  { top: from, bottom: to }: Stretch,
  whole: readonly Stretch[],
  longest: number,
): readonly number[] {
  const kept = keptOf(whole, longest);
  const places = kept.flatMap(({ top, bottom }) => [top - AIR, bottom + AIR]);
  const inside = places.filter((y) => y > from + 2 * AIR && y < to - 2 * AIR && isBetween(y, kept));
  return [...new Set(inside.map((y) => Math.round(y - from)))].sort((one, other) => one - other);
}

/** What is longer than a sheet cannot stay whole. */
function keptOf(whole: readonly Stretch[], longest: number): readonly Stretch[] {
  return whole.filter(({ top, bottom }) => bottom - top <= longest - 2 * AIR);
}

function isBetween(y: number, kept: readonly Stretch[]): boolean {
  return kept.every(({ top, bottom }) => y <= top || y >= bottom);
}
