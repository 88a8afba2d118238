import type { Character } from './ctc.ts';
import type { Line } from './page.ts';

/** One character with its place on the straightened picture. */
export interface Glyph extends Character {
  readonly x: number;
  readonly y: number;
  /** Of its line: a measure for all distances around. */
  readonly height: number;
  readonly line: Line;
}

/** Lines that stand beside each other, as one sequence of characters without spaces. */
export interface Row {
  readonly glyphs: readonly Glyph[];
}

/** A word that names what stands to its right. */
export interface Label {
  readonly id: string;
  readonly words: readonly string[];
  /** It may stand in the middle of a line (`性别男民族汉`); else only where a line or a column begins. */
  readonly inside?: boolean;
  /** Its value may go on below. */
  readonly long?: boolean;
  /** It stands below the columns and is none of them. */
  readonly foot?: boolean;
}

interface Place {
  readonly id: string;
  readonly label: Label;
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** From here on the recogniser has thought of a sign. */
const thoughtOf = 0.03;

/** Spaces and marks that scanners see between label and value. */
const nothing = /^[\s:：.·、_'"`|]$/;

export function rowsOf(lines: readonly Line[]): Row[] {
  const rows: Line[][] = [];
  for (const line of [...lines].sort((a, b) => a.x - b.x)) {
    let best: Line[] | null = null;
    let nearest = Number.POSITIVE_INFINITY;
    for (const row of rows) {
      const last = row.at(-1)!;
      const apart = Math.abs(last.y - line.y);
      const beside = line.x > last.x + last.width - 0.8 * Math.min(last.height, line.height);
      if (!beside || apart > 0.5 * Math.max(last.height, line.height) || apart >= nearest) continue;
      best = row;
      nearest = apart;
    }
    if (best) best.push(line);
    else rows.push([line]);
  }
  return rows
    .map((row) => ({ glyphs: row.map(glyphsOf).reduce(joined, []) }))
    .filter(({ glyphs }) => glyphs.length > 0)
    .sort((a, b) => a.glyphs[0]!.y - b.glyphs[0]!.y);
}

export function glyphsOf(line: Line): Glyph[] {
  return line.characters
    .filter(({ sign }) => sign.trim() !== '')
    .map((one) => ({ ...one, x: line.x + one.at * line.width, y: line.y, height: line.height, line }));
}

/** Boxes overlap: what stands where two of them meet is read twice, and counts once, as it was read better. */
function joined(left: readonly Glyph[], right: readonly Glyph[]): Glyph[] {
  const [last, first] = [left.at(-1), right[0]];
  if (!last || !first) return [...left, ...right];
  const wide = [last, first].every(({ sign }) => /^[\u3400-\u9fff]$/.test(sign));
  const near = (wide ? 0.4 : 0.25) * Math.min(first.height, last.height);
  const twice = Math.abs(first.x - last.x) < near && (wide || first.sign === last.sign);
  if (!twice) return [...left, ...right];
  return last.score < first.score ? [...left.slice(0, -1), ...right] : [...left, ...right.slice(1)];
}

/** What stands beside each label that was found, over as many lines as it takes. */
export function valuesOf(rows: readonly Row[], labels: readonly Label[]): Map<string, readonly Glyph[]> {
  const places = findLabels(rows, labels);
  const result = new Map<string, readonly Glyph[]>();
  for (const place of places) {
    if (result.has(place.id)) continue;
    const value = besideLabel(rows, places, place);
    result.set(place.id, place.label.long ? [...value, ...below(rows, places, place, value)] : value);
  }
  return result;
}

/** The lines at whose end stands a label that has nothing beside it. */
export function unanswered(rows: readonly Row[], labels: readonly Label[]): readonly Line[] {
  const places = findLabels(rows, labels);
  return places.flatMap((place) => {
    const glyphs = rows[place.row]?.glyphs ?? [];
    const line = glyphs[place.to - 1]?.line;
    return line && !place.label.foot && place.to === glyphs.length ? [line] : [];
  });
}

function findLabels(rows: readonly Row[], labels: readonly Label[]): Place[] {
  const words = labels
    .flatMap((label) => label.words.map((word) => ({ label, word })))
    .sort((a, b) => b.word.length - a.word.length);
  const places: Place[] = [];
  for (const [at, { glyphs }] of rows.entries()) {
    const taken = new Set<number>();
    for (const { label, word } of words) {
      for (let from = 0; from + word.length <= glyphs.length; from++) {
        const to = from + word.length;
        if (taken.has(from) || taken.has(to - 1)) continue;
        if (!says(glyphs, from, word) || !(label.inside || begins(glyphs, from))) continue;
        for (let i = from; i < to; i++) taken.add(i);
        const { x, y, height } = glyphs[from]!;
        places.push({ id: label.id, label, row: at, from, to, x, y, height });
      }
    }
  }
  return [...places, ...halvesOf(rows, labels, places)].sort((a, b) => a.y - b.y);
}

/** Of a label that is set wide (`类    型`) only one of two signs may have been found: at the beginning of a line, before a gap. */
function halvesOf(rows: readonly Row[], labels: readonly Label[], places: readonly Place[]): Place[] {
  const missing = labels.filter(({ id, inside }) => !inside && !places.some((place) => place.id === id));
  const halves: Place[] = [];
  for (const label of missing) {
    const signs = label.words.filter(({ length }) => length === 2).flatMap((word) => [...word]);
    for (const [at, { glyphs }] of rows.entries()) {
      for (const [from, glyph] of glyphs.entries()) {
        const first = glyphs[from - 1]?.line !== glyph.line;
        if (!first || !standsAlone(glyphs, from) || !signs.some((sign) => says(glyphs, from, sign))) continue;
        // What stands alone behind it is the other sign, read wrongly.
        const to = glyphs[from + 1] && standsAlone(glyphs, from + 1) ? from + 2 : from + 1;
        const { x, y, height } = glyph;
        halves.push({ id: label.id, label, row: at, from, to, x, y, height });
      }
    }
  }
  return halves;
}

/** Before a gap. */
function standsAlone(glyphs: readonly Glyph[], at: number): boolean {
  const [here, next] = [glyphs[at], glyphs[at + 1]];
  return here !== undefined && next !== undefined && next.x - here.x >= 1.2 * here.height;
}

/** A long word may have a character or two wrong; a character is right when the recogniser thought of it. */
function says(glyphs: readonly Glyph[], from: number, word: string): boolean {
  const allowed = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  let wrong = 0;
  let right = 0;
  for (let i = 0; i < word.length; i++) {
    const glyph = glyphs[from + i];
    if (glyph?.sign === word[i]) right += 1;
    else if (!glyph?.others.some(({ sign, score }) => sign === word[i] && score >= thoughtOf)) wrong += 1;
    if (wrong > allowed) return false;
  }
  return right > 0;
}

/** At the beginning of a line, or behind a gap as wide as a character. */
function begins(glyphs: readonly Glyph[], at: number): boolean {
  const before = glyphs[at - 1];
  const here = glyphs[at];
  return !before || !here || before.line !== here.line || here.x - before.x > 1.9 * here.height;
}

function besideLabel(rows: readonly Row[], places: readonly Place[], place: Place): readonly Glyph[] {
  const glyphs = rows[place.row]?.glyphs ?? [];
  const next = places
    .filter((other) => other.row === place.row && other.from >= place.to)
    .reduce((least, { from }) => Math.min(least, from), glyphs.length);
  const value = trimmed(glyphs.slice(place.to, next));
  const [first] = value;
  if (!first) return [];
  // What begins behind the next column's edge goes on from a line above, there.
  const right = rightEdge(places, place, first.x);
  return withinColumn(value, right);
}

/** Up to the column's edge. Print that runs across it without a gap shows that no column begins there. */
function withinColumn(glyphs: readonly Glyph[], right: number): readonly Glyph[] {
  const kept: Glyph[] = [];
  for (const glyph of glyphs) {
    const last = kept.at(-1);
    const goesOn = last !== undefined && glyph.x - last.x < 1.9 * glyph.height;
    if (glyph.x >= right && !goesOn) break;
    kept.push(glyph);
  }
  return kept;
}

/** Lines that go on below the value: in its column, close to each other, and above the next label. */
function below(
  rows: readonly Row[],
  places: readonly Place[],
  place: Place,
  value: readonly Glyph[],
): readonly Glyph[] {
  const first = value[0];
  if (!first) return [];
  const right = rightEdge(places, place, first.x);
  const floor = places
    .filter(({ x, y }) => y > place.y + 0.5 * place.height && x < right && x > place.x - 4 * place.height)
    .reduce((least, { y, height }) => Math.min(least, y - 0.4 * height), Number.POSITIVE_INFINITY);
  const result: Glyph[] = [];
  let last = first;
  for (const [at, row] of rows.entries()) {
    const named = places.filter((other) => other.row === at);
    const free = row.glyphs.filter(
      (glyph, index) =>
        glyph.x > first.x - 1.1 * first.height &&
        !named.some((other) => index >= other.from && (index < other.to || other.x > place.x - 2 * place.height)),
    );
    const glyphs = withinColumn(free, right);
    const [one] = glyphs;
    if (!one || one.y < last.y + 0.5 * last.height || one.y > floor) continue;
    if (one.y - last.y > 2.3 * last.height || one.height < 0.6 * first.height || one.height > 1.7 * first.height)
      continue;
    // A line of another column would begin somewhere in the middle.
    if (one.x > first.x + 2.5 * first.height) continue;
    result.push(...trimmed(glyphs));
    last = one;
  }
  return result;
}

/** Where the next column's labels begin. */
function rightEdge(places: readonly Place[], place: Place, valueAt: number): number {
  const near = places.filter(
    ({ label, x, y }) =>
      !label.inside && !label.foot && x > valueAt + place.height && Math.abs(y - place.y) < 14 * place.height,
  );
  return near.reduce((least, { x, height }) => Math.min(least, x - 0.8 * height), Number.POSITIVE_INFINITY);
}

function trimmed(glyphs: readonly Glyph[]): readonly Glyph[] {
  let from = 0;
  while (from < glyphs.length && nothing.test(glyphs[from]!.sign)) from++;
  return glyphs.slice(from);
}
