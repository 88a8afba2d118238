import { useSyncExternalStore } from 'react';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/**
 * What the product itself says, in two languages. What the definitions say (titles, hints, articles) is content and
 * stays as it is written. Placeholders are `{name}`.
 */
export type TextKey = keyof typeof zhCN;
export type Locale = 'zh-CN' | 'en';
const texts: Record<Locale, Record<TextKey, string>> = { 'zh-CN': zhCN, en };
const STORE = 'certflow.locale';

let current: Locale = read();
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

export function setLocale(next: Locale): void {
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
  return texts[current][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}

/** `t`, and the component renders again when the language changes. */
export function useTexts(): typeof t {
  useSyncExternalStore(subscribe, locale, () => 'zh-CN' as const);
  return t;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
