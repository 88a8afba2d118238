import { type KeyboardEvent, useId, useMemo } from 'react';
import type { DiagramEdge, DiagramNode } from '../../engine/contract/routes.ts';
import { mark } from '../app/texts/punctuation.ts';
import { EdgeTitle } from './edge-title.tsx';
import { type Link, linksOf } from './links.ts';
import { changeOf, isChosen, type Marks } from './marks.ts';
import { fitted } from './measure.ts';
import { NodeBox } from './node-box.tsx';
import { placed } from './place.ts';
import { labelOf } from './plan.ts';
import { drawn, type Wire } from './route.ts';
import { say } from './texts.ts';
import { childrenOf, type Tree } from './tree.ts';
import { pathOf } from './wire-path.ts';

interface PanelProps {
  readonly tree: Tree;
  readonly marks: Marks;
  readonly compound: string;
  readonly selected: string | null;
  readonly room: number;
  onOpen(id: string): void;
  onArrow(id: string, event: KeyboardEvent): void;
  readonly onEdge: ((edge: DiagramEdge) => void) | undefined;
}

/** One compound opened: its states on a grid, the happy path straight, every line at right angles with its label. */
export function Panel({ tree, marks, compound, selected, room, onOpen, onArrow, onEdge }: PanelProps) {
  const { picture, always } = useMemo(() => {
    const found = linksOf(tree, compound);
    return { picture: drawn(placed(tree, compound, found), found.links, room), always: found.always };
  }, [tree, compound, room]);
  const markers = useId().replace(/[^\w-]/g, '');
  return (
    <>
      <div className="dg-scroll">
        <div className="dg-canvas" style={{ width: picture.width, height: picture.height }}>
          <svg className="dg-wires" width={picture.width} height={picture.height} aria-hidden="true" focusable="false">
            <defs>
              {looks.map((look) => (
                <marker
                  key={look}
                  id={`${markers}-${look}`}
                  className={`dg-head ${look}`}
                  viewBox="0 0 8 8"
                  refX="7"
                  refY="4"
                  markerWidth="9"
                  markerHeight="9"
                  markerUnits="userSpaceOnUse"
                  orient="auto"
                >
                  <path d="M0 0L8 4L0 8z" />
                </marker>
              ))}
            </defs>
            {[...picture.wires].sort(byWeight(marks)).map((wire) => {
              const look = wireLook(marks, wire.link);
              return (
                <g key={`${wire.link.from} ${wire.link.to}`} className={`dg-wire ${look}`}>
                  <path d={pathOf(wire.points)} markerEnd={`url(#${markers}-${look})`} />
                </g>
              );
            })}
            {onEdge
              ? picture.wires.map(({ link, points }) => (
                  // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; by the keyboard a line is chosen in the list, and in what is told of its state
                  <path
                    key={`${link.from} ${link.to}`}
                    className="dg-hit"
                    d={pathOf(points)}
                    onClick={() => link.edges[0] && onEdge(link.edges[0])}
                  >
                    <title>{labelOf(link)}</title>
                  </path>
                ))
              : null}
            {picture.wires.map((wire) => (
              <WireLabel
                key={`${wire.link.from} ${wire.link.to}`}
                wire={wire}
                looked={isChosen(marks, wire.link.edges)}
                onEdge={onEdge}
              />
            ))}
          </svg>
          {picture.boxes.map((box) =>
            box.node ? (
              <NodeBox
                key={box.id}
                node={box.node}
                marks={marks}
                selected={selected === box.id}
                inner={childrenOf(tree, box.id).length}
                style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
                onPress={onOpen}
                onArrow={onArrow}
              />
            ) : (
              <button
                key={box.id}
                type="button"
                className={`dg-exit ${box.exit?.kind ?? 'elsewhere'}`}
                data-node={box.exit?.target ?? box.id}
                title={box.exit?.title}
                style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
                onClick={() => onOpen(box.exit?.target ?? box.id)}
                onKeyDown={(event) => onArrow(box.exit?.target ?? box.id, event)}
              >
                <span className="vh">{say('goes')} </span>
                <span className="dg-title">{box.exit?.title}</span>
                <span aria-hidden="true">↗</span>
              </button>
            ),
          )}
        </div>
      </div>
      {always.length > 0 ? <Always tree={tree} edges={always} onOpen={onOpen} onEdge={onEdge} /> : null}
    </>
  );
}

interface WireLabelProps extends Pick<PanelProps, 'onEdge'> {
  readonly wire: Wire;
  readonly looked: boolean;
}

function WireLabel({ wire, looked, onEdge }: WireLabelProps) {
  const text = labelOf(wire.link);
  if (!wire.label || text === '') return null;
  const [edge] = wire.link.edges;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse, see above
    <text
      className={['dg-label', ...(onEdge ? ['choose'] : []), ...(looked ? ['chosen'] : [])].join(' ')}
      onClick={() => edge && onEdge?.(edge)}
      x={wire.label.x}
      y={wire.label.y}
      textAnchor={wire.label.anchor}
    >
      <title>{text}</title>
      {fitted(text, 12, wire.label.room)}
    </text>
  );
}

type AlwaysProps = Pick<PanelProps, 'tree' | 'onOpen' | 'onEdge'> & { readonly edges: readonly DiagramEdge[] };

function Always({ tree, edges, onOpen, onEdge }: AlwaysProps) {
  return (
    <p className="dg-always">
      <span className="muted">
        {say('always')}
        {mark('colon')}
      </span>
      {edges.map((edge) => {
        const target = tree.nodes.get(edge.to);
        return (
          <span key={edge.id} className={edge.removed ? 'gone' : undefined}>
            <EdgeTitle edge={edge} onEdge={onEdge} /> →{' '}
            <button type="button" className="linkbtn" onClick={() => onOpen(edge.to)}>
              {(target as DiagramNode | undefined)?.title ?? edge.to}
            </button>
          </span>
        );
      })}
    </p>
  );
}

const looks = ['plain', 'main', 'taken', 'gone', 'added', 'deleted', 'chosen'] as const;

function wireLook(marks: Marks, link: Link): (typeof looks)[number] {
  const change = changeOf(marks, link.edges);
  if (change === 'added') return 'added';
  if (change === 'removed') return 'deleted';
  if (isChosen(marks, link.edges)) return 'chosen';
  if (link.removed) return 'gone';
  const to = link.to.startsWith('exit:') ? link.to.slice('exit:'.length) : link.to;
  if (marks.taken.has(`${link.from} ${to}`)) return 'taken';
  return link.main ? 'main' : 'plain';
}

/** What matters is drawn last, over the rest. */
function byWeight(marks: Marks) {
  const weight = { gone: 0, plain: 1, main: 2, taken: 3, deleted: 4, added: 5, chosen: 6 };
  return (a: Wire, b: Wire) => weight[wireLook(marks, a.link)] - weight[wireLook(marks, b.link)];
}
