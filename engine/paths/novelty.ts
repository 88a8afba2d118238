import { isWithin } from '../compose/addresses.ts';
import type { Shape } from './shape.ts';

/**
 * Tells whether a case shows something that no case before it did: a word, or two words together. What is counted goes
 * together only with the states around which it makes a difference.
 */
export class Novelty {
  /** Counts that are looked at everywhere. */
  readonly everywhere = new Set<string>();
  private readonly ids = new Map<string, number>();
  private readonly pairs = new Set<number>();

  isNew(shape: Shape): boolean {
    const words = [...shape.at.map((leaf) => `at ${leaf}`), ...shape.holds].map((word) => this.idOf(word));
    let found = false;
    const see = (one: number, two: number) => {
      const pair = Math.min(one, two) * 0x10000 + Math.max(one, two);
      if (this.pairs.has(pair)) return;
      this.pairs.add(pair);
      found = true;
    };
    words.forEach((one, index) => {
      for (const two of words.slice(index)) see(one, two);
    });
    const counts = shape.counts.map(({ name, word, around }) => ({
      id: this.idOf(word),
      around: this.everywhere.has(name) ? '' : around,
    }));
    counts.forEach(({ id, around }, index) => {
      see(id, id);
      shape.at.forEach((leaf, place) => {
        if (isWithin(leaf, around)) see(id, words[place] as number);
      });
      for (const other of counts.slice(index + 1))
        if (isWithin(other.around, around) || isWithin(around, other.around)) see(id, other.id);
    });
    return found;
  }

  private idOf(word: string): number {
    const known = this.ids.get(word) ?? this.ids.size;
    this.ids.set(word, known);
    return known;
  }
}
