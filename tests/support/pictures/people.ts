import { creditCodeCheck } from '../../../engine/forms/formats/credit-code.ts';
import { idNumberCheck } from '../../../engine/forms/formats/id-number.ts';
import type { Random } from './random.ts';
import { usual, type Words } from './words.ts';

/**
 * Fictional people and companies: places that do not exist, region 990000, which nobody's number has, valid check digits. The keys
 * are those that a form's `x-ocr` can ask for.
 */
export interface Licence {
  readonly name: string;
  readonly code: string;
  readonly legalRep: string;
  readonly type: string;
  readonly capital: string;
  readonly established: string;
  readonly address: string;
  readonly scope: string;
}

export interface IdCard {
  readonly name: string;
  readonly number: string;
  readonly nation: string;
  readonly address: string;
  readonly sex: string;
  readonly born: string;
  readonly authority: string;
  readonly validFrom: string;
  /** Null: 长期. */
  readonly validUntil: string | null;
}

const two = (n: number) => String(n).padStart(2, '0');

function person(random: Random, { surnames, given }: Words): string {
  const double = random.next() < 0.04;
  return (
    (double ? random.pick(['欧阳', '司马', '上官', '诸葛']) : random.pick(surnames)) +
    random.signs(given.join(''), random.next() < 0.25 ? 1 : 2)
  );
}

function place(random: Random, { provinces, cities, districts, streets }: Words): string {
  const at = `${random.pick(streets)}${random.whole(1, 688)}号`;
  const house = random.pick([
    '',
    `${random.whole(1, 12)}栋${random.whole(1, 32)}0${random.whole(1, 9)}室`,
    `金融大厦${random.pick(['A', 'B', 'C'])}座${random.whole(2, 40)}层`,
    `第${random.whole(1, 9)}工业区厂房${random.whole(101, 612)}（一照多址企业）`,
  ]);
  return `${random.next() < 0.5 ? random.pick(provinces) : ''}${random.pick(cities)}${random.pick(districts)}${at}${house}`;
}

function day(
  random: Random,
  from: number,
  to: number,
): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: random.whole(from, to), month: random.whole(1, 12), day: random.whole(1, 28) };
}

export function licence(random: Random, of: Words = usual): Licence {
  const { cities, words, businesses, types, capitals, scopes } = of;
  const first = `9199000${random.whole(0, 9)}${random.signs('0123456789ABCDEFGHJKLMNPQRTUWXY', 9)}`;
  const founded = day(random, 1996, 2025);
  const city = random.pick(cities).replace(/市$/, '');
  const middle = random.next() < 0.3 ? `（${random.pick(cities).replace(/市$/, '')}）` : '';
  return {
    name: `${city}${random.next() < 0.5 ? '市' : ''}${random.signs(words.join(''), random.whole(2, 4))}${random.pick(businesses)}${middle}${random.pick(['有限公司', '有限公司', '有限责任公司', '股份有限公司', '集团有限公司'])}`,
    code: first + creditCodeCheck(first),
    legalRep: person(random, of),
    type: random.pick(types),
    capital: random.pick(capitals),
    established: `${founded.year}-${two(founded.month)}-${two(founded.day)}`,
    address: place(random, of),
    scope: random.pick(scopes),
  };
}

export function idCard(random: Random, of: Words = usual): IdCard {
  const { nations, cities, districts } = of;
  const born = day(random, 1955, 2006);
  const first = `99000${random.whole(0, 9)}${born.year}${two(born.month)}${two(born.day)}${random.signs('0123456789', 3)}`;
  const from = day(random, 2007, 2025);
  const term = random.pick([5, 10, 10, 20, 20, 0]);
  const date = (year: number) => `${year}-${two(from.month)}-${two(from.day)}`;
  return {
    name: person(random, of),
    number: first + idNumberCheck(first),
    nation: random.pick(nations),
    address: place(random, of),
    sex: Number(first[16]) % 2 === 1 ? '男' : '女',
    born: `${born.year}-${two(born.month)}-${two(born.day)}`,
    authority: `${random.pick(cities)}公安局${random.next() < 0.6 ? `${random.pick(districts).slice(0, 2)}分局` : ''}`,
    validFrom: date(from.year),
    validUntil: term === 0 ? null : date(from.year + term),
  };
}
