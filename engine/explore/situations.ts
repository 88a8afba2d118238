import type { Configuration } from './configurations.ts';
import type { Course } from './courses.ts';
import type { Packing } from './packing.ts';
import type { Situation, Space } from './space.ts';

/** Changed from state to state: a look at one without an object of its own. */
interface Look {
  configuration: Configuration;
  readonly values: number[];
}

/**
 * The states that were found, each once, by a table of hashes over their words: most steps lead to a state that is
 * known, and are to cost nothing but looking it up.
 */
export class Situations {
  readonly situations: Situation[] = [];
  private readonly space: Space;
  private readonly packing: Packing;
  /** The words of all states, one after the other. */
  private words: Int32Array;
  /** Places in `situations`, each at or after the place that its hash says; -1: free. Twice as many as needed, at least. */
  private table = new Int32Array(1024).fill(-1);
  /** The words of the state that is looked up. */
  private readonly next: Int32Array;
  private readonly look: Look;

  constructor(space: Space) {
    this.space = space;
    this.packing = space.packing;
    this.words = new Int32Array(512 * this.packing.size);
    this.next = new Int32Array(this.packing.size);
    this.look = { configuration: space.configurations.nothing, values: space.slots.map(() => 0) };
  }

  /** A state that was found; what is given holds until the next one is looked at. */
  at(place: number): Situation {
    this.look.configuration = (this.situations[place] as Situation).configuration;
    this.packing.unpack(this.words, place * this.packing.size, this.look.values);
    return this.look;
  }

  /** The place of the state after a course, found now or before; -1 when it leads nowhere. @param before -1: no state */
  after(before: number, { into, change }: Course): number {
    if (into === null || change === null) return -1;
    const { next, words } = this;
    const { keep, set } = change;
    const start = before * next.length;
    for (let word = 0; word < next.length; word++) {
      const was = before < 0 ? 0 : (words[start + word] as number);
      next[word] = (was & (keep[word] as number)) | (set[word] as number);
    }
    this.space.forgetLeft(into, next);
    return this.placeOf(into);
  }

  valuesAt(place: number): number[] {
    const values: number[] = [];
    this.packing.unpack(this.words, place * this.packing.size, values);
    return values;
  }

  private placeOf(configuration: Configuration): number {
    const { table, situations, next } = this;
    const last = table.length - 1;
    let at = hashOf(configuration.id, next, 0, next.length) & last;
    for (let place = table[at] as number; place >= 0; place = table[at] as number) {
      if ((situations[place] as Situation).configuration === configuration && this.isAt(place)) return place;
      at = (at + 1) & last;
    }
    const place = situations.length;
    table[at] = place;
    situations.push(new Found(configuration, this, place));
    if ((place + 1) * next.length > this.words.length) {
      const words = new Int32Array(this.words.length * 4);
      words.set(this.words);
      this.words = words;
    }
    this.words.set(next, place * next.length);
    if (situations.length * 2 > table.length) this.grow();
    return place;
  }

  private isAt(place: number): boolean {
    const { next, words } = this;
    const start = place * next.length;
    for (let word = 0; word < next.length; word++) if (words[start + word] !== next[word]) return false;
    return true;
  }

  private grow(): void {
    const { length } = this.next;
    const table = new Int32Array(this.table.length * 4).fill(-1);
    const last = table.length - 1;
    for (let place = 0; place < this.situations.length; place++) {
      const { configuration } = this.situations[place] as Situation;
      let at = hashOf(configuration.id, this.words, place * length, length) & last;
      while (table[at] !== -1) at = (at + 1) & last;
      table[at] = place;
    }
    this.table = table;
  }
}

class Found implements Situation {
  readonly configuration: Configuration;
  private readonly known: Situations;
  private readonly place: number;

  constructor(configuration: Configuration, known: Situations, place: number) {
    this.configuration = configuration;
    this.known = known;
    this.place = place;
  }

  get values(): readonly number[] {
    return this.known.valuesAt(this.place);
  }
}

/** FNV-1a over the words of a state, with the high bits folded into the low ones. */
function hashOf(configuration: number, words: Int32Array, start: number, length: number): number {
  let hash = Math.imul(0x811c9dc5 ^ configuration, 0x01000193);
  for (let at = start; at < start + length; at++) {
    const word = words[at] as number;
    // Each word has many variables: its high bits have to count as much as its low ones.
    hash = Math.imul(hash ^ word ^ (word >>> 15), 0x01000193);
    hash ^= hash >>> 13;
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
