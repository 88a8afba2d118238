import type { DiagramNode } from '../../engine/contract/routes.ts';
import type { Exit, Link, PanelLinks } from './links.ts';
import { nodeWidth } from './measure.ts';
import { ordered } from './spine.ts';
import { childrenOf, mainWeight, type Tree } from './tree.ts';

/** A box on the grid: row 0 is the happy path, exceptions stand in the rows below. */
export interface Cell {
  readonly id: string;
  readonly row: number;
  readonly column: number;
  readonly width: number;
  readonly node: DiagramNode | null;
  readonly exit: Exit | null;
}

/** At most this many boxes of a row, unless the happy path itself is longer. */
const COLUMNS = 5;

/** Puts the children of a compound and its exits on a grid. Pure and stable: the same definition gives the same picture. */
export function placed(tree: Tree, compound: string, { links, exits }: PanelLinks): readonly Cell[] {
  const nodes = childrenOf(tree, compound);
  const path = happyPath(tree, nodes, links);
  const cells = new Map<string, Cell>();
  const taken = new Set<string>();
  const put = (id: string, row: number, column: number) => {
    const node = nodes.find((one) => one.id === id) ?? null;
    const exit = exits.find((one) => one.id === id) ?? null;
    const title = node?.title ?? exit?.title ?? id;
    cells.set(id, {
      id,
      row,
      column,
      width: nodeWidth(title, node?.tile ?? null, exit !== null || childrenOf(tree, id).length > 0),
      node,
      exit,
    });
    taken.add(`${row} ${column}`);
  };
  path.forEach((id, column) => {
    put(id, 0, column);
  });

  const columns = Math.max(Math.min(COLUMNS, nodes.length), path.length);
  const waiting = [...nodes.map((node) => node.id), ...exits.map((exit) => exit.id)].filter((id) => !cells.has(id));
  while (waiting.length > 0) {
    // Next comes whatever is reached from a box that already stands, the earliest in the picture first.
    const ready = waiting
      .map((id) => ({ id, from: earliest(cells, links, id) }))
      .filter((one) => one.from !== null)
      .sort((a, b) => rank(a.from) - rank(b.from))[0];
    const id = ready?.id ?? waiting[0];
    if (id === undefined) break;
    waiting.splice(waiting.indexOf(id), 1);
    const isExit = exits.some((exit) => exit.id === id);
    const wanted = isExit ? columns - 1 : (ready?.from?.column ?? 0) + ((ready?.from?.row ?? 0) > 0 ? 1 : 0);
    const spot = freeSpot(taken, wanted, columns, ready?.from?.row ?? 0);
    put(id, spot.row, spot.column);
  }
  return [...cells.values()];
}

const rank = (cell: Cell | null): number => (cell ? cell.row * 100 + cell.column : Number.MAX_SAFE_INTEGER);

function earliest(cells: ReadonlyMap<string, Cell>, links: readonly Link[], id: string): Cell | null {
  let best: Cell | null = null;
  for (const link of links) {
    if (link.to !== id) continue;
    const cell = cells.get(link.from);
    if (cell && rank(cell) < rank(best)) best = cell;
  }
  return best;
}

/** The nearest free place below the happy path: the wanted column first, then its neighbours, then a row deeper. */
function freeSpot(taken: ReadonlySet<string>, wanted: number, columns: number, fromRow: number) {
  for (let row = Math.max(1, fromRow); ; row += 1) {
    for (const step of [0, 1, -1, 2, -2]) {
      const column = wanted + step;
      if (column < 0 || column >= columns || taken.has(`${row} ${column}`)) continue;
      return { row, column };
    }
  }
}

/** What stands straight in the first row: the definition's happy path, or else the longest way on from the start. */
function happyPath(tree: Tree, nodes: readonly DiagramNode[], links: readonly Link[]): readonly string[] {
  const live = nodes.filter((node) => !node.removed);
  const main = ordered(
    tree,
    live.filter((node) => node.main || mainWeight(tree, node.id) > 0),
  ).map((node) => node.id);
  const start = main[0] ?? live[0]?.id ?? nodes[0]?.id;
  const path = main.length > 0 ? [...main] : start === undefined ? [] : [start];
  const isMain = main.length > 0;
  for (;;) {
    const last = path.at(-1);
    const next = links.find(
      (link) => link.from === last && !link.removed && !path.includes(link.to) && (!isMain || link.main),
    );
    if (!next || path.length >= COLUMNS + 1) return path;
    path.push(next.to);
    if (next.to.startsWith('exit:')) return path;
  }
}
