import type { CSSProperties, KeyboardEvent, MouseEvent } from 'react';
import type { DiagramNode } from '../../engine/contract/routes.ts';
import { mark } from '../app/texts/punctuation.ts';
import { lookOf, type Marks, signs } from './marks.ts';
import { say } from './texts.ts';

interface NodeBoxProps {
  readonly node: DiagramNode;
  readonly marks: Marks;
  readonly selected: boolean;
  readonly inner: number;
  readonly style?: CSSProperties;
  onPress(id: string, event: MouseEvent): void;
  onArrow(id: string, event: KeyboardEvent): void;
}

/** A state as a box: tile, name, and in words what its look says. */
export function NodeBox({ node, marks, selected, inner, style, onPress, onArrow }: NodeBoxProps) {
  const problems = marks.problems.get(node.id) ?? 0;
  const active = marks.active.has(node.id);
  const change = marks.changes?.get(node.id);
  const said = [
    change !== undefined ? say(`change-${change}`) : node.removed ? say('removed') : '',
    active ? say('active') : marks.visited.has(node.id) ? say('visited') : '',
    inner > 0 ? say('inner', { n: inner }) : '',
    problems > 0 ? say('problems', { n: problems }) : '',
  ].filter((word) => word !== '');
  return (
    <button
      type="button"
      className={lookOf(marks, node)}
      data-node={node.id}
      aria-pressed={selected}
      aria-current={active ? 'step' : undefined}
      title={
        change !== undefined
          ? `${node.title}${mark('colon')}${say(`change-${change}`)}`
          : node.removed
            ? `${node.title}${mark('colon')}${say('removed')}`
            : node.title
      }
      style={style}
      onClick={(event) => onPress(node.id, event)}
      onKeyDown={(event) => onArrow(node.id, event)}
    >
      {node.tile ? (
        <span className={active ? 'zi sm me' : 'zi sm'} aria-hidden="true">
          {node.tile}
        </span>
      ) : null}
      <span className="dg-title">{node.title}</span>
      {inner > 0 ? (
        <span className="dg-more" aria-hidden="true">
          ⋯
        </span>
      ) : null}
      {change !== undefined ? (
        <span className="dg-sign" aria-hidden="true">
          {signs[change]}
        </span>
      ) : null}
      {problems > 0 ? (
        <span className="dg-problem" aria-hidden="true">
          {problems}
        </span>
      ) : null}
      {said.length > 0 ? (
        <span className="vh">
          {mark('comma')}
          {said.join(mark('comma'))}
        </span>
      ) : null}
    </button>
  );
}
