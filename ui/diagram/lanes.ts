import type { Columns } from './columns.ts';
import { labelOf, labelWidth, type Plan } from './plan.ts';
import type { Ports } from './ports.ts';

export interface Lanes {
  /** `<index of the plan> <0 or 1>` -> lane of its channel, from the top. */
  readonly lane: ReadonlyMap<string, number>;
  /** Channel -> how many lanes it has. */
  readonly count: ReadonlyMap<number, number>;
  /** Index of a plan -> its slot between two columns. */
  readonly slot: ReadonlyMap<number, number>;
}

/** Which lane of its channel each stretch of a link runs in, and which slot between the columns: none crosses a label. */
export function lanesOf(plans: readonly Plan[], ports: readonly Ports[], xs: Columns): Lanes {
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
    const label = labelOf(plan.link) ? labelWidth(plan.link) + 12 : 0;
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
