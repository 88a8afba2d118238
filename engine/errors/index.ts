import { blockers } from './blockers.ts';
import { details } from './details.ts';
import { expressions } from './expressions.ts';
import { faults } from './faults.ts';
import { issues } from './issues.ts';
import { scenarios } from './scenarios.ts';
import { told } from './told.ts';

/** One catalogue: every sentence that engine and server say, in both languages. Placeholders are `{name}`. */
export const catalogue = { ...issues, ...expressions, ...blockers, ...faults, ...told, ...scenarios } as const;
export type ErrorCode = keyof typeof catalogue;
export type Locale = 'zh-CN' | 'en';

/** A word in both languages that stands at a place of a sentence. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

/** Fills the placeholders of a code's sentence. A missing parameter stays visible as `{name}`; one that is `Said` is told in the same language. */
export function sentence(
  code: ErrorCode,
  params: { readonly [name: string]: unknown } = {},
  locale: Locale = 'zh-CN',
): string {
  const entry = catalogue[code];
  const text = locale === 'en' ? entry.en : entry.zh;
  if (!text.includes('{')) return text;
  let told = '';
  for (const [at, piece] of piecesOf(text).entries())
    told += at % 2 === 0 ? piece : piece in params ? wordOf(params[piece], locale) : `{${piece}}`;
  return told;
}

/** Words and names of placeholders by turns. The catalogue has so many sentences. */
function piecesOf(text: string): readonly string[] {
  const known = pieces.get(text) ?? text.split(/\{(\w+)\}/);
  pieces.set(text, known);
  return known;
}

const pieces = new Map<string, readonly string[]>();

/** A sentence in both languages. */
export function said(code: ErrorCode, params: { readonly [name: string]: unknown } = {}): Said {
  return { zh: sentence(code, params, 'zh-CN'), en: sentence(code, params, 'en') };
}

/** A parameter as it stands in a sentence. */
export function wordOf(value: unknown, locale: Locale): string {
  if (isSaid(value)) return inLocale(value, locale);
  const text = String(value);
  // Names in a list stand apart as the language writes it.
  return locale === 'en' ? (details[text] ?? text.replaceAll('、', ', ')) : text;
}

/** What is the same in both languages: names, values, words of a definition. */
export function asIs(text: string): Said {
  return { zh: text, en: text };
}

export function inLocale({ zh, en }: Said, locale: Locale): string {
  return locale === 'en' ? en : zh;
}

function isSaid(value: unknown): value is Said {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;
}
