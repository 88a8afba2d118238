import { blockers } from './blockers.ts';
import { expressions } from './expressions.ts';
import { faults } from './faults.ts';
import { issues } from './issues.ts';

/** One catalogue: every code that the product can answer with, in both languages. Placeholders are `{name}`. */
export const catalogue = { ...issues, ...expressions, ...blockers, ...faults } as const;
export type ErrorCode = keyof typeof catalogue;
export type Locale = 'zh-CN' | 'en';

/** Fills the placeholders of a code's sentence. A missing parameter stays visible as `{name}`. */
export function sentence(
  code: ErrorCode,
  params: { readonly [name: string]: unknown } = {},
  locale: Locale = 'zh-CN',
): string {
  const entry = catalogue[code];
  const text = locale === 'en' ? entry.en : entry.zh;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}
