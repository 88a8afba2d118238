import type { Lanes } from './lanes.ts';
import { type Plan, sideOf } from './plan.ts';
import type { Ports } from './ports.ts';
import type { Point } from './wire-path.ts';

type Lines = readonly (readonly Point[])[];

/** Lines in a picture beyond which every pair is not tried any more: it would be felt. */
const most = 60;
const rounds = 3;

/**
 * Where lines leave and enter, changed as long as fewer of them cross: two that leave the same side of a box change places
 * wherever that helps. Pure and without chance, so that the same definition gives the same picture.
 */
export function untangled(
  plans: readonly Plan[],
  given: readonly Ports[],
  lanesOf: (ports: readonly Ports[]) => Lanes,
  route: (ports: readonly Ports[], lanes: Lanes) => { readonly lines: Lines },
): { readonly ports: readonly Ports[]; readonly lanes: Lanes } {
  let ports = given;
  let lanes = lanesOf(ports);
  if (plans.length > most) return { ports, lanes };
  let cost = costOf(route(ports, lanes).lines);
  for (let round = 0; round < rounds && cost >= 1; round += 1) {
    const before = cost;
    for (const [one, other] of neighboursOf(plans, ports)) {
      const moved = swapped(ports, one, other);
      const next = lanesOf(moved);
      const found = costOf(route(moved, next).lines);
      if (found >= cost) continue;
      ports = moved;
      lanes = next;
      cost = found;
    }
    let lines = route(ports, lanes).lines;
    for (const [one, other] of channelPairs(plans, lanes)) {
      const [a, b] = [lanes.lane.get(one), lanes.lane.get(other)];
      if (a === undefined || b === undefined || a === b) continue;
      const next = { ...lanes, lane: new Map([...lanes.lane, [one, b], [other, a]]) };
      const moved = route(ports, next).lines;
      // Only two lines have moved: the others cross each other as they did.
      const both = [Number.parseInt(one, 10), Number.parseInt(other, 10)];
      const found = cost + crossingsOf(moved, both) - crossingsOf(lines, both);
      if (found >= cost || overlaps(moved)) continue;
      lanes = next;
      lines = moved;
      cost = found;
    }
    if (cost === before) break;
  }
  return { ports, lanes };
}

interface End {
  readonly plan: number;
  readonly end: 'start' | 'end';
}

/** Ends that lie beside each other on the same side of the same box. */
function neighboursOf(plans: readonly Plan[], ports: readonly Ports[]): readonly (readonly [End, End])[] {
  const sides = new Map<string, End[]>();
  plans.forEach((plan, index) => {
    if (plan.straight) return;
    for (const end of ['start', 'end'] as const) {
      const key = `${(end === 'start' ? plan.from : plan.to).id} ${sideOf(plan, end)}`;
      sides.set(key, [...(sides.get(key) ?? []), { plan: index, end }]);
    }
  });
  const at = ({ plan, end }: End) => ports[plan]?.[end] ?? 0;
  return [...sides.values()].flatMap((ends) => {
    const sorted = [...ends].sort((a, b) => at(a) - at(b));
    return sorted.slice(1).map((other, index) => [sorted[index] ?? other, other] as const);
  });
}

function swapped(ports: readonly Ports[], one: End, other: End): readonly Ports[] {
  const next = ports.map((port) => ({ ...port }));
  const [a, b] = [next[one.plan], next[other.plan]];
  if (a === undefined || b === undefined) return ports;
  const kept = a[one.end];
  a[one.end] = b[other.end];
  b[other.end] = kept;
  return next;
}

/** Stretches that run in the same channel, two by two. */
function channelPairs(plans: readonly Plan[], { lane }: Lanes): readonly (readonly [string, string])[] {
  const channels = new Map<number, string[]>();
  for (const key of lane.keys()) {
    const [index = 0, part] = key.split(' ').map(Number);
    const channel = (part === 0 ? plans[index]?.channels[0] : plans[index]?.channels.at(-1)) ?? 0;
    channels.set(channel, [...(channels.get(channel) ?? []), key]);
  }
  return [...channels.values()].flatMap((keys) =>
    keys.flatMap((one, index) => keys.slice(index + 1).map((other) => [one, other] as const)),
  );
}

/** Crossings of some lines with the others and with each other. */
function crossingsOf(lines: Lines, some: readonly number[]): number {
  const { level, upright } = stretchesOf(lines);
  let count = 0;
  for (const h of level)
    for (const v of upright) if ((some.includes(h.line) || some.includes(v.line)) && meet(h, v)) count += 1;
  return count;
}

function meet(h: Stretch, v: Stretch): boolean {
  return h.line !== v.line && h.from < v.at && v.at < h.to && v.from < h.at && h.at < v.to;
}

/** Crossings, and a little for every corner. */
function costOf(lines: Lines): number {
  const { level, upright } = stretchesOf(lines);
  let cost = 0;
  for (const h of level) for (const v of upright) if (meet(h, v)) cost += 1;
  return cost + lines.reduce((sum, points) => sum + points.length * 0.001, 0);
}

interface Stretch {
  readonly line: number;
  /** Its y when it is level, its x when it is upright. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

function stretchesOf(lines: Lines): { readonly level: readonly Stretch[]; readonly upright: readonly Stretch[] } {
  const [level, upright]: [Stretch[], Stretch[]] = [[], []];
  lines.forEach((points, line) => {
    points.slice(1).forEach((b, index) => {
      const a = points[index];
      if (a === undefined) return;
      if (a.y === b.y) level.push({ line, at: a.y, from: Math.min(a.x, b.x), to: Math.max(a.x, b.x) });
      else upright.push({ line, at: a.x, from: Math.min(a.y, b.y), to: Math.max(a.y, b.y) });
    });
  });
  return { level, upright };
}

/** Two lines on each other could not be told apart. */
function overlaps(lines: Lines): boolean {
  const { level, upright } = stretchesOf(lines);
  const clash = (all: readonly Stretch[], near: number) =>
    all.some((one, index) =>
      all
        .slice(index + 1)
        .some(
          (other) =>
            one.line !== other.line && Math.abs(one.at - other.at) < near && one.from < other.to && other.from < one.to,
        ),
    );
  return clash(level, 12) || clash(upright, 4);
}
