import type { Link } from './links.ts';
import { NODE_HEIGHT, textWidth } from './measure.ts';
import type { Cell } from './place.ts';

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
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'middle' | 'start' } | null;
}
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

const PADDING = 20;
const LANE = 24;
const FIRST_LANE = 26;
const GAP = 44;
const SLOT = 10;
const FONT = 12;

export const labelOf = (link: Link): string => link.titles.join('、');
/** Room for a label; a longer one is cut in the picture and whole in its title and in the list. */
export const LABEL_ROOM = 150;

interface Plan {
  readonly link: Link;
  readonly from: Cell;
  readonly to: Cell;
  readonly straight: boolean;
  /** Channels (index of the row above) that the link runs through, from its start to its end. */
  readonly channels: readonly number[];
  /** Gap right of this column, when two channels have to be joined. */
  readonly gap: number | null;
}

type Side = 'top' | 'bottom';

export function drawn(cells: readonly Cell[], links: readonly Link[], room = 0): Picture {
  const at = new Map(cells.map((cell) => [cell.id, cell]));
  const plans = links.flatMap((link) => {
    const from = at.get(link.from);
    const to = at.get(link.to);
    return from && to ? [planOf(link, from, to, cells)] : [];
  });
  const columns = Math.max(0, ...cells.map((cell) => cell.column)) + 1;
  const rows = Math.max(0, ...cells.map((cell) => cell.row)) + 1;
  const xs = columnPlaces(cells, plans, columns, room);
  const centre = (cell: Cell) => (xs.left[cell.column] ?? 0) + (xs.width[cell.column] ?? 0) / 2;
  const ports = portsOf(plans, centre);
  const lanes = lanesOf(plans, ports, xs);

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

  const wires = plans.map((plan, index): Wire => {
    const from = box.get(plan.from.id);
    const to = box.get(plan.to.id);
    if (!from || !to) return { link: plan.link, points: [], label: null };
    if (plan.straight) {
      const start = { x: from.x + from.width, y: from.y + NODE_HEIGHT / 2 };
      const end = { x: to.x, y: to.y + NODE_HEIGHT / 2 };
      const label = labelOf(plan.link) ? { x: (start.x + end.x) / 2, y: start.y - 7, anchor: 'middle' as const } : null;
      return { link: plan.link, points: [start, end], label };
    }
    const port = ports[index] ?? { start: 0, end: 0 };
    const [first, last] = [plan.channels[0] ?? 0, plan.channels.at(-1) ?? 0];
    const startY = sideOf(plan, 'start') === 'bottom' ? from.y + NODE_HEIGHT : from.y;
    const endY = sideOf(plan, 'end') === 'bottom' ? to.y + NODE_HEIGHT : to.y;
    const firstY = laneY(first, lanes.lane.get(`${index} 0`) ?? 0);
    const points: Point[] = [{ x: port.start, y: startY }];
    points.push({ x: port.start, y: firstY });
    let labelLine: readonly [Point, Point];
    if (plan.gap === null) {
      points.push({ x: port.end, y: firstY });
      labelLine = [
        { x: port.start, y: firstY },
        { x: port.end, y: firstY },
      ];
    } else {
      const slotX = xs.slot(plan.gap, lanes.slot.get(index) ?? 0);
      const lastY = laneY(last, lanes.lane.get(`${index} 1`) ?? 0);
      points.push({ x: slotX, y: firstY }, { x: slotX, y: lastY }, { x: port.end, y: lastY });
      const one: readonly [Point, Point] = [
        { x: port.start, y: firstY },
        { x: slotX, y: firstY },
      ];
      labelLine = one;
    }
    points.push({ x: port.end, y: endY });
    return { link: plan.link, points: tidy(points), label: labelOf(plan.link) ? labelAt(labelLine) : null };
  });
  return { width: xs.total, height: y + PADDING, boxes, wires };
}

function planOf(link: Link, from: Cell, to: Cell, cells: readonly Cell[]): Plan {
  const base = { link, from, to };
  if (from.row === to.row) {
    const between = cells.some((c) => c.row === from.row && c.column > from.column && c.column < to.column);
    if (to.column > from.column && !between) return { ...base, straight: true, channels: [], gap: null };
    return { ...base, straight: false, channels: [from.row], gap: null };
  }
  const gap = to.column > from.column ? to.column - 1 : to.column;
  if (to.row > from.row) {
    const near = to.row === from.row + 1;
    return { ...base, straight: false, channels: near ? [from.row] : [from.row, to.row - 1], gap: near ? null : gap };
  }
  const near = to.row === from.row - 1;
  return { ...base, straight: false, channels: near ? [to.row] : [from.row - 1, to.row], gap: near ? null : gap };
}

function sideOf(plan: Plan, end: 'start' | 'end'): Side {
  if (plan.from.row === plan.to.row) return 'bottom';
  const down = plan.to.row > plan.from.row;
  return (end === 'start') === down ? 'bottom' : 'top';
}

interface Columns {
  readonly left: readonly number[];
  readonly width: readonly number[];
  readonly total: number;
  slot(gap: number, index: number): number;
}

function columnPlaces(cells: readonly Cell[], plans: readonly Plan[], columns: number, room: number): Columns {
  const width = Array.from({ length: columns }, (_, column) =>
    Math.max(96, ...cells.filter((cell) => cell.column === column).map((cell) => cell.width)),
  );
  const gaps = Array.from({ length: columns }, (_, gap) => {
    const labels = plans
      .filter((plan) => plan.straight && plan.from.column === gap)
      .map((plan) => Math.min(textWidth(labelOf(plan.link), FONT), LABEL_ROOM) + 28);
    const slots = plans.filter((plan) => plan.gap === gap).length;
    return Math.max(gap + 1 < columns ? GAP : 0, ...(gap + 1 < columns ? labels : []), slots * SLOT + (slots ? 24 : 0));
  });
  const need = PADDING * 2 + [...width, ...gaps].reduce((a, b) => a + b, 0);
  // Spare room goes between the columns, evenly, but never so much that the lines get longer than they explain.
  const spare = columns > 1 ? Math.min(Math.max(0, room - need) / (columns - 1), 120) : 0;
  const left: number[] = [];
  let x = PADDING;
  for (let column = 0; column < columns; column += 1) {
    left.push(x);
    x += (width[column] ?? 0) + (gaps[column] ?? 0) + (column + 1 < columns ? spare : 0);
  }
  return {
    left,
    width,
    total: Math.max(x + PADDING, room),
    slot: (gap, index) => (left[gap] ?? 0) + (width[gap] ?? 0) + 14 + index * SLOT,
  };
}

interface Ports {
  readonly start: number;
  readonly end: number;
}

/** Where each line leaves and enters: spread over the side of the box in the order of where the lines go. */
function portsOf(plans: readonly Plan[], centre: (cell: Cell) => number): readonly Ports[] {
  interface End {
    readonly plan: number;
    readonly end: 'start' | 'end';
    readonly toward: number;
  }
  const sides = new Map<string, { cell: Cell; side: Side; ends: End[] }>();
  plans.forEach((plan, index) => {
    if (plan.straight) return;
    for (const end of ['start', 'end'] as const) {
      const cell = end === 'start' ? plan.from : plan.to;
      const other = end === 'start' ? plan.to : plan.from;
      const side = sideOf(plan, end);
      const key = `${cell.id} ${side}`;
      const entry = sides.get(key) ?? { cell, side, ends: [] };
      entry.ends.push({ plan: index, end, toward: centre(other) + (end === 'start' ? 0.1 : 0) });
      sides.set(key, entry);
    }
  });
  const places = plans.map(() => ({ start: 0, end: 0 }));
  for (const { cell, side, ends } of sides.values()) {
    ends.sort((a, b) => a.toward - b.toward);
    const step = Math.min(cell.width / (ends.length + 1), 44);
    // Off the middle, so that it does not run along a line that enters the box above from below.
    const shift = side === 'top' ? 7 : 0;
    ends.forEach(({ plan, end }, index) => {
      const place = places[plan];
      if (place) place[end] = centre(cell) + (index - (ends.length - 1) / 2) * step + shift;
    });
  }
  // A line between two boxes above each other is straight wherever one of its ends has room to move.
  plans.forEach((plan, index) => {
    const place = places[index];
    if (plan.straight || !place || plan.from.column !== plan.to.column || plan.channels.length !== 1) return;
    if (plan.from.row === plan.to.row) return;
    const free = (cell: Cell, end: 'start' | 'end', x: number) => {
      if (Math.abs(x - centre(cell)) > cell.width / 2 - 10) return false;
      const ends = sides.get(`${cell.id} ${sideOf(plan, end)}`)?.ends ?? [];
      return ends.every((one) => one.plan === index || Math.abs((places[one.plan]?.[one.end] ?? 0) - x) >= 12);
    };
    if (free(plan.to, 'end', place.start)) place.end = place.start;
    else if (free(plan.from, 'start', place.end)) place.start = place.end;
  });
  return places;
}

function lanesOf(plans: readonly Plan[], ports: readonly Ports[], xs: Columns) {
  interface Stretch {
    readonly key: string;
    readonly channel: number;
    readonly from: number;
    readonly to: number;
  }
  const slot = new Map<number, number>();
  const used = new Map<number, number>();
  const stretches: Stretch[] = [];
  plans.forEach((plan, index) => {
    const port = ports[index];
    if (plan.straight || !port) return;
    const label = labelOf(plan.link) ? Math.min(textWidth(labelOf(plan.link), FONT), LABEL_ROOM) + 12 : 0;
    let first: readonly [number, number] = [port.start, port.end];
    if (plan.gap !== null) {
      const next = used.get(plan.gap) ?? 0;
      used.set(plan.gap, next + 1);
      slot.set(index, next);
      const x = xs.slot(plan.gap, next);
      first = [port.start, x];
      stretches.push({ key: `${index} 1`, channel: plan.channels.at(-1) ?? 0, ...span(x, port.end, 0) });
    }
    stretches.push({ key: `${index} 0`, channel: plan.channels[0] ?? 0, ...span(first[0], first[1], label) });
  });
  const lane = new Map<string, number>();
  const count = new Map<number, number>();
  const busy = new Map<string, { from: number; to: number }[]>();
  for (const one of stretches.sort((a, b) => a.to - a.from - (b.to - b.from))) {
    let index = 0;
    const clash = () => (busy.get(`${one.channel} ${index}`) ?? []).some((b) => one.from < b.to && b.from < one.to);
    while (clash()) index += 1;
    lane.set(one.key, index);
    busy.set(`${one.channel} ${index}`, [...(busy.get(`${one.channel} ${index}`) ?? []), one]);
    count.set(one.channel, Math.max(count.get(one.channel) ?? 0, index + 1));
  }
  return { lane, count, slot };
}

/** What a stretch of line and its label take up; a line that goes straight down has its label at its right. */
function span(a: number, b: number, label: number): { from: number; to: number } {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  if (high - low < 8) return { from: low - 6, to: high + 12 + label };
  const wider = Math.max(0, label - (high - low)) / 2;
  return { from: low - wider - 6, to: high + wider + 6 };
}

function labelAt([a, b]: readonly [Point, Point]): Wire['label'] {
  if (Math.abs(a.x - b.x) < 8) return { x: a.x + 8, y: a.y, anchor: 'start' };
  return { x: (a.x + b.x) / 2, y: a.y - 6, anchor: 'middle' };
}

/** Without points that lie on the line between their neighbours. */
function tidy(points: readonly Point[]): readonly Point[] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before || !after) return true;
    const flat = before.y === point.y && point.y === after.y;
    const upright = before.x === point.x && point.x === after.x;
    return !flat && !upright;
  });
}

/** SVG path with rounded corners. */
export function pathOf(points: readonly Point[], radius = 6): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x} ${first.y}`;
  rest.forEach((corner, index) => {
    const next = rest[index + 1];
    const before = index === 0 ? first : rest[index - 1];
    if (!next || !before) {
      path += `L${corner.x} ${corner.y}`;
      return;
    }
    const inward = toward(corner, before, radius);
    const outward = toward(corner, next, radius);
    path += `L${inward.x} ${inward.y}Q${corner.x} ${corner.y} ${outward.x} ${outward.y}`;
  });
  return path;
}

function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
