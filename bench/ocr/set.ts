import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type Drawn, drawIdBack, drawIdFront, drawLicence, type Look } from '../../tests/support/pictures/cards.ts';
import { idCard, licence } from '../../tests/support/pictures/people.ts';
import { type Damage, damages, photograph } from '../../tests/support/pictures/photo.ts';
import { random } from '../../tests/support/pictures/random.ts';

/** Rules were written with pictures of `known`; `new` has other layouts, another font and other seeds. */
export type Part = 'known' | 'new';

export interface Picture {
  readonly kind: Drawn['kind'];
  readonly expected: Drawn['expected'];
  readonly look: Look;
  readonly damage: Damage;
  readonly image: Buffer;
}

const looks: {
  readonly [part in Part]: {
    readonly fonts: readonly string[];
    readonly licence: readonly string[];
    readonly card: readonly string[];
  };
} = {
  known: { fonts: ['Noto Sans CJK SC', 'Noto Serif CJK SC'], licence: ['wide', 'plain'], card: ['standard'] },
  new: { fonts: ['ZCOOL XiaoWei', 'Noto Sans SC'], licence: ['tall', 'wide'], card: ['loose', 'copied'] },
};

/** One picture of the set; the same number gives the same picture. */
export async function pictureOf(page: Page, part: Part, number: number): Promise<Picture> {
  const source = random(number * 7919 + (part === 'new' ? 1_000_003 : 17));
  const { fonts, licence: licences, card } = looks[part];
  const font = `'${source.pick(fonts)}'`;
  const damage = damages[Math.floor(number / 4) % damages.length]!;
  // Of four pictures two are licences, which have more to read.
  const turn = number % 4;
  const look = { font, layout: source.pick(turn < 2 ? licences : card) };
  const drawn =
    turn < 2
      ? drawLicence(licence(source), look)
      : turn === 2
        ? drawIdFront(idCard(source), look)
        : drawIdBack(idCard(source), look);
  const image = await photograph(page, drawn, damage, source, fontFaces);
  return { kind: drawn.kind, expected: drawn.expected, look, damage, image };
}

const host = 'http://fonts.invalid/';
const folders = {
  xiaowei: 'bench/node_modules/@fontsource/zcool-xiaowei/',
  sans: 'node_modules/@expo-google-fonts/noto-sans-sc/400Regular/',
};
const fontFaces = `${readFileSync(`${folders.xiaowei}400.css`, 'utf8').replaceAll('url(./', `url(${host}xiaowei/`)}
@font-face { font-family: 'Noto Sans SC'; src: url(${host}sans/NotoSansSC_400Regular.ttf); }`;

/** Fonts of packages come from the disk; nothing is fetched. */
export async function serveFonts(page: Page): Promise<void> {
  await page.route(`${host}**`, (route) => {
    const [, folder = '', ...rest] = new URL(route.request().url()).pathname.split('/');
    const path = folders[folder as keyof typeof folders] + rest.join('/');
    return route.fulfill({ body: readFileSync(path), headers: { 'access-control-allow-origin': '*' } });
  });
}
