import type { DiagramEdge } from '../../engine/contract/routes.ts';
import { say } from './texts.ts';

interface EdgeTitleProps {
  readonly edge: DiagramEdge;
  readonly onEdge: ((edge: DiagramEdge) => void) | undefined;
}

/** What a line is called; where lines can be chosen, the way to choose it by the keyboard. */
export function EdgeTitle({ edge, onEdge }: EdgeTitleProps) {
  const title = edge.title || say('when');
  if (!onEdge) return title;
  return (
    <button type="button" className="linkbtn" onClick={() => onEdge(edge)}>
      {title}
    </button>
  );
}
