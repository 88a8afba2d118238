import { createRequire } from 'node:module';
import { Font } from '@react-pdf/renderer';
import * as fontkit from 'fontkit';
import { pieces, space } from './break.ts';

const require = createRequire(import.meta.url);
const regular = require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
const semibold = require.resolve('@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf');

/** The one family that is printed; it ships with the packages, so that paper looks the same on every host. */
export const family = 'Noto Sans SC';

let known: { hasGlyphForCodePoint(codePoint: number): boolean } | null = null;

/** Registers the fonts once; the files are read when the first document is drawn. */
export async function prepareFonts(): Promise<void> {
  if (known !== null) return;
  const font = await fontkit.open(regular);
  Font.register({
    family,
    fonts: [
      { src: regular, fontWeight: 400 },
      { src: semibold, fontWeight: 600 },
    ],
  });
  // Breaks between Chinese characters: pieces with nothing between them, which the line breaker may part without a hyphen.
  Font.registerHyphenationCallback((word) => pieces(word).flatMap((piece, at) => (at === 0 ? [piece] : ['', piece])));
  known = font as unknown as { hasGlyphForCodePoint(codePoint: number): boolean };
}

/** Stands for a character that the font lacks, with its code point, so that it can be written in by hand. */
const lacking = (code: number): string => `□（U+${code.toString(16).toUpperCase().padStart(4, '0')}）`;

/**
 * A missing glyph would vanish silently. @returns the text with a box and the code point instead, and which characters those are
 */
export function printable(text: string): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  let result = '';
  for (const sign of text.normalize('NFC')) {
    const code = sign.codePointAt(0) ?? 0;
    // Variation selectors, joiners and controls draw nothing of their own.
    if (/\p{Cc}|\p{Cf}|\p{Variation_Selector}/u.test(sign)) {
      if (sign === '\n') result += sign;
      continue;
    }
    if (sign === ' ') result += space;
    else if (known?.hasGlyphForCodePoint(code)) result += sign;
    else {
      missing.push(sign);
      result += lacking(code);
    }
  }
  return { text: result, missing };
}
