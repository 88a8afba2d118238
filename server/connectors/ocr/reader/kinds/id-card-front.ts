import { formatOf } from '../../../../../engine/forms/formats/index.ts';
import { type Glyph, type Label, type Row, valuesOf } from '../layout.ts';
import { ofPlaces, wordsIn } from '../lexicon.ts';
import { among, nearest } from '../mend.ts';
import { type NumberRule, numberIn, rank } from '../numbers.ts';
import { chineseMarks, scoreOf, textValue, type Value } from '../value.ts';
import nations from '../words/nations.json' with { type: 'json' };
import type { Fields } from './index.ts';
import { personName } from './person-name.ts';

export const idCardFrontLabels: readonly Label[] = [
  { id: 'name', words: ['姓名'] },
  { id: 'sex', words: ['性别'] },
  { id: 'nation', words: ['民族'], inside: true },
  { id: 'born', words: ['出生'] },
  { id: 'address', words: ['住址'], long: true },
  { id: 'number', words: ['公民身份号码', '公民身份证号码', '身份号码'] },
];

export const idNumber: NumberRule = {
  length: 18,
  allowed: (place) => (place === 17 ? '0123456789X' : '0123456789'),
  fits: (value) => formatOf('idNumber')?.problem(value, 'zh-CN') === null,
};

const nationSigns = new Set(nations.nations.join(''));

/** Portrait side of a resident's identity card: name, number, nation, address. Sex and birth date follow from the number. */
export function idCardFront(rows: readonly Row[]): Fields {
  const values = valuesOf(rows, idCardFrontLabels);
  const nation = among(chineseMarks(values.get('nation') ?? []), nationSigns, { 口: '回', 囗: '回' });
  return {
    name: personName(values.get('name') ?? firstAbove(rows, values)),
    number: numberOf(rows),
    nation: textValue(nearest(nation, nations.nations) ?? (scoreOf(nation) > 0.5 ? nation : [])),
    address: textValue(wordsIn(chineseMarks(values.get('address') ?? []), ofPlaces, new Map())),
  };
}

function numberOf(rows: readonly Row[]): Value | null {
  const found = rows.map(({ glyphs }) => numberIn(glyphs, idNumber)).filter((one) => one !== null);
  return found.sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

/** The label was not read: the name is the line above the sex. */
function firstAbove(rows: readonly Row[], values: ReadonlyMap<string, readonly Glyph[]>): readonly Glyph[] {
  const sex = (values.get('sex') ?? values.get('nation'))?.[0];
  if (!sex) return [];
  const above = rows.filter(({ glyphs }) => {
    const [first] = glyphs;
    return first !== undefined && first.y < sex.y - 0.6 * sex.height && first.y > sex.y - 4 * sex.height;
  });
  const glyphs = above.at(-1)?.glyphs ?? [];
  const label = glyphs.findIndex(({ sign }) => sign === '名');
  return label >= 0 && label <= 1 ? glyphs.slice(label + 1) : glyphs[0]?.sign === '姓' ? glyphs.slice(2) : glyphs;
}
