import { bareLabels, essential, fieldsOf, numbersOf } from './kinds/index.ts';
import { glyphsOf } from './layout.ts';
import type { Look } from './line.ts';
import type { Models } from './models.ts';
import { hasLength, type NumberRule, numberIn, numberOfAll, rank } from './numbers.ts';
import { lookAgain, readOn, readPage, type Seen } from './page.ts';
import type { Picture } from './picture.ts';
import type { Value } from './value.ts';

/** Side of the closer look, in pixels: twice the time, for small and blurred print. */
const closer = 1440;
/** Print that is drawn smaller looks less smeared. */
const smaller: Look = { tall: 1.4, wide: 0.9 };
/**
 * Other ways to look at a number that its check digit does not confirm: drawn smaller where it is smeared, wider where narrow digits touch.
 */
const looks: readonly Look[] = [
  { tall: 1.3 },
  { tall: 1.5 },
  { wide: 1.3 },
  { tall: 1.7 },
  { tall: 1.7, wide: 0.8 },
  { tall: 0.88 },
  { wide: 1.5, tall: 1.1 },
];
/** Below, a character is looked at again. */
const doubtful = 0.8;
const mostNumberLines = 2;

type Found = { readonly [field: string]: Value };

/**
 * What a picture of that kind says. Where something is missing that every such picture has, or a number's check digit does not fit, it
 * is looked at more closely: first there, then everywhere.
 */
export async function readFields(models: Models, picture: Picture, kind: string): Promise<Found> {
  const first = await readOnce(models, picture, kind, 960);
  if (essential(kind).every((field) => field in first)) return first;
  return better(first, await readOnce(models, picture, kind, closer));
}

async function readOnce(models: Models, picture: Picture, kind: string, longest: number): Promise<Found> {
  const lines = await readPage(models, picture, longest);
  // A single character beside its label is often not found as text.
  for (const label of bareLabels(kind, lines)) {
    const longer = await readOn(models, picture, label, 3);
    if (longer.text.length > label.text.length) lines[lines.indexOf(label)] = longer;
  }
  if (Object.values(fieldsOf(kind, lines)).some(({ score, checked }) => !checked && score < doubtful))
    await readDoubtful(models, picture, lines);
  const found = fieldsOf(kind, lines);
  const numbers: { [field: string]: Value } = {};
  for (const [field, rule] of Object.entries(numbersOf(kind))) {
    if (found[field]?.checked) continue;
    const number = await numberAgain(models, picture, lines, rule);
    if (number && (!found[field] || rank(number) > rank(found[field]))) numbers[field] = number;
  }
  return { ...found, ...numbers };
}

/** Lines with a doubtful character are looked at in another way; the better reading stays. */
async function readDoubtful(models: Models, picture: Picture, lines: Seen[]): Promise<void> {
  for (const [at, line] of lines.entries()) {
    if (line.characters.every(({ score }) => score >= doubtful)) continue;
    const again = await lookAgain(models, picture, line, smaller);
    if (again.score > line.score && again.characters.length >= line.characters.length) lines[at] = again;
  }
}

/** The lines that might hold the number, looked at in other ways until its check digit fits twice; else what all of them say together. */
async function numberAgain(
  models: Models,
  picture: Picture,
  lines: readonly Seen[],
  rule: NumberRule,
): Promise<Value | null> {
  let best: Value | null = null;
  for (const line of likeNumbers(lines)) {
    const readings = [glyphsOf(line)];
    const confirmed = new Set<string>();
    for (const look of looks) {
      const glyphs = glyphsOf(await lookAgain(models, picture, line, look));
      readings.push(glyphs);
      const value = numberIn(glyphs, rule);
      if (!value?.checked) continue;
      // Once may be chance.
      if (confirmed.has(value.value)) return value;
      confirmed.add(value.value);
    }
    const whole = readings.filter((glyphs) => hasLength(glyphs, rule));
    const values = [
      numberOfAll(whole, rule),
      ...(whole.length > 0 ? whole : readings).map((one) => numberIn(one, rule)),
    ];
    for (const value of values) if (value && (!best || rank(value) > rank(best))) best = value;
  }
  return best ? { ...best, score: Math.min(best.score, 0.89), checked: false } : null;
}

function likeNumbers(lines: readonly Seen[]): readonly Seen[] {
  const signs = ({ characters }: Seen) => characters.filter(({ sign }) => /^[0-9A-Z]$/i.test(sign)).length;
  return lines
    .filter((line) => signs(line) >= 12)
    .sort((a, b) => signs(b) - signs(a))
    .slice(0, mostNumberLines);
}

/** Field by field the surer one. */
function better(one: Found, other: Found): Found {
  const result: { [field: string]: Value } = { ...one };
  for (const [field, value] of Object.entries(other)) {
    const before = result[field];
    if (!before || rank(value) > rank(before)) result[field] = value;
  }
  return result;
}
