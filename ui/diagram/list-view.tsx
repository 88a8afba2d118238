import type { DiagramEdge, DiagramNode } from '../../engine/contract/routes.ts';
import { aside, mark } from '../app/texts/punctuation.ts';
import { EdgeTitle } from './edge-title.tsx';
import { type Marks, signs } from './marks.ts';
import { say } from './texts.ts';
import { childrenOf, type Tree } from './tree.ts';

interface ListViewProps {
  readonly tree: Tree;
  readonly marks: Marks;
  readonly id: string;
  onOpen(id: string): void;
  readonly onEdge: ((edge: DiagramEdge) => void) | undefined;
}

/** The same content as the picture, as a nested list: states, what leads on from each, what was removed. */
export function ListView({ tree, marks, id, onOpen, onEdge }: ListViewProps) {
  return (
    <ul className="dg-list">
      {childrenOf(tree, id).map((node) => (
        <ListItem key={node.id} tree={tree} marks={marks} node={node} onOpen={onOpen} onEdge={onEdge} />
      ))}
    </ul>
  );
}

function EdgeNote({ marks, edge }: { readonly marks: Marks; readonly edge: DiagramEdge }) {
  const change = marks.changes?.get(edge.id);
  if (change !== undefined)
    return <span className="muted">{aside(`${signs[change]} ${say(`change-${change}`)}`)}</span>;
  return edge.removed ? <span className="muted">{aside(say('removed'))}</span> : null;
}

function ListItem({ tree, marks, node, onOpen, onEdge }: Omit<ListViewProps, 'id'> & { readonly node: DiagramNode }) {
  const change = marks.changes?.get(node.id);
  const out = tree.edges.filter((edge) => edge.from === node.id);
  const words = [
    change !== undefined ? `${signs[change]} ${say(`change-${change}`)}` : node.removed ? say('removed') : '',
    marks.active.has(node.id) ? say('active') : marks.visited.has(node.id) ? say('visited') : '',
  ].filter((word) => word !== '');
  return (
    <li id={`state-${node.id}`}>
      <p className={marks.active.has(node.id) ? 'strong' : undefined}>
        {node.tile ? (
          <span className={marks.active.has(node.id) ? 'zi sm me' : 'zi sm'} aria-hidden="true">
            {node.tile}
          </span>
        ) : null}{' '}
        {node.removed ? <del>{node.title}</del> : node.title}
        {words.length > 0 ? <span className="muted">{aside(words.join(mark('comma')))}</span> : null}
        <code>{node.id}</code>
      </p>
      {out.length > 0 ? (
        <ul className="dg-out">
          {out.map((edge) => (
            <li key={edge.id}>
              <EdgeTitle edge={edge} onEdge={onEdge} /> →{' '}
              <button type="button" className="linkbtn" onClick={() => onOpen(edge.to)}>
                {tree.nodes.get(edge.to)?.title ?? edge.to}
              </button>
              <EdgeNote marks={marks} edge={edge} />
            </li>
          ))}
        </ul>
      ) : null}
      <ListView tree={tree} marks={marks} id={node.id} onOpen={onOpen} onEdge={onEdge} />
    </li>
  );
}
