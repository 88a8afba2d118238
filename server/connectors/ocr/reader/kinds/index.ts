import { type Row, rowsOf } from '../layout.ts';
import type { Line } from '../page.ts';
import type { Value } from '../value.ts';
import { businessLicence } from './business-licence.ts';
import { idCardBack } from './id-card-back.ts';
import { idCardFront } from './id-card-front.ts';

/** Field -> what was read; null or absent = nothing. */
export interface Fields {
  readonly [field: string]: Value | null;
}

/** The kinds of picture, as `x-ocr` of a form names them. */
const kinds: {
  readonly [kind: string]: { readonly read: (rows: readonly Row[]) => Fields; readonly essential: readonly string[] };
} = {
  businessLicense: { read: businessLicence, essential: ['name', 'code', 'legalRep', 'address'] },
  idCardFront: { read: idCardFront, essential: ['name', 'number'] },
  idCardBack: { read: idCardBack, essential: ['validFrom'] },
};

/** Fields that every picture of the kind has. */
export function essential(kind: string): readonly string[] {
  return kinds[kind]?.essential ?? [];
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
