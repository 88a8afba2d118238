/**
 * Widths of text without a browser, so that a layout is the same everywhere and can be tested:
 * a Han character is as wide as its size, everything else about six tenths of it.
 */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += (letter.codePointAt(0) ?? 0) > 0x2e7f ? size : size * 0.6;
  return Math.ceil(width);
}

/** A text that fits into `room` pixels; the whole one stays in the title and in the list form. */
export function fitted(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size) > room) letters.pop();
  return `${letters.join('')}…`;
}

export const NODE_HEIGHT = 40;
const TILE = 32;
const PADDING = 24;

/** `more`: the sign behind the name of a compound or of a way out. */
export function nodeWidth(title: string, tile: string | null, more: boolean): number {
  return Math.min(Math.max(104, textWidth(title, 14) + PADDING + (tile ? TILE : 0) + (more ? 22 : 0)), 260);
}
