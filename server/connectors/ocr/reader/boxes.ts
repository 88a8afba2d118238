/** A rectangle that lies as it likes. `angle` is the direction in which `width` runs, radians, y downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** The detector's answer: for each pixel how likely it is text. */
export interface Heat {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** As PaddleOCR takes them: a pixel is text, an area is text, how far the shrunken area is grown again. */
const likely = 0.3;
const likelyArea = 0.6;
const growth = 1.6;
const thinnest = 3;

/** The areas of text, each as the smallest rectangle around it, in pixels of the heat map. */
export function boxesOf(heat: Heat): Box[] {
  const seen = new Uint8Array(heat.data.length);
  const boxes: Box[] = [];
  for (let at = 0; at < heat.data.length; at++) {
    if (seen[at] || (heat.data[at] ?? 0) <= likely) continue;
    const area = flood(heat, at, seen);
    if (area.mean < likelyArea) continue;
    const box = smallestBox(hull(area.edge));
    if (Math.min(box.width, box.height) >= thinnest) boxes.push(grown(box));
  }
  return boxes;
}

interface Area {
  readonly mean: number;
  /** Ends of each row: their hull is the area's hull. */
  readonly edge: readonly (readonly [number, number])[];
}

function flood({ width, height, data }: Heat, start: number, seen: Uint8Array): Area {
  const rows = new Map<number, [number, number]>();
  const open = [start];
  seen[start] = 1;
  let sum = 0;
  let count = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    sum += data[at] ?? 0;
    count += 1;
    const row = rows.get(y);
    if (!row) rows.set(y, [x, x]);
    else if (x < row[0]) row[0] = x;
    else if (x > row[1]) row[1] = x;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const nx = x + dx;
        const ny = y + dy;
        if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
        const next = ny * width + nx;
        if (seen[next] || (data[next] ?? 0) <= likely) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
  }
  const edge = [...rows].flatMap(([y, [left, right]]): [number, number][] => [
    [left, y],
    [right + 1, y],
    [left, y + 1],
    [right + 1, y + 1],
  ]);
  return { mean: sum / count, edge };
}

type Point = readonly [number, number];

function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length >= 2 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** One side of the smallest rectangle lies on a side of the hull. */
function smallestBox(points: readonly Point[]): Box {
  let best: Box = { x: 0, y: 0, width: 0, height: 0, angle: 0 };
  let least = Number.POSITIVE_INFINITY;
  for (const [i, from] of points.entries()) {
    const to = points[(i + 1) % points.length]!;
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const box = boxAlong(points, angle);
    if (box.width * box.height >= least) continue;
    least = box.width * box.height;
    best = box;
  }
  return best;
}

function boxAlong(points: readonly Point[], angle: number): Box {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of points) {
    const along = x * cos + y * sin;
    const across = y * cos - x * sin;
    left = Math.min(left, along);
    right = Math.max(right, along);
    top = Math.min(top, across);
    bottom = Math.max(bottom, across);
  }
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return { x: u * cos - v * sin, y: u * sin + v * cos, width: right - left, height: bottom - top, angle };
}

/** The detector is trained on shrunken areas. */
function grown(box: Box): Box {
  const { width, height } = box;
  const by = (2 * width * height * growth) / (2 * (width + height));
  return { ...box, width: width + by, height: height + by };
}

/** The same rectangle, named by another of its four sides: the one whose direction is nearest to `direction`. */
export function facing(box: Box, direction: number): Box {
  const quarter = Math.PI / 2;
  const turns = Math.round((direction - box.angle) / quarter);
  const swapped = turns % 2 !== 0;
  return {
    ...box,
    angle: box.angle + turns * quarter,
    width: swapped ? box.height : box.width,
    height: swapped ? box.width : box.height,
  };
}

/** The direction of most text, up to a half turn: the middle one of the long boxes, weighed by length. 0 without any. */
export function directionOf(boxes: readonly Box[]): number {
  const long = boxes
    .map((box) => (box.width >= box.height ? box : facing(box, box.angle + Math.PI / 2)))
    .filter(({ width, height }) => width > 2 * height);
  if (long.length === 0) return 0;
  // Lines have no sense of direction: doubled angles make opposite ones equal.
  const [x, y] = long.reduce(
    ([a, b], { angle, width }) => [a + width * Math.cos(2 * angle), b + width * Math.sin(2 * angle)],
    [0, 0],
  );
  const mean = Math.atan2(y, x) / 2;
  const off = long.map(({ angle, width }) => ({ by: nearZero(angle - mean), width })).sort((a, b) => a.by - b.by);
  const half = off.reduce((sum, { width }) => sum + width, 0) / 2;
  let sum = 0;
  for (const { by, width } of off) {
    sum += width;
    if (sum >= half) return mean + by;
  }
  return mean;
}

/** An angle between lines, -90 to 90 degrees. */
function nearZero(angle: number): number {
  return angle - Math.PI * Math.round(angle / Math.PI);
}
