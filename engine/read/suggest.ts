/** The known word nearest to a misspelt one, or undefined when none is near enough to be worth proposing. */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let distance = Math.max(1, Math.floor(word.length / 3)) + 1;
  const lower = word.toLowerCase();
  for (const candidate of known) {
    if (candidate.toLowerCase() === lower && candidate !== word) return candidate;
    if (Math.abs(candidate.length - word.length) >= distance) continue;
    const found = editDistance(lower, candidate.toLowerCase(), distance);
    if (found < distance) {
      best = candidate;
      distance = found;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours; anything from `bound` on is answered as `bound`. */
export function editDistance(a: string, b: string, bound = Number.POSITIVE_INFINITY): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, before[j - 2]! + 1);
      row.push(value);
      least = Math.min(least, value);
    }
    if (least >= bound) return bound;
    before = last;
    last = row;
  }
  return last[b.length]!;
}
