import type { Cell } from './place.ts';
import { type Plan, type Side, sideOf } from './plan.ts';

export interface Ports {
  readonly start: number;
  readonly end: number;
}

/** Where each line leaves and enters: spread over the side of the box in the order of where the lines go. */
export function portsOf(plans: readonly Plan[], centre: (cell: Cell) => number): readonly Ports[] {
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
