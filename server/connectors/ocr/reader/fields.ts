import { bareLabels, essential, fieldsOf, numbersOf } from './kinds/index.ts';
import type { Look } from './line.ts';
import type { Models } from './models.ts';
import { rank } from './numbers.ts';
import { lookAgain, readOn, readPage, type Seen } from './page.ts';
import type { Picture } from './picture.ts';
import type { Value } from './value.ts';

/** Side of the closer look, in pixels: twice the time, for small and blurred print. */
const closer = 1440;
/** Other ways to look at a number that its check digit does not confirm: narrow digits that touch come apart when they are drawn wider. */
const looks: readonly Look[] = [
  { wide: 1.3 },
  { wide: 1.15, tall: 1.15 },
  { wide: 1.5 },
  { tall: 0.88 },
  { wide: 1.7, tall: 1.1 },
];
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
  const found = fieldsOf(kind, lines);
  const numbers: { [field: string]: Value } = {};
  for (const field of numbersOf(kind)) {
    if (found[field]?.checked) continue;
    const number = await numberAgain(models, picture, kind, field, lines);
    if (number && (!found[field] || rank(number) > rank(found[field]))) numbers[field] = number;
  }
  return { ...found, ...numbers };
}

/** The lines that might hold the number, looked at in other ways until its check digit fits. */
async function numberAgain(
  models: Models,
  picture: Picture,
  kind: string,
  field: string,
  lines: readonly Seen[],
): Promise<Value | null> {
  let best: Value | null = null;
  for (const line of likeNumbers(lines)) {
    for (const look of looks) {
      const value = fieldsOf(kind, [await lookAgain(models, picture, line, look)])[field];
      if (value && (!best || rank(value) > rank(best))) best = value;
      if (best?.checked) return best;
    }
  }
  return best;
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
