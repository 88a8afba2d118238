import { type KeyboardEvent, type RefObject, useLayoutEffect, useState } from 'react';
import type { DiagramEdge } from '../../engine/contract/routes.ts';
import { mark } from '../app/texts/punctuation.ts';
import type { Marks } from './marks.ts';
import { Panel } from './panel.tsx';
import { say } from './texts.ts';
import { lineage, type Tree } from './tree.ts';

interface OpenedPanelProps {
  readonly tree: Tree;
  readonly marks: Marks;
  readonly opened: string;
  /** The unit of the overview that it lies in, null when it is a region of its own. */
  readonly unit: string | null;
  readonly selected: string | null;
  readonly room: number;
  readonly stem: number | null;
  onOpen(id: string): void;
  onArrow(id: string, event: KeyboardEvent): void;
  readonly onEdge: ((edge: DiagramEdge) => void) | undefined;
}

/** The opened compound with its name, and the way up when it is a compound inside a stage. */
export function OpenedPanel({ opened, unit, stem, ...panel }: OpenedPanelProps) {
  const { tree, onOpen } = panel;
  const line = lineage(tree, opened);
  const end = unit === null ? -1 : line.indexOf(unit);
  const title = (end === -1 ? line : line.slice(0, end + 1))
    .map((id) => tree.nodes.get(id)?.title ?? id)
    .reverse()
    .join(' › ');
  const parent = tree.nodes.get(opened)?.parent ?? null;
  return (
    <section className="dg-panel" aria-label={`${title}${mark('comma')}${say('open')}`}>
      {stem === null ? null : <span className="dg-stem" style={{ left: stem }} aria-hidden="true" />}
      <header>
        <h4>
          {title}
          {mark('comma')}
          {say('open')}
        </h4>
        {unit !== null && unit !== opened && parent !== null ? (
          <button type="button" className="linkbtn" onClick={() => onOpen(parent)}>
            {say('whole')}
          </button>
        ) : null}
      </header>
      <Panel compound={opened} {...panel} />
    </section>
  );
}

/** Where the box of the opened compound stands above its panel, or null when a line of the row lies between them. */
export function useStem(ref: RefObject<HTMLElement | null>): number | null {
  const [stem, setStem] = useState<number | null>(null);
  useLayoutEffect(() => {
    const panel = ref.current?.querySelector('.dg-panel')?.getBoundingClientRect();
    const box = ref.current?.querySelector('.dg-row:not(.small) [aria-pressed="true"]')?.getBoundingClientRect();
    const near = panel && box && panel.top - box.bottom < 40;
    const next = near ? Math.round(box.left + box.width / 2 - panel.left) : null;
    if (next !== stem) setStem(next);
  });
  return stem;
}

/** Inner width of a panel in px, so that spare room goes between the columns. */
export function useRoom(ref: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setRoom(Math.max(0, Math.floor(element.clientWidth - 62)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return room;
}
