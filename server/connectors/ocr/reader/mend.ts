import type { Glyph } from './layout.ts';

/**
 * What a doubtful reading is taken for where it is known what may stand there. A sign of which the recogniser is sure is never
 * changed, and what was changed keeps a low score, so that it is shown as doubtful.
 */

/** From here on the recogniser is sure. */
const sure = 0.9;
/** What a change costs: -log of a chance. */
const unheard = 4.5;
const lost = 4;
const tooMuch = 3;
const forbidden = 40;

/** The word of the list that most likely stands there; null when none is near. */
export function nearest(glyphs: readonly Glyph[], words: readonly string[]): readonly Glyph[] | null {
  let best: readonly Glyph[] | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const word of words) {
    const signs = [...word];
    if (Math.abs(signs.length - glyphs.length) > 2) continue;
    const { cost, as } = align(glyphs, signs);
    if (cost >= least || cost > 2.5 + 0.5 * signs.length) continue;
    least = cost;
    best = as;
  }
  return best;
}

/** Each doubtful sign that may not stand there becomes the likeliest one that may. @param kin what is often taken for what */
export function among(
  glyphs: readonly Glyph[],
  allowed: ReadonlySet<string>,
  kin: { readonly [sign: string]: string } = {},
): readonly Glyph[] {
  return glyphs.map((glyph) => {
    if (allowed.has(glyph.sign) || glyph.score >= 0.98) return glyph;
    const other = glyph.others.find(({ sign }) => allowed.has(sign)) ?? alike(kin[glyph.sign]);
    return other ? changed(glyph, other) : glyph;
  });
}

function alike(sign: string | undefined) {
  return sign === undefined ? undefined : { sign, score: 0.3 };
}

export function changed(glyph: Glyph, to: { readonly sign: string; readonly score: number }): Glyph {
  return { ...glyph, sign: to.sign, score: Math.min(to.score, 0.85) };
}

/** The cheapest way from what was read to a word: signs changed, put in, left out. */
function align(glyphs: readonly Glyph[], word: readonly string[]): { cost: number; as: readonly Glyph[] } {
  const last = glyphs.at(-1);
  let row: { cost: number; as: readonly Glyph[] }[] = [];
  for (let i = 0; i <= glyphs.length; i++) {
    const next: typeof row = [];
    const glyph = glyphs[i - 1];
    for (let j = 0; j <= word.length; j++) {
      const sign = word[j - 1];
      const ways: { cost: number; as: readonly Glyph[] }[] = i === 0 && j === 0 ? [{ cost: 0, as: [] }] : [];
      const [across, above, aside] = [row[j - 1], row[j], next[j - 1]];
      if (glyph && sign !== undefined && across) {
        const { cost, as } = read(glyph, sign);
        ways.push({ cost: across.cost + cost, as: [...across.as, as] });
      }
      if (glyph && above) ways.push({ cost: above.cost + (glyph.score >= sure ? forbidden : tooMuch), as: above.as });
      if (sign !== undefined && aside && last)
        ways.push({ cost: aside.cost + lost, as: [...aside.as, { ...(glyph ?? last), sign, score: 0.3, others: [] }] });
      next.push(ways.reduce((a, b) => (b.cost < a.cost ? b : a), { cost: Number.POSITIVE_INFINITY, as: [] }));
    }
    row = next;
  }
  return row[word.length]!;
}

/** How unlikely it is that the sign stands there. */
function read(glyph: Glyph, sign: string): { readonly cost: number; readonly as: Glyph } {
  if (glyph.sign === sign) return { cost: 0, as: glyph };
  const other = glyph.others.find((one) => one.sign === sign);
  if (other)
    return { cost: Math.max(0, Math.log(glyph.score / Math.max(other.score, 1e-4))), as: changed(glyph, other) };
  return { cost: glyph.score >= sure ? forbidden : unheard, as: changed(glyph, { sign, score: 0.3 }) };
}
