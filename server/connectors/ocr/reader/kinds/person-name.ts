import type { Glyph } from '../layout.ts';
import { among } from '../mend.ts';
import { scoreOf, type Value } from '../value.ts';
import list from '../words/surnames.json' with { type: 'json' };

const surnames = new Set(list.surnames);

/** A person's name: no digits, no marks but the dot between its parts; a doubtful first character is one of a surname. */
export function personName(glyphs: readonly Glyph[]): Value | null {
  const kept: Glyph[] = [];
  for (const glyph of glyphs) {
    if (/^[\u3400-\u9fff]$/.test(glyph.sign)) kept.push(glyph);
    else if (/^[·•.・]$/.test(glyph.sign) && kept.length > 0) kept.push({ ...glyph, sign: '·' });
    else if (kept.length > 0) break;
  }
  const name = withSurname(kept);
  const value = name
    .map(({ sign }) => sign)
    .join('')
    .replace(/·+$/, '');
  return value.length < 2 ? null : { value, score: scoreOf(name), checked: false };
}

function withSurname(glyphs: readonly Glyph[]): readonly Glyph[] {
  const double = glyphs
    .slice(0, 2)
    .map(({ sign }) => sign)
    .join('');
  if (surnames.has(double) || glyphs.length > 3) return glyphs;
  return [...among(glyphs.slice(0, 1), surnames), ...glyphs.slice(1)];
}
