import type { Link } from './links.ts';
import { textWidth } from './measure.ts';
import type { Cell } from './place.ts';

export const labelOf = (link: Link): string => link.titles.join('、');
/** Room for a label; a longer one is cut in the picture and whole in its title and in the list. */
export const LABEL_ROOM = 150;
const FONT = 12;

/** Pixels that the label of a link takes up. */
export function labelWidth(link: Link): number {
  return Math.min(textWidth(labelOf(link), FONT), LABEL_ROOM);
}

/** How a link runs, before anything has a place in pixels. */
export interface Plan {
  readonly link: Link;
  readonly from: Cell;
  readonly to: Cell;
  readonly straight: boolean;
  /** Channels (index of the row above) that the link runs through, from its start to its end. */
  readonly channels: readonly number[];
  /** Gap right of this column, when two channels have to be joined. */
  readonly gap: number | null;
}

export type Side = 'top' | 'bottom';

export function planOf(link: Link, from: Cell, to: Cell, cells: readonly Cell[]): Plan {
  const base = { link, from, to };
  if (from.row === to.row) {
    const between = cells.some((c) => c.row === from.row && c.column > from.column && c.column < to.column);
    if (to.column > from.column && !between) return { ...base, straight: true, channels: [], gap: null };
    return { ...base, straight: false, channels: [from.row], gap: null };
  }
  const gap = to.column > from.column ? to.column - 1 : to.column;
  if (to.row > from.row) {
    const near = to.row === from.row + 1;
    return { ...base, straight: false, channels: near ? [from.row] : [from.row, to.row - 1], gap: near ? null : gap };
  }
  const near = to.row === from.row - 1;
  return { ...base, straight: false, channels: near ? [to.row] : [from.row - 1, to.row], gap: near ? null : gap };
}

export function sideOf(plan: Plan, end: 'start' | 'end'): Side {
  if (plan.from.row === plan.to.row) return 'bottom';
  const down = plan.to.row > plan.from.row;
  return (end === 'start') === down ? 'bottom' : 'top';
}
