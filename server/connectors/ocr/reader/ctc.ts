/** What the recogniser says of a stretch of print: for each step along it, how likely each class is. Class 0 is no character. */
export interface Chances {
  readonly data: Float32Array;
  readonly steps: number;
  readonly classes: number;
}

export interface Character {
  readonly sign: string;
  readonly score: number;
  /** Its middle along the box, 0 to 1. */
  readonly at: number;
  /** What it might be instead, likeliest first, itself among them: digits and capital letters even when unlikely, other signs when not. */
  readonly others: readonly Other[];
}

export interface Other {
  readonly sign: string;
  readonly score: number;
}

/** A sign that is less likely is no alternative. */
const imaginable = 0.004;
const mostOthers = 8;

/** Steps from the middle of a Chinese character to the next, where a line has too few to tell. */
const usualPitch = 4.5;
/** A step at which the recogniser doubts that nothing stands there. */
const perhaps = 0.25;
const chinese = /^[\u3400-\u9fff]$/;

interface Peak {
  readonly step: number;
  readonly best: number;
  readonly score: number;
}

/**
 * The likeliest class of each step; repetitions are one character, and its clearest step speaks for it. Where the chances are shared
 * among several Chinese characters, nothing may be the likeliest though one of them stands there: it is put in, with a low score.
 */
export function charactersOf(chances: Chances, known: readonly string[]): Character[] {
  const { data, steps, classes } = chances;
  const peaks: Peak[] = [];
  const faint: Peak[] = [];
  let before = 0;
  for (let step = 0; step < steps; step++) {
    const [best, likeliest] = bestOf(data, step * classes, classes);
    const score = data[step * classes + best] ?? 0;
    const last = peaks.at(-1);
    if (best !== 0 && best === before && last) {
      if (score > last.score) peaks[peaks.length - 1] = { step, best, score };
    } else if (best !== 0) peaks.push({ step, best, score });
    else if (1 - score > perhaps && chinese.test(known[likeliest - 1] ?? ''))
      faint.push({ step, best: likeliest, score: data[step * classes + likeliest] ?? 0 });
    before = best;
  }
  return withFaint(peaks, faint, known).map(({ step, best, score }) => ({
    sign: known[best - 1] ?? '',
    score,
    at: (step + 0.5) / steps,
    others: othersOf(data, step * classes, known),
  }));
}

/** @returns the likeliest class, and the likeliest that is a character */
function bestOf(data: Float32Array, start: number, classes: number): readonly [number, number] {
  let likeliest = 1;
  for (let one = 2; one < classes; one++)
    if ((data[start + one] ?? 0) > (data[start + likeliest] ?? 0)) likeliest = one;
  return [(data[start + likeliest] ?? 0) > (data[start] ?? 0) ? likeliest : 0, likeliest];
}

/** Those for which there is room. */
function withFaint(peaks: readonly Peak[], faint: readonly Peak[], known: readonly string[]): readonly Peak[] {
  if (faint.length === 0) return peaks;
  const gaps = peaks
    .slice(1)
    .flatMap((peak, at) => {
      const both = [peaks[at]!, peak].every(({ best }) => chinese.test(known[best - 1] ?? ''));
      return both ? [peak.step - peaks[at]!.step] : [];
    })
    .sort((a, b) => a - b);
  const pitch = gaps.length < 3 ? usualPitch : gaps[Math.floor(gaps.length / 2)]!;
  const result = [...peaks];
  for (const one of [...faint].sort((a, b) => b.score - a.score)) {
    if (result.every(({ step }) => Math.abs(step - one.step) >= 0.7 * pitch)) result.push(one);
  }
  return result.sort((a, b) => a.step - b.step);
}

let plain: { readonly known: readonly string[]; readonly classes: ReadonlySet<number> } | null = null;

function othersOf(data: Float32Array, start: number, known: readonly string[]): readonly Other[] {
  if (plain?.known !== known) {
    const classes = known.flatMap((sign, at) => (/^[0-9A-Z]$/.test(sign) ? [at] : []));
    plain = { known, classes: new Set(classes) };
  }
  const others: Other[] = [];
  for (const [at, sign] of known.entries()) {
    const score = data[start + 1 + at] ?? 0;
    if (score >= imaginable || plain.classes.has(at)) others.push({ sign, score });
  }
  return others.sort((a, b) => b.score - a.score).slice(0, mostOthers);
}
