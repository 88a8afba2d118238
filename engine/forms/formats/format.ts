import type { FormLocale } from '../types.ts';

/** One `format` of the vocabulary. All functions are total: any string may come. */
export interface Format {
  readonly id: string;
  /** Takes away what people type and nobody means: spaces, hyphens, small letters. */
  readonly clean: (value: string) => string;
  /** Why it cannot be accepted and how to mend it, or null. Gets a cleaned value that is not empty. */
  readonly problem: (value: string, locale: FormLocale) => string | null;
  /** Why it should be looked at again although it may be right, or null. */
  readonly doubt?: (value: string, locale: FormLocale) => string | null;
  /** As people read it: digits in groups. */
  readonly present?: (value: string) => string;
  /** How many characters it may have, where it may have more or fewer. */
  readonly length?: { readonly least: number; readonly most: number };
  /** A valid, plainly invented value; another one for another seed. */
  readonly example: (seed: number) => string;
  /** Which keyboard a phone should show, and what a browser may fill in. */
  readonly input?: { readonly mode?: 'numeric' | 'tel' | 'email'; readonly autocomplete?: string };
}

/** `少 1 位` / `多 2 位`: the difference to a fixed length, and what is asked for. */
export function lengthProblem(
  value: string,
  length: number,
  zh: string,
  en: string,
  locale: FormLocale,
): string | null {
  const missing = length - [...value].length;
  if (missing === 0) return null;
  if (locale === 'en') {
    return `${Math.abs(missing)} too ${missing > 0 ? 'few' : 'many'}: enter ${en}`;
  }
  return `${missing > 0 ? '少' : '多'} ${Math.abs(missing)} 位，请输入${zh}`;
}

export const say = (locale: FormLocale, zh: string, en: string): string => (locale === 'en' ? en : zh);

/** Groups characters by the given sizes; the last size repeats. */
export function grouped(value: string, ...sizes: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0, i = 0; at < value.length; i += 1) {
    const size = sizes[Math.min(i, sizes.length - 1)] ?? value.length;
    parts.push(value.slice(at, at + size));
    at += size;
  }
  return parts.join(' ');
}

/** Spaces (also full-width ones), hyphens and dashes that stand between digits. */
export const withoutSeparators = (value: string): string => value.replace(/[\s\u3000\-‐‑–—·.]/g, '');
