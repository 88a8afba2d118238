import { locale, useTexts } from './index.ts';

type Params = { readonly [name: string]: string | number };

/** What a part of the product says, in both languages; `{name}` is filled in. A key that is missing does not compile. */
export function dictionary<const T extends { readonly [key: string]: string }>(
  zh: T,
  en: { readonly [K in keyof T]: string },
): (key: keyof T, params?: Params) => string {
  return (key, params = {}) =>
    (locale() === 'en' ? en : zh)[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in params ? String(params[name]) : whole,
    );
}

/** Renders again when the language changes. */
export function useLanguage(): void {
  useTexts();
}
