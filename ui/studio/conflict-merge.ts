import { together } from './conflict-together.ts';

/** Two texts that were made from one, line by line: what either changed, and where both did. Pure. */
export type Piece =
  | { readonly kind: 'same'; readonly lines: readonly string[] }
  /** One of the two wrote something else; the other left it. */
  | Changed<'theirs'>
  | Changed<'mine'>
  | {
      readonly kind: 'both';
      /** Of the text before, from 1 on. */
      readonly line: number;
      readonly base: readonly string[];
      readonly theirs: readonly string[];
      readonly mine: readonly string[];
    };

export type Both = Extract<Piece, { kind: 'both' }>;

interface Changed<Who> {
  readonly kind: Who;
  readonly line: number;
  readonly base: readonly string[];
  readonly lines: readonly string[];
}

/** Where both changed something: whose stays. `both`: theirs, with what mine changed. */
export type Choice = 'theirs' | 'mine' | 'both';

export function piecesOf(base: string, theirs: string, mine: string): readonly Piece[] {
  const [b, t, m] = [base, theirs, mine].map((text) => text.split('\n')) as [string[], string[], string[]];
  const inTheirs = matched(b, t);
  const inMine = matched(b, m);
  const pieces: Piece[] = [];
  let [i, j, k] = [0, 0, 0];
  while (i < b.length || j < t.length || k < m.length) {
    const same: string[] = [];
    while (i < b.length && inTheirs[i] === j && inMine[i] === k) {
      same.push(b[i] as string);
      [i, j, k] = [i + 1, j + 1, k + 1];
    }
    if (same.length > 0) pieces.push({ kind: 'same', lines: same });
    let end = i;
    while (end < b.length && !(inTheirs[end] !== -1 && inMine[end] !== -1)) end += 1;
    const [endT, endM] = end < b.length ? [inTheirs[end] as number, inMine[end] as number] : [t.length, m.length];
    if (end > i || endT > j || endM > k)
      pieces.push(pieceOf(i + 1, b.slice(i, end), t.slice(j, endT), m.slice(k, endM)));
    [i, j, k] = [end, endT, endM];
  }
  return pieces;
}

/** The text that holds what either changed. @param choices for each piece of kind `both`, in their order */
export function mergedText(pieces: readonly Piece[], choices: readonly Choice[]): string {
  let both = 0;
  return pieces
    .flatMap((piece) => {
      if (piece.kind !== 'both') return piece.lines;
      const choice = choices[both++] ?? firstChoice(piece);
      return chosenLines(piece, choice);
    })
    .join('\n');
}

/** The lines that a choice leaves there. */
export function chosenLines(piece: Both, choice: Choice): readonly string[] {
  if (choice !== 'both') return piece[choice];
  return together(piece.base, piece.theirs, piece.mine) ?? [...piece.theirs, ...piece.mine];
}

/** What can be chosen, the one that loses nothing first: both together where they fit, else mine. */
export function choicesOf(piece: Both): readonly Choice[] {
  const fits = piece.base.length === 0 || together(piece.base, piece.theirs, piece.mine) !== null;
  return fits ? ['both', 'mine', 'theirs'] : ['mine', 'theirs'];
}

export function firstChoice(piece: Both): Choice {
  return choicesOf(piece)[0] ?? 'mine';
}

function pieceOf(line: number, base: readonly string[], theirs: readonly string[], mine: readonly string[]): Piece {
  if (alike(theirs, mine)) return { kind: 'same', lines: mine };
  if (alike(mine, base)) return { kind: 'theirs', line, base, lines: theirs };
  if (alike(theirs, base)) return { kind: 'mine', line, base, lines: mine };
  return { kind: 'both', line, base, theirs, mine };
}

function alike(one: readonly string[], two: readonly string[]): boolean {
  return one.length === two.length && one.every((line, index) => line === two[index]);
}

/** More cells than these are not compared: then everything between the ends counts as changed. */
const MOST_CELLS = 4_000_000;

/** For each line of `before` the line of `after` that is the same one; -1 where it is gone. */
function matched(before: readonly string[], after: readonly string[]): readonly number[] {
  const out = before.map(() => -1);
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    out[start] = start;
    start += 1;
  }
  let [endB, endA] = [before.length, after.length];
  while (endB > start && endA > start && before[endB - 1] === after[endA - 1]) {
    [endB, endA] = [endB - 1, endA - 1];
    out[endB] = endA;
  }
  const [rows, columns] = [endB - start, endA - start];
  if (rows * columns > MOST_CELLS) return out;
  const width = columns + 1;
  const longest = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      longest[row * width + column] =
        before[start + row] === after[start + column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (before[start + row] === after[start + column]) {
      out[start + row] = start + column;
      [row, column] = [row + 1, column + 1];
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return out;
}
