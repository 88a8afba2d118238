import { useMemo, useState } from 'react';
import type { DiagramChange } from '../../engine/diff/index.ts';
import { useLocale } from '../app/texts/index.ts';
import { mark } from '../app/texts/punctuation.ts';
import { DiagramView } from '../diagram/index.ts';
import { say as sayChange } from './change-texts.ts';
import { say } from './pane-texts.ts';
import type { Compared } from './worker/messages.ts';

const views = ['difference', 'before', 'after'] as const;
const signs = { added: '＋', removed: '−', changed: '~', moved: '→' } as const;

/** What the diagram shows otherwise: both in one in colours, signs and words; or one of them alone. */
export function DiagramPane({ compared }: { readonly compared: Compared }) {
  const [view, setView] = useState<(typeof views)[number]>('difference');
  const [chosen, setChosen] = useState<string | null>(null);
  const english = useLocale() === 'en';
  const { difference, before, after } = compared;
  const list = useMemo(() => (difference === null ? [] : changesIn(difference, english)), [difference, english]);
  if (difference === null || before === null || after === null) return null;
  if (list.length === 0) return <p className="muted">{say('diagramNone')}</p>;
  const count = (change: DiagramChange) => list.filter((one) => one.change === change).length;
  const counts = { ...{ added: count('added'), removed: count('removed') }, changed: count('changed') };
  const diagram = { difference: difference.diagram, before, after }[view];
  const first = list.find(({ isNode, change }) => isNode && change !== 'changed') ?? list[0];
  return (
    <>
      <div className="dpbar">
        <fieldset>
          <legend className="vh">{say('view')}</legend>
          {views.map((one) => (
            <button key={one} type="button" className="btn sm" aria-pressed={one === view} onClick={() => setView(one)}>
              {say(`view-${one}`)}
            </button>
          ))}
        </fieldset>
        <span className="muted">{say('counted', { ...counts, moved: count('moved') })}</span>
      </div>
      <DiagramView
        key={view}
        diagram={diagram}
        changes={view === 'difference' ? difference.changes : null}
        selected={chosen ?? first?.target ?? null}
      />
      <details className="dplist">
        <summary>{say('stateList')}</summary>
        <ul>
          {list.map(({ id, change, title, target }) => (
            <li key={id}>
              <span className={`dp-${change}`}>
                {signs[change]} {change === 'moved' ? say('moved2') : sayChange(change)}
              </span>{' '}
              <button
                type="button"
                className="linkbtn"
                onClick={() => {
                  setView('difference');
                  setChosen(target);
                }}
              >
                {title}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** Every state and line that is another, in words. */
function changesIn({ diagram, changes }: NonNullable<Compared['difference']>, english: boolean) {
  const titles = new Map(diagram.nodes.map((node) => [node.id, english ? (node.en ?? node.title) : node.title]));
  const titleOf = (id: string) => titles.get(id) ?? id;
  const nodes = diagram.nodes.flatMap(({ id, parent }) => {
    const change = changes[id];
    const around = parent === null ? '' : `${titleOf(parent)} › `;
    return change === undefined ? [] : [{ id, change, title: `${around}${titleOf(id)}`, target: id, isNode: true }];
  });
  const edges = diagram.edges.flatMap((edge) => {
    const change = changes[edge.id];
    if (change === undefined) return [];
    const title = (english ? (edge.en ?? edge.title) : edge.title) || '';
    const line = `${titleOf(edge.from)} → ${titleOf(edge.to)}`;
    const told = title === '' ? line : `${line}${mark('colon')}${title}`;
    return [{ id: edge.id, change, title: told, target: edge.from, isNode: false }];
  });
  return [...nodes, ...edges];
}
