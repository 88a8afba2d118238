import { pinyin } from 'pinyin-pro';

/** The ways in which a name can be typed. */
export interface Searchable {
  readonly name: string;
  /** First letters of the syllables, lower case: `zggsyh`. */
  readonly initials: string;
  /** Whole syllables, lower case, nothing between: `zhongguogongshangyinhang`. */
  readonly syllables: string;
  /** Short names people use, lower case. */
  readonly aliases: readonly string[];
}

export function searchable(name: string, aliases: readonly string[] = []): Searchable {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).map((s) => s.toLowerCase());
  return { name, initials: syllables.map((s) => s[0] ?? '').join(''), syllables: syllables.join(''), aliases };
}

/** Two searchables as one name, without asking for the pinyin again. */
export function joined(a: Searchable, b: Searchable): Searchable {
  return {
    name: a.name + b.name,
    initials: a.initials + b.initials,
    syllables: a.syllables + b.syllables,
    aliases: a.aliases,
  };
}

/** The words of a query: `gsyh 南山`, `工商南山` is one word. At most 6, so that a long query costs little. */
export function wordsOf(query: string): string[] {
  return query
    .normalize('NFKC')
    .toLowerCase()
    .slice(0, 60)
    .split(/[\s,，·]+/)
    .filter((word) => word !== '')
    .slice(0, 6);
}

/** 0 = does not match; more = better. Every word has to be found somewhere. */
export function score(entry: Searchable, words: readonly string[]): number {
  let total = 0;
  for (const word of words) {
    const one = scoreWord(entry, word);
    if (one === 0) return 0;
    total += one;
  }
  return total;
}

function scoreWord(entry: Searchable, word: string): number {
  if (entry.name.startsWith(word)) return 8;
  if (entry.aliases.some((alias) => alias.startsWith(word))) return 7;
  if (entry.name.includes(word)) return 6;
  if (entry.initials.startsWith(word)) return 5;
  if (/^[a-z]+$/.test(word)) {
    if (entry.initials.includes(word)) return 4;
    if (entry.syllables.includes(word)) return word.length > 2 ? 3 : 1;
    return 0;
  }
  return inOrder(entry.name, word) ? 2 : 0;
}

/** 工商南山 finds 中国工商银行…南山支行: all characters, in their order. */
function inOrder(name: string, word: string): boolean {
  let at = 0;
  for (const character of word) {
    at = name.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
