import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Diagram, DiagramNode } from '../../engine/contract/routes.ts';
import { useTexts } from '../app/texts/index.ts';
import { ListView } from './list-view.tsx';
import { type MarkInput, marksOf } from './marks.ts';
import { NodeBox } from './node-box.tsx';
import { Panel } from './panel.tsx';
import { overviewOf } from './spine.ts';
import { say } from './texts.ts';
import { childrenOf, lineage, treeOf } from './tree.ts';
import './diagram.css';

export interface DiagramViewProps extends MarkInput {
  readonly diagram: Diagram;
  /** State that is shown and marked from outside (a link of an issue, a choice); it opens what is around it. */
  readonly selected?: string | null;
  onSelect?(id: string): void;
}

/**
 * The effective workflow: the happy path in a row with its compounds closed, one of them opened beneath it,
 * what runs beside it at the foot. A list of the same content for keyboard and screen reader.
 */
export function DiagramView({ diagram, selected = null, onSelect, ...input }: DiagramViewProps) {
  useTexts();
  const tree = useMemo(() => treeOf(diagram), [diagram]);
  const overview = useMemo(() => overviewOf(tree), [tree]);
  const { active, visited, taken, problems } = input;
  const marks = useMemo(
    () =>
      marksOf(tree, {
        ...(active && { active }),
        ...(visited && { visited }),
        ...(taken && { taken }),
        ...(problems && { problems }),
      }),
    [tree, active, visited, taken, problems],
  );
  const [mode, setMode] = useState<'picture' | 'list'>('picture');
  const [pinned, setPinned] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const room = useRoom(root);
  const stem = useStem(root);

  // What is asked for from outside, and every step of a case, opens the place where it happens.
  const activeKey = [...(active ?? [])].join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new active state takes the focus back
  useEffect(() => setPinned(null), [activeKey, selected]);

  const isCompound = (id: string) => childrenOf(tree, id).length > 0;
  const opened = (() => {
    const wanted = [
      pinned,
      selected,
      ...mainActive(),
      overview.main.find((unit) => isCompound(unit.id) && hasRemoved(unit.id))?.id ?? null,
      overview.main.find((unit) => isCompound(unit.id))?.id ?? null,
    ];
    for (const id of wanted) {
      const holder = id === null ? undefined : lineage(tree, id).find(isCompound);
      if (holder !== undefined && holder !== overview.region?.id && !isFrame(holder)) return holder;
    }
    return null;
  })();

  /** What a project takes away is what one looks for first. */
  function hasRemoved(id: string): boolean {
    return childrenOf(tree, id).some((node) => node.removed || hasRemoved(node.id));
  }

  function mainActive(): readonly string[] {
    const inside = (id: string) => overview.region === null || lineage(tree, id).includes(overview.region.id);
    return [...(active ?? [])].filter(inside);
  }

  /** A compound whose children stand in the rows of the overview needs no panel of its own. */
  function isFrame(id: string): boolean {
    return overview.main.some((unit) => unit.id !== id && lineage(tree, unit.id).includes(id));
  }

  const open = (id: string) => {
    if (!tree.nodes.has(id)) return;
    setPinned(id);
    setChosen(id);
    setMode('picture');
    onSelect?.(id);
  };
  const arrow = (id: string, event: KeyboardEvent) => {
    const target = arrowTarget(id, event.key);
    if (target === null) return;
    event.preventDefault();
    setPinned(target);
    setChosen(target);
    // The box may only now be drawn, in a panel that opens for it.
    requestAnimationFrame(() => {
      root.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(target)}"]`)?.focus();
    });
  };
  const arrowTarget = (id: string, key: string): string | null => {
    const siblings = childrenOf(tree, tree.nodes.get(id)?.parent ?? '');
    const at = siblings.findIndex((node) => node.id === id);
    switch (key) {
      case 'ArrowRight':
        return tree.edges.find((edge) => edge.from === id && edge.to !== id)?.to ?? null;
      case 'ArrowLeft':
        return tree.edges.find((edge) => edge.to === id && edge.from !== id)?.from ?? null;
      case 'ArrowDown':
        return siblings[at + 1]?.id ?? null;
      case 'ArrowUp':
        return siblings[at - 1]?.id ?? null;
      default:
        return null;
    }
  };

  const current = chosen ?? selected;
  const box = (node: DiagramNode) => (
    <NodeBox
      key={node.id}
      node={node}
      marks={marks}
      selected={opened !== null && lineage(tree, opened).includes(node.id)}
      inner={childrenOf(tree, node.id).length}
      onPress={open}
      onArrow={arrow}
    />
  );
  const unit =
    opened === null
      ? null
      : ([...overview.main, ...overview.side].find((one) => lineage(tree, opened).includes(one.id)) ?? null);

  if (diagram.nodes.length === 0) return <p className="note">{say('empty')}</p>;
  return (
    <div className="dg" ref={root}>
      <div className="dg-bar">
        <ul className="dg-legend">
          <li className="main">{say('legendMain')}</li>
          {active ? <li className="active">{say('legendActive')}</li> : null}
          {visited ? <li className="visited">{say('legendVisited')}</li> : null}
          {diagram.nodes.some((node) => node.removed) ? <li className="removed">{say('legendRemoved')}</li> : null}
        </ul>
        <fieldset className="dg-modes">
          <legend className="vh">{say('views')}</legend>
          {(['picture', 'list'] as const).map((one) => (
            <button key={one} type="button" className="btn sm" aria-pressed={mode === one} onClick={() => setMode(one)}>
              {say(one)}
            </button>
          ))}
        </fieldset>
      </div>
      {mode === 'list' ? (
        <ListView tree={tree} marks={marks} id="" onOpen={open} />
      ) : (
        <>
          <section className="dg-region" aria-label={overview.region?.title ?? say('mainRow')}>
            <h3>{overview.region?.title ?? say('mainRow')}</h3>
            <ol className="dg-row" aria-description={say('hint')}>
              {overview.main.map((node) => (
                <li key={node.id}>{box(node)}</li>
              ))}
            </ol>
            {opened !== null && unit !== null ? (
              <OpenedPanel key={opened} title={titleOf(opened)} stem={stem} onUp={upOf(opened)}>
                <Panel
                  tree={tree}
                  marks={marks}
                  compound={opened}
                  selected={current}
                  room={room}
                  onOpen={open}
                  onArrow={arrow}
                />
              </OpenedPanel>
            ) : null}
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
          {opened !== null && unit === null ? (
            <section className="dg-region" aria-label={titleOf(opened)}>
              <OpenedPanel key={opened} title={titleOf(opened)} stem={null} onUp={upOf(opened)}>
                <Panel
                  tree={tree}
                  marks={marks}
                  compound={opened}
                  selected={current}
                  room={room}
                  onOpen={open}
                  onArrow={arrow}
                />
              </OpenedPanel>
            </section>
          ) : null}
          {overview.parallel.length > 0 ? (
            <div className="dg-regions">
              {overview.parallel.map((region) => (
                <section key={region.id} className="dg-region" aria-label={`${region.title}，${say('parallel')}`}>
                  <h3>
                    <button type="button" className="linkbtn" data-node={region.id} onClick={() => open(region.id)}>
                      {region.title}
                    </button>
                    ，{say('parallel')}
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

  function titleOf(id: string): string {
    const line = lineage(tree, id);
    const end = unit === null ? -1 : line.indexOf(unit.id);
    const shown = end === -1 ? line : line.slice(0, end + 1);
    return [...shown]
      .reverse()
      .map((at) => tree.nodes.get(at)?.title ?? at)
      .join(' › ');
  }
  function upOf(id: string): (() => void) | undefined {
    const parent = tree.nodes.get(id)?.parent;
    if (unit === null || id === unit.id || parent === null || parent === undefined) return undefined;
    return () => open(parent);
  }
}

/** Where the box of the opened compound stands above its panel, or null when a line of the row lies between them. */
function useStem(ref: RefObject<HTMLElement | null>): number | null {
  const [stem, setStem] = useState<number | null>(null);
  useLayoutEffect(() => {
    const panel = ref.current?.querySelector('.dg-panel')?.getBoundingClientRect();
    const box = ref.current?.querySelector('.dg-row:not(.small) [aria-pressed="true"]')?.getBoundingClientRect();
    const near = panel && box && panel.top - box.bottom < 24;
    const next = near ? Math.round(box.left + box.width / 2 - panel.left) : null;
    if (next !== stem) setStem(next);
  });
  return stem;
}

function OpenedPanel(props: {
  readonly title: string;
  readonly stem: number | null;
  readonly onUp: (() => void) | undefined;
  readonly children: ReactNode;
}) {
  const { title, stem, onUp, children } = props;
  return (
    <section className="dg-panel" aria-label={`${title}，${say('open')}`}>
      {stem === null ? null : <span className="dg-stem" style={{ left: stem }} aria-hidden="true" />}
      <header>
        <h4>
          {title}，{say('open')}
        </h4>
        {onUp ? (
          <button type="button" className="linkbtn" onClick={onUp}>
            {say('whole')}
          </button>
        ) : null}
      </header>
      {children}
    </section>
  );
}

/** Inner width of the panel in px, so that spare room goes between the columns. */
function useRoom(ref: RefObject<HTMLElement | null>): number {
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
