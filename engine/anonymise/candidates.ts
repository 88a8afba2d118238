import { formatOf } from '../forms/formats/index.ts';
import { codePoints } from '../forms/json.ts';
import { fitting } from '../forms/pattern.ts';
import type { Field } from '../forms/types.ts';

/** How many are tried for one value. */
const MOST = 3000;

/** Fictional texts for a field, the likeliest first; all of them fit it, unless its pattern is beyond what can be made up. */
export function* candidatesFor(field: Field | null, from: number): Generator<string> {
  for (let n = from; n < from + MOST; n += 1) {
    for (const text of made(field, n)) if (field === null || fits(field, text)) yield text;
  }
}

function made(field: Field | null, n: number): readonly string[] {
  const format = formatOf(field?.format ?? null);
  if (format !== null) return [format.example(n)];
  const pattern = field?.schema.pattern;
  const least = Number(field?.schema.minLength ?? 0);
  const most = Number(field?.schema.maxLength ?? Number.POSITIVE_INFINITY);
  const plain = [`匿名${field?.title ?? ''}${n}`, `匿名${n}`, `代${n}`, n.toString(36)].map((text) =>
    padded(text, least),
  );
  const short = plain.filter((text) => codePoints(text) <= most);
  if (typeof pattern !== 'string') return short;
  const shaped = fitting(pattern);
  return [...(shaped === null ? [] : [counted(padded(shaped, least), n)]), ...short];
}

/** Whether the field takes the text by itself: format, check digit, pattern, length. */
export function fits(field: Field, text: string): boolean {
  const { schema } = field;
  const format = formatOf(field.format);
  if (format !== null && (format.problem(text, 'zh-CN') !== null || (format.doubt?.(text, 'zh-CN') ?? null) !== null))
    return false;
  const length = codePoints(text);
  if (length < Number(schema.minLength ?? 0) || length > Number(schema.maxLength ?? Number.POSITIVE_INFINITY))
    return false;
  return typeof schema.pattern !== 'string' || new RegExp(schema.pattern, 'u').test(text);
}

function padded(text: string, least: number): string {
  return text + ([...text].at(-1) ?? '例').repeat(Math.max(0, least - codePoints(text)));
}

/** The text with its digits, or its letters where it has none, counted up to `n` from the right. */
function counted(text: string, n: number): string {
  const isDigit = /\d/.test(text);
  let rest = n;
  return [...text]
    .reverse()
    .map((letter) => {
      const alphabet = isDigit
        ? '0123456789'
        : /[A-Z]/.test(letter)
          ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
          : 'abcdefghijklmnopqrstuvwxyz';
      const place = alphabet.indexOf(letter);
      if (place < 0 || rest === 0) return letter;
      const step = rest % alphabet.length;
      rest = Math.floor(rest / alphabet.length);
      return alphabet[(place + step) % alphabet.length] ?? letter;
    })
    .reverse()
    .join('');
}
