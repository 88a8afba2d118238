import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Diagram, DiagramEdge, DiagramNode } from '../../engine/contract/routes.ts';
import { useLocale } from '../app/texts/index.ts';
import { mark } from '../app/texts/punctuation.ts';
import { arrowTarget, mainActive, openedOf } from './focus.ts';
import { ListView } from './list-view.tsx';
import { type MarkInput, type Marks, marksOf, signs } from './marks.ts';
import { NodeBox } from './node-box.tsx';
import { OpenedPanel, useRoom, useStem } from './opened-panel.tsx';
import { overviewOf } from './spine.ts';
import { say } from './texts.ts';
import { childrenOf, lineage, treeOf } from './tree.ts';
import './diagram.css';

export interface DiagramViewProps extends MarkInput {
  readonly diagram: Diagram;
  /** State that is shown and marked from outside (a link of an issue, a choice); it opens what is around it. */
  readonly selected?: string | null;
  onSelect?(id: string): void;
  /** A line was chosen; without it lines are only looked at. */
  onEdge?(edge: DiagramEdge): void;
}

/**
 * The effective workflow: the happy path in a row with its compounds closed, one of them opened beneath it,
 * what runs beside it at the foot. A list of the same content for keyboard and screen reader.
 */
export function DiagramView({
  diagram,
  selected = null,
  onSelect,
  onEdge,
  active,
  visited,
  taken,
  problems,
  changes = null,
  chosen = null,
}: DiagramViewProps) {
  const language = useLocale();
  const tree = useMemo(() => treeOf(language === 'en' ? inEnglish(diagram) : diagram), [diagram, language]);
  const overview = useMemo(() => overviewOf(tree), [tree]);
  const marks = useMemo(
    () =>
      marksOf(tree, {
        active: active ?? [],
        visited: visited ?? [],
        taken: taken ?? [],
        problems: problems ?? new Map(),
        changes,
        chosen,
      }),
    [tree, active, visited, taken, problems, changes, chosen],
  );
  const [mode, setMode] = useState<'picture' | 'list'>('picture');
  const [pinned, setPinned] = useState<string | null>(null);
  /** A line is looked at where it is drawn, not inside the compound that it leaves. */
  const stays = useRef<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const room = useRoom(root);
  const stem = useStem(root);

  // What is asked for from outside, and every step of a case, opens the place where it happens.
  const activeKey = [...(active ?? [])].join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new active state takes the focus back
  useEffect(() => {
    setPinned(stays.current);
    stays.current = null;
  }, [activeKey, selected]);

  const opened = openedOf(tree, overview, [pinned, selected], mainActive(tree, overview, active ?? []));
  const around = opened === null ? [] : lineage(tree, opened);
  const unit = [...overview.main, ...overview.side].find((one) => around.includes(one.id))?.id ?? null;

  const open = (id: string) => {
    if (!tree.nodes.has(id)) return;
    setPinned(id);
    setMode('picture');
    onSelect?.(id);
  };
  const look =
    onEdge &&
    ((edge: DiagramEdge) => {
      if (edge.from !== selected) stays.current = opened;
      onEdge(edge);
    });
  const arrow = (id: string, event: KeyboardEvent) => {
    const target = arrowTarget(tree, id, event.key);
    if (target === null) return;
    event.preventDefault();
    setPinned(target);
    // The box may only now be drawn, in a panel that opens for it.
    requestAnimationFrame(() => {
      root.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(target)}"]`)?.focus();
    });
  };
  const box = (node: DiagramNode) => (
    <NodeBox
      node={node}
      marks={marks}
      selected={around.includes(node.id) || node.id === (pinned ?? selected)}
      inner={childrenOf(tree, node.id).length}
      onPress={open}
      onArrow={arrow}
    />
  );
  const panel =
    opened === null ? null : (
      <OpenedPanel
        key={opened}
        tree={tree}
        marks={marks}
        opened={opened}
        unit={unit}
        selected={pinned ?? selected}
        room={room}
        stem={unit === null ? null : stem}
        onOpen={open}
        onArrow={arrow}
        onEdge={look}
      />
    );

  if (diagram.nodes.length === 0) return <p className="note">{say('empty')}</p>;
  return (
    <div className="dg" ref={root}>
      <Bar diagram={diagram} marks={marks} played={active !== undefined} mode={mode} onMode={setMode} />
      {mode === 'list' ? (
        <ListView tree={tree} marks={marks} id="" onOpen={open} onEdge={onEdge} />
      ) : (
        <>
          <section className="dg-region" aria-label={overview.region?.title ?? say('mainRow')}>
            <h3>{overview.region?.title ?? say('mainRow')}</h3>
            <ol className="dg-row" aria-description={say('hint')}>
              {overview.main.map((node, index) => (
                <li key={node.id} className={wasTaken(marks, node, overview.main[index + 1]) ? 'taken' : undefined}>
                  {box(node)}
                </li>
              ))}
            </ol>
            {unit !== null ? panel : null}
            {overview.side.length > 0 ? (
              <div className="dg-side">
                <h4>{say('sideRow')}</h4>
                <ul>
                  {overview.side.map((node) => (
                    <li key={node.id}>{box(node)}</li>
                  ))}
                </ul>
              </div>
            ) : null}
          </section>
          {unit === null && panel ? (
            <section className="dg-region dg-alone" aria-label={tree.nodes.get(opened ?? '')?.title}>
              {panel}
            </section>
          ) : null}
          {overview.parallel.length > 0 ? (
            <div className="dg-regions">
              {overview.parallel.map((region) => (
                <section
                  key={region.id}
                  className="dg-region"
                  aria-label={`${region.title}${mark('comma')}${say('parallel')}`}
                >
                  <h3>
                    <button type="button" className="linkbtn" data-node={region.id} onClick={() => open(region.id)}>
                      {region.title}
                    </button>
                    {mark('comma')}
                    {say('parallel')}
                  </h3>
                  <ul className="dg-row small">
                    {childrenOf(tree, region.id)
                      .filter((node) => node.kind !== 'next')
                      .map((node) => (
                        <li key={node.id}>{box(node)}</li>
                      ))}
                  </ul>
                </section>
              ))}
            </div>
          ) : null}
        </>
      )}
    </div>
  );
}

/** The arrow between two stages is blue when a case has been in both. */
function wasTaken(marks: Marks, node: DiagramNode, next: DiagramNode | undefined): boolean {
  const was = (id: string) => marks.visited.has(id) || marks.active.has(id);
  return next !== undefined && was(node.id) && was(next.id);
}

interface BarProps {
  readonly diagram: Diagram;
  readonly marks: Marks;
  /** A case is laid over it. */
  readonly played: boolean;
  readonly mode: 'picture' | 'list';
  onMode(mode: 'picture' | 'list'): void;
}

const legendChanges = ['added', 'removed', 'changed', 'moved', 'inside'] as const;

/** The legend, and the switch between picture and list. */
function Bar({ diagram, marks, played, mode, onMode }: BarProps) {
  return (
    <div className="dg-bar">
      <ul className="dg-legend">
        <li className="main">{say('legendMain')}</li>
        {played ? <li className="active">{say('legendActive')}</li> : null}
        {played ? <li className="visited">{say('legendVisited')}</li> : null}
        {legendChanges.map((change) =>
          marks.changes !== null && [...marks.changes.values()].includes(change) ? (
            <li key={change} className={`is-${change}`}>
              {signs[change]} {say(`change-${change}`)}
            </li>
          ) : null,
        )}
        {marks.changes === null && diagram.nodes.some((node) => node.removed) ? (
          <li className="removed">{say('legendRemoved')}</li>
        ) : null}
      </ul>
      <fieldset className="dg-modes">
        <legend className="vh">{say('views')}</legend>
        {(['picture', 'list'] as const).map((one) => (
          <button key={one} type="button" className="btn sm" aria-pressed={mode === one} onClick={() => onMode(one)}>
            {say(one)}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

/** With the product's own words in English. */
function inEnglish({ nodes, edges }: Diagram): Diagram {
  const told = <T extends { readonly title: string; readonly en?: string }>(one: T): T =>
    one.en === undefined ? one : { ...one, title: one.en };
  return { nodes: nodes.map(told), edges: edges.map(told) };
}
