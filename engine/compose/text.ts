/** Texts with places: `您的{settings.smsName}申请将于{deadline}失效`. */
export type TextPart =
  | { readonly kind: 'words'; readonly text: string }
  /** `start` is the offset of the place's content in the text. */
  | { readonly kind: 'place'; readonly place: Place; readonly source: string; readonly start: number };

export type Place =
  /** A CEL expression over the data of the case. */
  | { readonly kind: 'expression'; readonly text: string }
  /** The nearest deadline of the state. */
  | { readonly kind: 'deadline' }
  | { readonly kind: 'stateLabel' }
  /** The label of another state. */
  | { readonly kind: 'label'; readonly address: string }
  /** The label of where the obligations lead. */
  | { readonly kind: 'nextLabel' }
  | { readonly kind: 'menu'; readonly id: string }
  | { readonly kind: 'stage'; readonly id: string }
  /** The word for a value that a setting can have. */
  | { readonly kind: 'option'; readonly setting: string; readonly value: string };

/** Takes a text apart. Braces inside quotes of an expression do not end the place; an open one is words. */
export function parseText(text: string): readonly TextPart[] {
  if (!text.includes('{')) return text === '' ? [] : [{ kind: 'words', text }];
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const parts = partsOf(text);
  if (parsed.size >= maxParsed) parsed.clear();
  parsed.set(text, parts);
  return parts;
}

/** Texts of a definition are filled again and again. */
const parsed = new Map<string, readonly TextPart[]>();
const maxParsed = 5000;

function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let words = '';
  let index = 0;
  while (index < text.length) {
    const char = text[index]!;
    const end = char === '{' ? closing(text, index) : -1;
    if (end < 0) {
      words += char;
      index++;
      continue;
    }
    if (words !== '') parts.push({ kind: 'words', text: words });
    words = '';
    const inside = text.slice(index + 1, end);
    const source = inside.trim();
    const start = index + 1 + (inside.length - inside.trimStart().length);
    parts.push({ kind: 'place', place: placeOf(source), source, start });
    index = end + 1;
  }
  if (words !== '') parts.push({ kind: 'words', text: words });
  return parts;
}

function placeOf(source: string): Place {
  if (source === 'deadline') return { kind: 'deadline' };
  if (source === 'state.label') return { kind: 'stateLabel' };
  if (source === 'next.label') return { kind: 'nextLabel' };
  const option = /^option\.([A-Za-z]\w*)\.([\w-]+)$/.exec(source);
  if (option !== null) return { kind: 'option', setting: option[1]!, value: option[2]! };
  const named = /^(label|menu|stage)\.([A-Za-z][\w.]*)$/.exec(source);
  if (named === null) return { kind: 'expression', text: source };
  if (named[1] === 'label') return { kind: 'label', address: named[2]! };
  return { kind: named[1] as 'menu' | 'stage', id: named[2]! };
}

/** Index of the `}` that closes the place, or -1. */
function closing(text: string, open: number): number {
  let depth = 0;
  let quote = '';
  for (let index = open; index < text.length; index++) {
    const char = text[index]!;
    if (quote !== '') {
      if (char === '\\') index++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return index;
  }
  return -1;
}
