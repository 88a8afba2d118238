import { existsSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type Drawn, drawIdBack, drawIdFront, drawLicence, type Look } from '../../tests/support/pictures/cards.ts';
import { drawFourthIdBack, drawFourthIdFront, drawFourthLicence } from '../../tests/support/pictures/cards-fourth.ts';
import { drawThirdIdBack, drawThirdIdFront, drawThirdLicence } from '../../tests/support/pictures/cards-third.ts';
import { drawUnseenIdBack, drawUnseenIdFront, drawUnseenLicence } from '../../tests/support/pictures/cards-unseen.ts';
import { idCard, licence } from '../../tests/support/pictures/people.ts';
import { type Damage, damages, photograph } from '../../tests/support/pictures/photo.ts';
import { random } from '../../tests/support/pictures/random.ts';
import { many, other, usual, type Words } from '../../tests/support/pictures/words.ts';
import { firstOf } from './collection.ts';

/**
 * Rules were written with pictures of `known`. `second`, `third` and `fourth` were held back at first, until it was looked at what was read wrong
 * on them. `unseen` has other layouts, fonts and seeds than all of them: what counts, as long as nobody looks.
 */
export const parts = ['known', 'second', 'third', 'fourth', 'unseen'] as const;
export type Part = (typeof parts)[number];

export interface Picture {
  readonly kind: Drawn['kind'];
  readonly expected: Drawn['expected'];
  readonly look: Look;
  readonly damage: Damage;
  readonly image: Buffer;
}

interface Looks {
  readonly seed: number;
  readonly words: Words;
  readonly fonts: readonly string[];
  readonly licence: readonly string[];
  readonly card: readonly string[];
  readonly draw: {
    readonly licence: typeof drawLicence;
    readonly front: typeof drawIdFront;
    readonly back: typeof drawIdBack;
  };
}

const draw = { licence: drawLicence, front: drawIdFront, back: drawIdBack };
const looks: { readonly [part in Part]: Looks } = {
  known: {
    seed: 17,
    words: usual,
    fonts: ['Noto Sans CJK SC', 'Noto Serif CJK SC'],
    licence: ['wide', 'plain'],
    card: ['standard'],
    draw,
  },
  second: {
    seed: 1_000_003,
    words: usual,
    fonts: ['ZCOOL XiaoWei', 'Noto Sans SC'],
    licence: ['tall', 'wide'],
    card: ['loose', 'copied'],
    draw,
  },
  third: {
    seed: 5_000_011,
    words: other,
    fonts: ['LXGW WenKai', 'MiSans'],
    licence: ['upright', 'trader'],
    card: ['issued', 'plainer'],
    draw: { licence: drawThirdLicence, front: drawThirdIdFront, back: drawThirdIdBack },
  },
  fourth: {
    seed: 9_000_041,
    words: other,
    fonts: ['AR PL SungtiL GB', 'AR PL KaitiM GB', 'WenQuanYi Zen Hei'],
    licence: ['sheet', 'ruled'],
    card: ['stacked', 'digital'],
    draw: { licence: drawFourthLicence, front: drawFourthIdFront, back: drawFourthIdBack },
  },
  unseen: {
    seed: 13_000_067,
    words: many,
    fonts: ["'Maple Mono CN','WenQuanYi Micro Hei'", "'WenQuanYi Micro Hei'"],
    licence: ['facing', 'notice'],
    card: ['broad', 'copyist'],
    draw: { licence: drawUnseenLicence, front: drawUnseenIdFront, back: drawUnseenIdBack },
  },
};

/** One picture of the set; the same number gives the same picture. */
export async function pictureOf(page: Page, part: Part, number: number): Promise<Picture> {
  const { seed, words, fonts, licence: licences, card, draw } = looks[part];
  const source = random(number * 7919 + seed);
  const chosen = source.pick(fonts);
  const font = chosen.includes("'") ? chosen : `'${chosen}'`;
  const damage = damages[Math.floor(number / 4) % damages.length]!;
  // Of four pictures two are licences, which have more to read.
  const turn = number % 4;
  const look = { font, layout: source.pick(turn < 2 ? licences : card) };
  const drawn =
    turn < 2
      ? draw.licence(licence(source, words), look)
      : turn === 2
        ? draw.front(idCard(source, words), look)
        : draw.back(idCard(source, words), look);
  const image = await photograph(page, drawn, damage, source, fontFaces);
  return { kind: drawn.kind, expected: drawn.expected, look, damage, image };
}

const host = 'http://fonts.invalid/';
const folders = {
  xiaowei: 'bench/node_modules/@fontsource/zcool-xiaowei/',
  sans: 'node_modules/@expo-google-fonts/noto-sans-sc/400Regular/',
  wenkai: 'bench/node_modules/@fontsource/lxgw-wenkai/',
  misans: 'bench/node_modules/misans/lib/Normal/',
  maple: 'bench/node_modules/@chinese-fonts/maple-mono-cn/dist/MapleMono-CN-Regular/',
};

/** Fonts that no npm package has: installed, or laid into `bench/fonts` as the bench's README says. */
const files: { readonly [file: string]: { readonly family: string; readonly from: string } } = {
  'gbsn00lp.ttf': { family: 'AR PL SungtiL GB', from: 'arphic-gbsn00lp' },
  'gkai00mp.ttf': { family: 'AR PL KaitiM GB', from: 'arphic-gkai00mp' },
  'wqy-microhei.ttc': { family: 'WenQuanYi Micro Hei', from: 'wqy' },
  'wqy-zenhei.ttc': { family: 'WenQuanYi Zen Hei', from: 'wqy' },
};

/** Never another font in its place, as a browser would do it silently. */
function debianFont(file: string): Buffer {
  const path = `usr/share/fonts/truetype/${files[file]?.from}/${file}`;
  const found = [`/${path}`, `bench/fonts/${path}`].find((one) => existsSync(one));
  if (!found) throw new Error(`${path} is missing: see "What ocr reads" in bench/README.md`);
  return firstOf(readFileSync(found));
}

/** A package's style sheet, its files by addresses that `serveFonts` answers. */
function faces(folder: keyof typeof folders, sheet: string): string {
  const css = readFileSync(`${folders[folder]}${sheet}`, 'utf8');
  return css.replaceAll(/url\((["']?)(?:\.\/)?/g, `url($1${host}${folder}/`);
}

/** A programmer's digits, with a stroke through the nought, stand on no paper of an authority: they come from the next font. */
function withoutLatin(css: string): string {
  return css
    .split('@font-face')
    .filter((face) => !/U\+0*[0-7]?[0-9a-f](?![0-9a-f])/i.test(face))
    .join('@font-face');
}

const fontFaces = `@font-face { font-family: 'Noto Sans SC'; src: url(${host}sans/NotoSansSC_400Regular.ttf); }
${faces('xiaowei', '400.css')}${['500.css', '700.css'].map((sheet) => faces('wenkai', sheet)).join('')}
${['MiSans-Regular.min.css', 'MiSans-Demibold.min.css'].map((sheet) => faces('misans', sheet)).join('')}${withoutLatin(faces('maple', 'result.css'))}
${Object.entries(files)
  .map(([file, { family }]) => `@font-face { font-family: '${family}'; src: url(${host}debian/${file}); }`)
  .join('\n')}`;

/** Fonts come from the disk; nothing is fetched. */
export async function serveFonts(page: Page): Promise<void> {
  await page.route(`${host}**`, (route) => {
    const [, folder = '', ...rest] = decodeURI(new URL(route.request().url()).pathname).split('/');
    const file = rest.join('/');
    const body = folder === 'debian' ? debianFont(file) : readFileSync(folders[folder as keyof typeof folders] + file);
    return route.fulfill({ body, headers: { 'access-control-allow-origin': '*' } });
  });
}
