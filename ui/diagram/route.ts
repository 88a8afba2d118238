import { type Columns, columnPlaces, PADDING } from './columns.ts';
import { type LabelPlace, labelled } from './labels.ts';
import { type Lanes, lanesOf } from './lanes.ts';
import type { Link } from './links.ts';
import { NODE_HEIGHT } from './measure.ts';
import type { Cell } from './place.ts';
import { type Plan, planOf, sideOf } from './plan.ts';
import { type Ports, portsOf } from './ports.ts';
import { untangled } from './untangle.ts';
import { type Point, tidy } from './wire-path.ts';

/**
 * Lays the grid out in pixels and draws every link at right angles. Links run in lanes of their own between the rows,
 * so that a label always has a free stretch of its line and no line runs through a box.
 */
export interface Box extends Cell {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}
export interface Wire {
  readonly link: Link;
  readonly points: readonly Point[];
  readonly label: LabelPlace | null;
}
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
}

const LANE = 24;
const FIRST_LANE = 26;

export function drawn(cells: readonly Cell[], links: readonly Link[], room = 0): Picture {
  const at = new Map(cells.map((cell) => [cell.id, cell]));
  const plans = links.flatMap((link) => {
    const from = at.get(link.from);
    const to = at.get(link.to);
    return from && to ? [planOf(link, from, to, cells)] : [];
  });
  const columns = Math.max(0, ...cells.map((cell) => cell.column)) + 1;
  const xs = columnPlaces(cells, plans, columns, room);
  const centre = (cell: Cell) => (xs.left[cell.column] ?? 0) + (xs.width[cell.column] ?? 0) / 2;
  const route = (ports: readonly Ports[], lanes: Lanes) => routed(cells, plans, ports, lanes, xs);
  const { ports, lanes } = untangled(plans, portsOf(plans, centre), (moved) => lanesOf(plans, moved, xs), route);
  const { boxes, lines, height } = route(ports, lanes);
  const labels = labelled(plans, lines, boxes, xs.total);
  const wires = plans.map(({ link }, index) => ({ link, points: lines[index] ?? [], label: labels[index] ?? null }));
  return { width: xs.total, height, boxes, wires };
}

interface Routed {
  readonly boxes: readonly Box[];
  readonly lines: readonly (readonly Point[])[];
  readonly height: number;
}

/** Boxes and lines in pixels, once it is said where each line leaves and enters and in which lanes it runs. */
function routed(
  cells: readonly Cell[],
  plans: readonly Plan[],
  ports: readonly Ports[],
  lanes: Lanes,
  xs: Columns,
): Routed {
  const centre = (cell: Cell) => (xs.left[cell.column] ?? 0) + (xs.width[cell.column] ?? 0) / 2;
  const rows = Math.max(0, ...cells.map((cell) => cell.row)) + 1;
  const top: number[] = [];
  let y = PADDING;
  for (let row = 0; row < rows; row += 1) {
    top.push(y);
    const count = lanes.count.get(row) ?? 0;
    const last = row + 1 === rows;
    y += NODE_HEIGHT + (count > 0 ? FIRST_LANE + count * LANE - (last ? LANE - 6 : 0) : last ? 0 : 28);
  }
  const boxes = cells.map((cell) => ({
    ...cell,
    x: centre(cell) - cell.width / 2,
    y: top[cell.row] ?? 0,
    height: NODE_HEIGHT,
  }));
  const box = new Map(boxes.map((one) => [one.id, one]));
  const laneY = (channel: number, lane: number) => (top[channel] ?? 0) + NODE_HEIGHT + FIRST_LANE + lane * LANE;
  const lines = plans.map((plan, index): readonly Point[] => {
    const from = box.get(plan.from.id);
    const to = box.get(plan.to.id);
    if (!from || !to) return [];
    if (plan.straight)
      return [
        { x: from.x + from.width, y: from.y + NODE_HEIGHT / 2 },
        { x: to.x, y: to.y + NODE_HEIGHT / 2 },
      ];
    const port = ports[index] ?? { start: 0, end: 0 };
    const [first, last] = [plan.channels[0] ?? 0, plan.channels.at(-1) ?? 0];
    const firstY = laneY(first, lanes.lane.get(`${index} 0`) ?? 0);
    const points: Point[] = [
      { x: port.start, y: sideOf(plan, 'start') === 'bottom' ? from.y + NODE_HEIGHT : from.y },
      { x: port.start, y: firstY },
    ];
    if (plan.gap === null) points.push({ x: port.end, y: firstY });
    else {
      const slotX = xs.slot(plan.gap, lanes.slot.get(index) ?? 0);
      const lastY = laneY(last, lanes.lane.get(`${index} 1`) ?? 0);
      points.push({ x: slotX, y: firstY }, { x: slotX, y: lastY }, { x: port.end, y: lastY });
    }
    points.push({ x: port.end, y: sideOf(plan, 'end') === 'bottom' ? to.y + NODE_HEIGHT : to.y });
    return tidy(points);
  });
  return { boxes, lines, height: y + PADDING };
}
