import { nearest } from '../expressions/nearest.ts';

/** The known word nearest to a misspelt one, or undefined when none is near enough to be worth proposing. */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  const words = [...known].filter((candidate) => candidate !== word);
  const lower = word.toLowerCase();
  return words.find((candidate) => candidate.toLowerCase() === lower) ?? nearest(word, words) ?? undefined;
}
