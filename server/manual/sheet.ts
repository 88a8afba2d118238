import { mm } from '../documents/paper.ts';
import type { Laid, Row } from './fitting.ts';

/** A4's width, and higher than any manual is long; points. */
export const endless: [number, number] = [210 * mm, 200_000];

/** What the setter says of something that it has laid out. */
interface Node {
  readonly type: string;
  /** A piece of text has none. */
  readonly props?: { readonly [name: string]: unknown };
  readonly box?: { readonly top: number; readonly height: number };
  readonly children?: readonly Node[];
}

/** What the setter tells about its layout, if it does: it has no public name for it. */
export function layoutIn(told: object): unknown {
  return (told as { readonly _INTERNAL__LAYOUT__DATA_?: unknown })._INTERNAL__LAYOUT__DATA_;
}

/** How everything lies on the last sheet of a layout; nothing where the setter told nothing: then pictures stay as they are. */
export function laidOut(layout: unknown): readonly Laid[] {
  const sheet = (layout as Node | undefined)?.children?.at(-1);
  return (sheet?.children ?? []).flatMap((node) => {
    const { props = {}, box } = node;
    if (box === undefined || props.fixed === true) return [];
    const rows = rowsIn(node);
    const ahead = typeof props.minPresenceAhead === 'number' ? props.minPresenceAhead : 0;
    return [{ top: box.top, height: box.height, wraps: props.wrap !== false, ahead, rows }];
  });
}

function rowsIn({ props = {}, children = [] }: Node): readonly Row[] {
  return [...(props.row === undefined ? [] : [props.row as Row]), ...children.flatMap(rowsIn)];
}
