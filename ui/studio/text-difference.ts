/** A stretch of a text, and on which side it stands. */
export interface Stretch {
  readonly text: string;
  readonly side: 'both' | 'before' | 'after';
}

/** Beyond so many pairs of words it takes too long: the whole is another. */
const most = 400_000;

/** What stays of a text and what does not, word by word: a Han character is a word. */
export function textDifference(before: string, after: string): readonly Stretch[] {
  const [one, two] = [wordsOf(before), wordsOf(after)];
  if (one.length * two.length > most) return tidy([stretch(before, 'before'), stretch(after, 'after')]);
  // Length of the longest common way from each pair of places on.
  const common = Array.from({ length: one.length + 1 }, () => new Uint32Array(two.length + 1));
  const at = (a: number, b: number): number => common[a]?.[b] ?? 0;
  for (let a = one.length - 1; a >= 0; a -= 1)
    for (let b = two.length - 1; b >= 0; b -= 1) {
      const row = common[a];
      if (row !== undefined) row[b] = one[a] === two[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  const found: Stretch[] = [];
  let [a, b] = [0, 0];
  while (a < one.length || b < two.length) {
    if (a < one.length && b < two.length && one[a] === two[b]) {
      found.push(stretch(one[a] ?? '', 'both'));
      a += 1;
      b += 1;
    } else if (b >= two.length || (a < one.length && at(a + 1, b) >= at(a, b + 1))) {
      found.push(stretch(one[a] ?? '', 'before'));
      a += 1;
    } else {
      found.push(stretch(two[b] ?? '', 'after'));
      b += 1;
    }
  }
  return tidy(found);
}

const stretch = (text: string, side: Stretch['side']): Stretch => ({ text, side });

function wordsOf(text: string): readonly string[] {
  return text.match(/[A-Za-z0-9]+|\s+|[^A-Za-z0-9\s]/gu) ?? [];
}

/** Neighbours of the same side in one. */
function tidy(stretches: readonly Stretch[]): readonly Stretch[] {
  const out: Stretch[] = [];
  for (const { text, side } of stretches) {
    const last = out.at(-1);
    if (text === '') continue;
    if (last?.side === side) out[out.length - 1] = stretch(last.text + text, side);
    else out.push(stretch(text, side));
  }
  return out;
}
