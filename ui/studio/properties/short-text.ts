/** How much of a notice stands for the whole. */
const SHORT = 16;

/** The beginning of a text that is written out elsewhere: without who signs it, and a sign for each place that is filled in. */
export function shortText(text: string): string {
  const letters = [...text.replace(/\{[^{}]*\}/g, '…').replace(/^【[^】]*】/, '')];
  return letters.length > SHORT ? `${letters.slice(0, SHORT).join('')}…` : letters.join('');
}
