/** How much of a notice stands for the whole. */
const SHORT = 16;

/** The beginning of a text that is written out elsewhere. */
export function shortText(text: string): string {
  const letters = [...text];
  return letters.length > SHORT ? `${letters.slice(0, SHORT).join('')}…` : text;
}
