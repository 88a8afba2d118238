import type { Configuration } from './configurations.ts';
import type { Course } from './courses.ts';
import type { Situation, Space } from './space.ts';

/**
 * The states that were found, each once, by a table of hashes over their numbers: most steps lead to a state that is
 * known, and are to cost nothing but looking it up.
 */
export class Situations {
  readonly situations: Situation[] = [];
  private readonly space: Space;
  /** Places in `situations`, each at or after the place that its hash says; -1: free. Twice as many as needed, at least. */
  private table = new Int32Array(1024).fill(-1);
  /** The variables of the state that is looked up. */
  private readonly values: number[];

  constructor(space: Space) {
    this.space = space;
    this.values = space.slots.map(() => 0);
  }

  /** The place of the state after a course, found now or before; -1 when it leads nowhere. */
  after(before: readonly number[], course: Course): number {
    const { into } = course;
    if (into === null) return -1;
    const { values } = this;
    for (let slot = 0; slot < values.length; slot++) values[slot] = before[slot] as number;
    this.space.arrive(values, course);
    return this.placeOf(into, values);
  }

  private placeOf(configuration: Configuration, values: readonly number[]): number {
    const { table, situations } = this;
    const last = table.length - 1;
    let at = hashOf(configuration, values) & last;
    for (let place = table[at] as number; place >= 0; place = table[at] as number) {
      if (isAt(situations[place] as Situation, configuration, values)) return place;
      at = (at + 1) & last;
    }
    const place = situations.length;
    table[at] = place;
    situations.push({ configuration, values: values.slice() });
    if (situations.length * 2 > table.length) this.grow();
    return place;
  }

  private grow(): void {
    const table = new Int32Array(this.table.length * 4).fill(-1);
    const last = table.length - 1;
    for (const [place, { configuration, values }] of this.situations.entries()) {
      let at = hashOf(configuration, values) & last;
      while (table[at] !== -1) at = (at + 1) & last;
      table[at] = place;
    }
    this.table = table;
  }
}

function isAt(known: Situation, configuration: Configuration, values: readonly number[]): boolean {
  if (known.configuration !== configuration) return false;
  for (let slot = 0; slot < values.length; slot++) if (known.values[slot] !== values[slot]) return false;
  return true;
}

/** FNV-1a over the numbers of a state, with the high bits folded into the low ones. */
function hashOf({ id }: Configuration, values: readonly number[]): number {
  let hash = Math.imul(0x811c9dc5 ^ id, 0x01000193);
  for (let slot = 0; slot < values.length; slot++) hash = Math.imul(hash ^ (values[slot] as number), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
