export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Without points that lie on the line between their neighbours. */
export function tidy(points: readonly Point[]): readonly Point[] {
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
