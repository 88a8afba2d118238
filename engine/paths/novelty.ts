import { isWithin } from '../compose/addresses.ts';
import type { Definition } from '../model/definition.ts';
import { Relevance } from './relevance.ts';
import type { Shape } from './shape.ts';

/** A word of a case's shape: an active leaf, or a name with its value. */
interface Word {
  readonly id: number;
  readonly leaf: string | null;
  readonly name: string;
}

/**
 * Tells whether a case shows something that no case before it did: a word, or two words together. What is counted goes
 * together only with the states around which it makes a difference.
 */
export class Novelty {
  /** All words are looked at together, not only those that some step looks at together. */
  all = false;
  private readonly relevance: Relevance;
  /** Counts that are looked at everywhere. */
  readonly everywhere = new Set<string>();
  private readonly ids = new Map<string, Map<string, number>>();
  private count = 0;
  private readonly words = new WeakMap<Shape, readonly Word[]>();
  private readonly known = new WeakMap<Shape, ReadonlySet<number>>();
  /** Pairs of words that some case showed. */
  private readonly pairs = new Set<number>();
  /** Pair -> whether some step looks at both. */
  private readonly worth = new Map<number, boolean>();

  constructor(definition: Definition) {
    this.relevance = new Relevance(definition);
  }

  /** Notes what the case shows. @returns whether something of it was new */
  isNew(shape: Shape): boolean {
    const found = this.newPairs(shape, null, false);
    for (const pair of found) this.pairs.add(pair);
    return found.length > 0;
  }

  /** Whether a case would show something new. `since`: a case that was noted; only what is another in it is looked at. */
  wouldBeNew(shape: Shape, since: Shape): boolean {
    return this.newPairs(shape, since, true).length > 0;
  }

  /**
   * What no case showed yet of the words that are not in `since`, each alone and with every other word.
   * @param one the first is enough
   */
  private newPairs(shape: Shape, since: Shape | null, one: boolean): readonly number[] {
    const found: number[] = [];
    this.addWords(found, shape, since, one);
    if (!one || found.length === 0) this.addCounts(found, shape, since, one);
    return found;
  }

  private addWords(found: number[], shape: Shape, since: Shape | null, first: boolean): void {
    const words = this.wordsOf(shape);
    const known = since === null ? none : this.knownOf(since);
    for (let left = 0; left < words.length; left++) {
      const one = words[left] as Word;
      if (known.has(one.id)) continue;
      for (let right = 0; right < words.length; right++) {
        const two = words[right] as Word;
        const pair = pairOf(one.id, two.id);
        if (this.pairs.has(pair) || !this.isWorth(one, two, pair)) continue;
        found.push(pair);
        if (first) return;
      }
    }
  }

  private addCounts(found: number[], shape: Shape, since: Shape | null, first: boolean): void {
    const counts = this.countsOf(shape);
    const known = since === null ? none : this.knownOf(since);
    const knownCounts = new Set(since === null ? [] : this.countsOf(since).map(({ id }) => id));
    const add = (one: number, two: number) => {
      const pair = pairOf(one, two);
      if (!this.pairs.has(pair)) found.push(pair);
    };
    const leaves = shape.at.map((leaf) => ({ leaf, id: this.idOf('at', leaf) }));
    for (let index = 0; index < counts.length; index++) {
      if (first && found.length > 0) return;
      const { id, around } = counts[index] as (typeof counts)[number];
      if (!knownCounts.has(id)) add(id, id);
      for (const { leaf, id: place } of leaves) {
        if (knownCounts.has(id) && known.has(place)) continue;
        if (isWithin(leaf, around)) add(id, place);
      }
      for (let next = index + 1; next < counts.length; next++) {
        const other = counts[next] as (typeof counts)[number];
        if (knownCounts.has(id) && knownCounts.has(other.id)) continue;
        if (isWithin(other.around, around) || isWithin(around, other.around)) add(id, other.id);
      }
    }
  }

  private knownOf(shape: Shape): ReadonlySet<number> {
    let known = this.known.get(shape);
    if (known === undefined) {
      known = new Set(this.wordsOf(shape).map(({ id }) => id));
      this.known.set(shape, known);
    }
    return known;
  }

  private wordsOf(shape: Shape): readonly Word[] {
    let words = this.words.get(shape);
    if (words === undefined) {
      words = this.wordsIn(shape);
      this.words.set(shape, words);
    }
    return words;
  }

  private wordsIn(shape: Shape): readonly Word[] {
    const words = shape.at.map((leaf): Word => ({ id: this.idOf('at', leaf), leaf, name: '' }));
    for (const [name, value] of shape.holds) words.push({ id: this.idOf(name, value), leaf: null, name });
    return words;
  }

  private isWorth(one: Word, two: Word, pair: number): boolean {
    if (this.all || one.id === two.id) return true;
    const known = this.worth.get(pair);
    if (known !== undefined) return known;
    const worth = this.areRelevant(one, two);
    this.worth.set(pair, worth);
    return worth;
  }

  private areRelevant(one: Word, two: Word): boolean {
    if (one.leaf !== null && two.leaf !== null) return this.relevance.ofLeaves(one.leaf, two.leaf);
    if (one.leaf !== null) return this.relevance.ofLeaf(one.leaf, two.name);
    if (two.leaf !== null) return this.relevance.ofLeaf(two.leaf, one.name);
    return this.relevance.ofNames(one.name, two.name);
  }

  private countsOf(shape: Shape): readonly { readonly id: number; readonly around: string }[] {
    return shape.counts.map(({ name, count, around }) => ({
      id: this.idOf(`count ${name}`, count),
      around: this.everywhere.has(name) ? '' : around,
    }));
  }

  private idOf(name: string, value: string): number {
    const values = this.ids.get(name) ?? new Map<string, number>();
    this.ids.set(name, values);
    const known = values.get(value);
    if (known !== undefined) return known;
    this.count += 1;
    values.set(value, this.count);
    return this.count;
  }
}

const none: ReadonlySet<number> = new Set();

function pairOf(one: number, two: number): number {
  return Math.min(one, two) * 0x10000 + Math.max(one, two);
}
