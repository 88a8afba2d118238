import { useSyncExternalStore } from 'react';
import { zhCN } from './zh-CN.ts';

/**
 * What the product itself says, in two languages. What the definitions say (titles, hints, articles) is content and
 * stays as it is written. Placeholders are `{name}`.
 */
export type TextKey = keyof typeof zhCN;
export type Locale = 'zh-CN' | 'en';
const STORE = 'certflow.locale';

let current: Locale = read();
/** Fetched when somebody wants it: most never do. */
let english: Record<TextKey, string> | null = null;
/** Stops the marking of Chinese texts on an English page. */
let unmark: (() => void) | null = null;
const listeners = new Set<() => void>();

function read(): Locale {
  try {
    return localStorage.getItem(STORE) === 'en' ? 'en' : 'zh-CN';
  } catch {
    return 'zh-CN';
  }
}

export function locale(): Locale {
  return current;
}

/** Resolves when the page speaks the language; when its texts cannot be fetched, the page stays as it is. */
export async function setLocale(next: Locale): Promise<void> {
  if (next === 'en') {
    const loaded = await Promise.all([import('./en.ts'), import('./mark-chinese.ts')]).catch(() => null);
    if (loaded === null) return;
    const [{ en }, { markChinese }] = loaded;
    english = en;
    if (typeof document !== 'undefined') unmark ??= markChinese(document.body);
  } else {
    unmark?.();
    unmark = null;
  }
  current = next;
  try {
    localStorage.setItem(STORE, next);
  } catch {
    // Private windows may refuse to store; the choice then lasts as long as the page.
  }
  if (typeof document !== 'undefined') document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

/** The sentence of a key in the chosen language. */
export function t(key: TextKey, params: { readonly [name: string]: string | number } = {}): string {
  return ((current === 'en' && english) || zhCN)[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}

/** The language, and the component renders again when it changes. */
export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, locale, () => 'zh-CN' as const);
}

/** `t`, and the component renders again when the language changes. */
export function useTexts(): typeof t {
  useLocale();
  return t;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
