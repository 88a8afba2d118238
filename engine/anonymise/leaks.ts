import { collect } from './vocabulary.ts';

/** Something of the original is in what was made of it. It says where it was looked for, never what it is. */
export class Leak extends Error {
  readonly count: number;

  constructor(count: number) {
    super(`${count} values of the original are in the anonymous case`);
    this.name = 'Leak';
    this.count = count;
  }
}

/** A text that somebody can be known by: long enough, or in a script whose letters are words. */
export function isTelling(text: string): boolean {
  const letters = [...text];
  return letters.length >= 6 || (letters.length >= 2 && letters.some((letter) => letter > '\u00ff'));
}

/** What of the original values stands in the output, as a text of its own or within another one. */
export function leaksIn(
  output: unknown,
  originals: ReadonlySet<string>,
  vocabulary: ReadonlySet<string>,
): readonly string[] {
  const words = new Set<string>();
  collect(output, words);
  const said = [...words].filter((word) => !vocabulary.has(word));
  return [...originals].filter(
    (original) => isTelling(original) && !vocabulary.has(original) && said.some((word) => word.includes(original)),
  );
}
