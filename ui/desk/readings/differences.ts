/** A stretch of a text that another one has too, or has not. */
export interface Stretch {
  readonly text: string;
  readonly differs: boolean;
}

/** Longer texts are not compared sign by sign: the table grows with their product. */
const MOST = 200;

/**
 * What of `read` is not in `typed`, sign by sign, by the longest common subsequence. Where nothing is left over (`typed` has more),
 * nothing differs in it.
 */
export function differences(read: string, typed: string): readonly Stretch[] {
  const [a, b] = [[...read], [...typed]];
  if (a.length > MOST || b.length > MOST) return [{ text: read, differs: read !== typed }];
  // lengths[i][j]: of the longest common subsequence of what comes from i and from j on.
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      (lengths[i] as Uint16Array)[j] = same(a[i], b[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const found: { text: string; differs: boolean }[] = [];
  const put = (sign: string, differs: boolean): void => {
    const last = found.at(-1);
    if (last?.differs === differs) last.text += sign;
    else found.push({ text: sign, differs });
  };
  let j = 0;
  for (let i = 0; i < a.length; i += 1) {
    while (j < b.length && !same(a[i], b[j]) && at(i, j + 1) > at(i + 1, j)) j += 1;
    if (j < b.length && same(a[i], b[j])) {
      put(a[i] ?? '', false);
      j += 1;
    } else put(a[i] ?? '', (a[i] ?? '').trim() !== '');
  }
  return found;
}

/** Width and case of letters make no difference. */
function same(one: string | undefined, other: string | undefined): boolean {
  return one?.normalize('NFKC').toUpperCase() === other?.normalize('NFKC').toUpperCase();
}
