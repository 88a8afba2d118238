import { isDate } from '../../../../../engine/forms/formats/date.ts';
import { formatOf } from '../../../../../engine/forms/formats/index.ts';
import { type Glyph, type Label, type Row, valuesOf } from '../layout.ts';
import { ofCompanies, ofPlaces, threesOf, wordsIn } from '../lexicon.ts';
import { among, nearest } from '../mend.ts';
import { type NumberRule, numberIn, rank } from '../numbers.ts';
import { chineseMarks, digitOf, scoreOf, textValue, type Value } from '../value.ts';
import companyTypes from '../words/company-types.json' with { type: 'json' };
import type { Fields } from './index.ts';
import { personName } from './person-name.ts';

export const businessLicenceLabels: readonly Label[] = [
  { id: 'code', words: ['统一社会信用代码', '社会信用代码'] },
  { id: 'name', words: ['企业名称', '名称'], long: true },
  { id: 'type', words: ['主体类型', '类型'], long: true },
  { id: 'form', words: ['组成形式'] },
  { id: 'legalRep', words: ['法定代表人', '负责人', '经营者', '投资人', '执行事务合伙人'] },
  { id: 'capital', words: ['注册资本', '出资额', '资金数额'] },
  { id: 'established', words: ['成立日期', '注册日期'] },
  { id: 'term', words: ['营业期限', '经营期限', '合伙期限'] },
  { id: 'address', words: ['主要经营场所', '营业场所', '经营场所', '住所'], long: true },
  { id: 'scope', words: ['经营范围'] },
  { id: 'authority', words: ['登记机关'], foot: true },
  { id: 'end', words: ['国家企业信用信息公示系统', '市场主体应当', '扫描二维码', '扫描市场主体'], foot: true },
];

/** GB 32100: no I, O, S, V, Z; the place of registration in the third to eighth sign is a number. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
export const creditCode: NumberRule = {
  length: 18,
  allowed: (place) => (place >= 2 && place <= 7 ? '0123456789' : alphabet),
  fits(value) {
    const format = formatOf('creditCode');
    return format?.problem(value, 'zh-CN') === null && format.doubt?.(value, 'zh-CN') === null;
  },
};

/** What an amount is written with. */
const amountSigns = new Set(
  '零〇壹贰叁肆伍陆柒捌玖拾佰仟一二三四五六七八九十百千万亿元圆整正角分人民币美港欧日0123456789.,（）',
);
const likeAmountSigns = { 件: '仟', 任: '仟', 什: '仟', 伯: '佰', 百: '佰', 式: '贰', 伺: '佰', 参: '叁', 等: '零' };

/** Business licence of any layout since 2014: name, code, type, legal representative, capital, day of establishment, address. */
export function businessLicence(rows: readonly Row[]): Fields {
  const values = valuesOf(rows, businessLicenceLabels);
  const elsewhere = threesOf(rows);
  const glyphsOf = (id: string) => chineseMarks(values.get(id) ?? []);
  const { name, type } = apart(glyphsOf('name'), glyphsOf('type'));
  return {
    name: textValue(wordsIn(name, ofCompanies, elsewhere)),
    code: codeOf(rows),
    type: textValue(nearest(type, companyTypes.types) ?? type),
    legalRep: personName(glyphsOf('legalRep')) ?? textValue(glyphsOf('legalRep')),
    capital: textValue(among(glyphsOf('capital'), amountSigns, likeAmountSigns)),
    established: dateOf(values.get('established') ?? []),
    address: textValue(wordsIn(glyphsOf('address'), ofPlaces, elsewhere)),
  };
}

/** Where the label of the kind was not read, the kind seems to be the last lines of the name. */
function apart(name: readonly Glyph[], type: readonly Glyph[]): { name: readonly Glyph[]; type: readonly Glyph[] } {
  if (type.length > 0) return { name, type };
  for (let at = 1; at < name.length; at++) {
    if (name[at]?.line === name[at - 1]?.line) continue;
    const kind = nearest(name.slice(at), companyTypes.types);
    if (kind) return { name: name.slice(0, at), type: kind };
  }
  return { name, type };
}

function codeOf(rows: readonly Row[]): Value | null {
  const found = rows.map(({ glyphs }) => numberIn(glyphs, creditCode)).filter((one) => one !== null);
  return found.sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

function dateOf(glyphs: readonly Glyph[]): Value | null {
  const text = glyphs.map(({ sign }) => digitOf(sign) ?? sign).join('');
  const match = /(\d{4})年(\d{1,2})月(\d{1,2})/.exec(text);
  if (!match) return null;
  const value = `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`;
  return isDate(value) ? { value, score: scoreOf(glyphs), checked: false } : null;
}
