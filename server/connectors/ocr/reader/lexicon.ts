import { areaList } from '@vant/area-data';
import type { Glyph } from './layout.ts';
import { changed } from './mend.ts';
import addressWords from './words/address-words.json' with { type: 'json' };
import companyWords from './words/company-words.json' with { type: 'json' };

/** Words by length. */
export type Lexicon = ReadonlyMap<number, ReadonlySet<string>>;

/** Below, a sign is doubtful; an alternative to it has to be this likely. */
const doubtful = 0.9;
const possible = 0.02;
/** Below, even what the recogniser did not think of may stand there. */
const lost = 0.6;

const regions = [areaList.province_list, areaList.city_list, areaList.county_list].flatMap(Object.values<string>);

/** Words of a company's name, and of an address: of the trade, of roads and houses, the administrative divisions of China. */
export const ofCompanies = lexicon([...companyWords.words, ...regions, ...regions.map(short)]);
export const ofPlaces = lexicon([...addressWords.words, ...regions]);

/**
 * Each doubtful sign that makes no word becomes the likeliest alternative that makes one with the signs around it. Also a word: what is
 * read elsewhere on the picture (a company's name repeats the place of its address).
 */
export function wordsIn(glyphs: readonly Glyph[], known: Lexicon, elsewhere: Lexicon): readonly Glyph[] {
  const result = [...glyphs];
  for (const [at, glyph] of glyphs.entries()) {
    if (glyph.score >= doubtful || makesWord(result, at, glyph.sign, known)) continue;
    const others = glyph.others.filter(({ sign, score }) => score >= possible && sign !== glyph.sign);
    const other =
      others.find(({ sign }) => makesWord(result, at, sign, known)) ??
      (makesWord(result, at, glyph.sign, elsewhere)
        ? undefined
        : others.find(({ sign }) => makesWord(result, at, sign, elsewhere))) ??
      (glyph.score < lost ? completed(result, at, known) : undefined);
    if (other) result[at] = changed(glyph, other);
  }
  return result;
}

/** The sign that makes a long word of those around it. */
function completed(glyphs: readonly Glyph[], at: number, known: Lexicon) {
  for (const [length, words] of known) {
    if (length < 4) continue;
    for (let from = Math.max(0, at - length + 1); from <= at && from + length <= glyphs.length; from++) {
      const signs = glyphs.slice(from, from + length).map(({ sign }) => sign);
      const hole = at - from;
      for (const word of words) {
        if (signs.every((sign, i) => i === hole || sign === word[i])) return { sign: word[hole]!, score: 0.3 };
      }
    }
  }
  return undefined;
}

/** What a picture says elsewhere: three signs in a row of which the recogniser is sure, and the place that they name (临江市: 临江). */
export function threesOf(rows: readonly { readonly glyphs: readonly Glyph[] }[]): Lexicon {
  const threes = new Set<string>();
  const places = new Set<string>();
  for (const { glyphs } of rows) {
    for (let at = 0; at + 3 <= glyphs.length; at++) {
      const three = glyphs.slice(at, at + 3);
      if (!three.every(({ sign, score }) => score >= doubtful && /^[\u3400-\u9fff]$/.test(sign))) continue;
      const word = three.map(({ sign }) => sign).join('');
      threes.add(word);
      if (/[省市县]$/.test(word)) places.add(word.slice(0, 2));
    }
  }
  return new Map([
    [2, places],
    [3, threes],
  ]);
}

function makesWord(glyphs: readonly Glyph[], at: number, sign: string, known: Lexicon): boolean {
  for (const [length, words] of known) {
    for (let from = Math.max(0, at - length + 1); from <= at && from + length <= glyphs.length; from++) {
      let word = '';
      for (let i = from; i < from + length; i++) word += i === at ? sign : glyphs[i]!.sign;
      if (words.has(word)) return true;
    }
  }
  return false;
}

function lexicon(words: readonly string[]): Lexicon {
  const result = new Map<number, Set<string>>();
  for (const word of words) {
    const length = [...word].length;
    if (length < 2) continue;
    const same = result.get(length) ?? new Set();
    result.set(length, same.add(word));
  }
  return result;
}

/** 深圳市 is 深圳 in a company's name. */
function short(region: string): string {
  return region.length > 2 ? region.replace(/(省|市|区|县)$/, '') : region;
}
