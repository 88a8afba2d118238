import { locale } from './index.ts';

const written = {
  'zh-CN': { comma: '，', colon: '：', list: '、', semicolon: '；', open: '（', close: '）' },
  en: { comma: ', ', colon: ': ', list: ', ', semicolon: '; ', open: ' (', close: ')' },
} as const;

/** A mark between words, as the language of the page writes it. `list` stands between things of a list. */
export function mark(name: keyof (typeof written)['en']): string {
  return written[locale()][name];
}

/** Something said in brackets. */
export function aside(text: string): string {
  return `${mark('open')}${text}${mark('close')}`;
}
