import type { Cell } from './place.ts';
import { labelWidth, type Plan } from './plan.ts';

export const PADDING = 20;
const GAP = 44;
const SLOT = 10;

/** Where the columns stand, in pixels. */
export interface Columns {
  readonly left: readonly number[];
  readonly width: readonly number[];
  readonly total: number;
  slot(gap: number, index: number): number;
}

export function columnPlaces(cells: readonly Cell[], plans: readonly Plan[], columns: number, room: number): Columns {
  const width = Array.from({ length: columns }, (_, column) =>
    Math.max(96, ...cells.filter((cell) => cell.column === column).map((cell) => cell.width)),
  );
  const gaps = Array.from({ length: columns }, (_, gap) => {
    const labels = plans
      .filter((plan) => plan.straight && plan.from.column === gap)
      .map((plan) => labelWidth(plan.link) + 28);
    const slots = plans.filter((plan) => plan.gap === gap).length;
    return Math.max(gap + 1 < columns ? GAP : 0, ...(gap + 1 < columns ? labels : []), slots * SLOT + (slots ? 24 : 0));
  });
  const need = PADDING * 2 + [...width, ...gaps].reduce((a, b) => a + b, 0);
  // Spare room goes between the columns, evenly, but never so much that the lines get longer than they explain.
  const spare = columns > 1 ? Math.min(Math.max(0, room - need) / (columns - 1), 120) : 0;
  const left: number[] = [];
  let x = PADDING;
  for (let column = 0; column < columns; column += 1) {
    left.push(x);
    x += (width[column] ?? 0) + (gaps[column] ?? 0) + (column + 1 < columns ? spare : 0);
  }
  return {
    left,
    width,
    total: Math.max(x + PADDING, room),
    slot: (gap, index) => (left[gap] ?? 0) + (width[gap] ?? 0) + 14 + index * SLOT,
  };
}
