import { type Label, type Row, rowsOf, unanswered } from '../layout.ts';
import type { NumberRule } from '../numbers.ts';
import type { Line } from '../page.ts';
import type { Value } from '../value.ts';
import { businessLicence, businessLicenceLabels, creditCode } from './business-licence.ts';
import { idCardBack, idCardBackLabels } from './id-card-back.ts';
import { idCardFront, idCardFrontLabels, idNumber } from './id-card-front.ts';

/** Field -> what was read; null or absent = nothing. */
export interface Fields {
  readonly [field: string]: Value | null;
}

interface Kind {
  readonly read: (rows: readonly Row[]) => Fields;
  readonly labels: readonly Label[];
  readonly essential: readonly string[];
  /** Those with a check digit. */
  readonly numbers: { readonly [field: string]: NumberRule };
}

/** The kinds of picture, as `x-ocr` of a form names them. */
const kinds: { readonly [kind: string]: Kind } = {
  businessLicense: {
    read: businessLicence,
    labels: businessLicenceLabels,
    essential: ['name', 'code', 'legalRep', 'address'],
    numbers: { code: creditCode },
  },
  idCardFront: {
    read: idCardFront,
    labels: idCardFrontLabels,
    essential: ['name', 'number'],
    numbers: { number: idNumber },
  },
  idCardBack: { read: idCardBack, labels: idCardBackLabels, essential: ['validFrom'], numbers: {} },
};

/** Fields that every picture of the kind has. */
export function essential(kind: string): readonly string[] {
  return kinds[kind]?.essential ?? [];
}

/** Fields that a check digit confirms, and how they are written. */
export function numbersOf(kind: string): { readonly [field: string]: NumberRule } {
  return kinds[kind]?.numbers ?? {};
}

/** Lines that end with a label beside which nothing was found. */
export function bareLabels<L extends Line>(kind: string, lines: readonly L[]): readonly L[] {
  const ends = new Set<Line>(unanswered(rowsOf(sensible(lines)), kinds[kind]?.labels ?? []));
  return lines.filter((line) => ends.has(line));
}

/** What a picture of that kind says; nothing for a kind that is not known. */
export function fieldsOf(kind: string, lines: readonly Line[]): { readonly [field: string]: Value } {
  const known = kinds[kind];
  if (!known) return {};
  const found = known.read(rowsOf(sensible(lines)));
  return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, Value] => entry[1] !== null));
}

/** Without the print of a seal, a watermark across the page and specks. */
function sensible(lines: readonly Line[]): readonly Line[] {
  const heights = lines.map(({ height }) => height).sort((a, b) => a - b);
  const usual = heights[Math.floor(heights.length / 2)] ?? 0;
  return lines.filter(({ height, score }) => height < 2.6 * usual && height > 0.35 * usual && score > 0.45);
}
