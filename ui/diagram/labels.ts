import type { Link } from './links.ts';
import { fitted, textWidth } from './measure.ts';
import { LABEL_ROOM, labelOf, type Plan } from './plan.ts';
import type { Point } from './wire-path.ts';

/** Where a label stands: the middle or the beginning of its first line of letters. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'middle' | 'start';
  /** Pixels that there are for it; the whole text is in its title and in the list. */
  readonly room: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const FONT = 12;

/** What a label covers. */
export function labelRect(link: Link, { x, y, anchor, room }: LabelPlace): Rect {
  const width = textWidth(fitted(labelOf(link), FONT, room), FONT);
  return { x: anchor === 'middle' ? x - width / 2 : x, y: y - 10, width, height: 13 };
}

export function touching(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Pixels between two labels on one height, below which they read as one. */
const APART = 10;
/** A label that was placed early is looked at again when all stand. */
const ROUNDS = 4;

interface Choice {
  readonly place: LabelPlace;
  readonly rect: Rect;
  /** What it costs wherever the other labels stand. */
  readonly alone: number;
}

/**
 * Each label on a free stretch of its line: never on another label or a box, and on as few other lines as can be, by
 * preference none; near the middle of its stretch. Those with the least room choose first; then each chooses again, as
 * long as it finds a better place among the others.
 */
export function labelled(
  plans: readonly Plan[],
  lines: readonly (readonly Point[])[],
  boxes: readonly Rect[],
  width: number,
): readonly (LabelPlace | null)[] {
  const choices = plans.map((plan, index) => {
    const own = lines[index] ?? [];
    if (labelOf(plan.link) === '' || own.length < 2) return [];
    const costOf = (rect: Rect): number =>
      (rect.x < 2 || rect.x + rect.width > width - 2 ? 400 : 0) +
      1000 * boxes.filter((box) => touching(rect, box)).length +
      60 * lines.filter((points, other) => other !== index && crosses(points, rect)).length +
      30 * (crosses(own, rect) ? 1 : 0);
    return [...candidates(plan, own)]
      .map(({ place, off }): Choice => {
        const rect = labelRect(plan.link, place);
        return { place, rect, alone: off + costOf(rect) };
      })
      .sort((a, b) => a.alone - b.alone);
  });
  const room = (index: number) => Math.max(0, ...stretches(lines[index] ?? []).map(({ length }) => length));
  const order = plans.map((_, index) => index).sort((a, b) => room(a) - room(b));
  const chosen: (Choice | null)[] = plans.map(() => null);
  for (let round = 0; round < ROUNDS; round += 1) {
    let changed = false;
    for (const index of order) {
      const others = chosen.flatMap((choice, at) => (choice === null || at === index ? [] : [choice.rect]));
      const found = cheapest(choices[index] ?? [], others);
      changed ||= found !== chosen[index];
      chosen[index] = found;
    }
    if (!changed) break;
  }
  return chosen.map((choice) => choice?.place ?? null);
}

/** @param choices the cheapest by itself first */
function cheapest(choices: readonly Choice[], others: readonly Rect[]): Choice | null {
  let best: Choice | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const choice of choices) {
    if (choice.alone >= least) break;
    const { x, width, ...rest } = choice.rect;
    const wide = { ...rest, x: x - APART, width: width + 2 * APART };
    const near = others.filter((other) => touching(wide, other));
    const cost = choice.alone + near.reduce((sum, other) => sum + (touching(choice.rect, other) ? 1000 : 50), 0);
    if (cost >= least) continue;
    best = choice;
    least = cost;
  }
  return best;
}

interface Stretch {
  readonly a: Point;
  readonly b: Point;
  readonly length: number;
}

function stretches(points: readonly Point[]): readonly Stretch[] {
  return points.slice(1).map((b, index) => {
    const a = points[index] ?? b;
    return { a, b, length: Math.abs(a.x - b.x) + Math.abs(a.y - b.y) };
  });
}

const STEP = 6;
/** Where no stretch is free that is long enough, the label is cut. */
const ROOMS = [LABEL_ROOM, 100, 64];

/** Places along the line, with how far each is from where a label is looked for first. */
function* candidates({ link }: Plan, points: readonly Point[]): Generator<{ place: LabelPlace; off: number }> {
  const whole = textWidth(labelOf(link), FONT);
  for (const room of ROOMS) {
    // A shorter one is worth looking for only where the text is longer.
    if (room !== LABEL_ROOM && whole <= room) continue;
    const own = textWidth(fitted(labelOf(link), FONT, room), FONT);
    yield* along(points, own, room);
  }
}

function* along(points: readonly Point[], own: number, room: number): Generator<{ place: LabelPlace; off: number }> {
  const cut = LABEL_ROOM - room;
  for (const [index, { a, b, length }] of stretches(points).entries()) {
    // The first level stretch is where a reader looks.
    const late = cut / 3 + (index > 1 ? 6 * (index - 1) : 0);
    if (a.y === b.y) {
      const middle = (a.x + b.x) / 2;
      const spare = Math.max(0, (length - own) / 2 - 4);
      for (let off = 0; off <= spare; off += STEP)
        for (const x of off === 0 ? [middle] : [middle - off, middle + off])
          for (const [y, below] of [[a.y - 6, 0] as const, [a.y + 15, 4] as const])
            yield { place: { x, y, anchor: 'middle', room }, off: late + below + off * 0.05 + (length < own ? 20 : 0) };
    } else {
      const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
      for (let y = top + 14; y <= bottom - 6; y += STEP)
        for (const x of [a.x + 6, a.x - 6 - own])
          yield { place: { x, y, anchor: 'start', room }, off: late + 8 + Math.abs(y - (top + bottom) / 2) * 0.05 };
    }
  }
}

/** A stretch of the line runs through it. */
export function crosses(points: readonly Point[], rect: Rect): boolean {
  return points.slice(1).some((b, index) => {
    const a = points[index] ?? b;
    return (
      Math.min(a.x, b.x) < rect.x + rect.width - 1 &&
      Math.max(a.x, b.x) > rect.x + 1 &&
      Math.min(a.y, b.y) < rect.y + rect.height - 1 &&
      Math.max(a.y, b.y) > rect.y + 1
    );
  });
}
