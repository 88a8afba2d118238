import type { EffectiveLine } from '../../engine/effective/index.ts';

/** Lines by their index in the whole text, so that search, folding and links speak of the same line. */
export interface Folding {
  readonly folded: ReadonlySet<number>;
  readonly onlyChanged: boolean;
}

/** Whether the next line is deeper: then it can be folded. */
export function canFold(lines: readonly EffectiveLine[], index: number): boolean {
  return (lines[index + 1]?.indent ?? 0) > (lines[index]?.indent ?? 0);
}

/** The lines that are shown: what is folded is left out; of the changed ones, with what is around them. */
export function shownLines(lines: readonly EffectiveLine[], { folded, onlyChanged }: Folding): readonly number[] {
  const kept = onlyChanged ? aroundChanged(lines) : null;
  const shown: number[] = [];
  let hidden: number | null = null;
  lines.forEach(({ indent }, index) => {
    if (hidden !== null && indent > hidden) return;
    hidden = null;
    if (kept !== null && !kept.has(index)) return;
    shown.push(index);
    if (folded.has(index)) hidden = indent;
  });
  return shown;
}

/** Lines that the project changed, and those that say where they stand. */
function aroundChanged(lines: readonly EffectiveLine[]): ReadonlySet<number> {
  const kept = new Set<number>();
  const around: number[] = [];
  lines.forEach(({ indent, change }, index) => {
    while (around.length > 0 && (lines[around.at(-1) ?? 0]?.indent ?? 0) >= indent) around.pop();
    if (change !== 'same') for (const each of [...around, index]) kept.add(each);
    around.push(index);
  });
  return kept;
}

/** Lines that hold what is looked for, in their text, their address or what stood there. */
export function foundIn(lines: readonly EffectiveLine[], query: string): readonly number[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap(({ text, address, was }, index) =>
    [text, address, was ?? ''].some((each) => each.toLowerCase().includes(wanted)) ? [index] : [],
  );
}

/** The folds without those that hide a line. */
export function opened(
  lines: readonly EffectiveLine[],
  folded: ReadonlySet<number>,
  index: number,
): ReadonlySet<number> {
  const next = new Set(folded);
  let indent = lines[index]?.indent ?? 0;
  for (let at = index - 1; at >= 0 && indent > 0; at -= 1) {
    const own = lines[at]?.indent ?? 0;
    if (own >= indent) continue;
    next.delete(at);
    indent = own;
  }
  return next;
}
