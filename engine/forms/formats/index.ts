import { bankAccount } from './bank-account.ts';
import { creditCode } from './credit-code.ts';
import { date } from './date.ts';
import { dateTime } from './date-time.ts';
import { duration } from './duration.ts';
import { email } from './email.ts';
import type { Format } from './format.ts';
import { idNumber } from './id-number.ts';
import { mobile } from './mobile.ts';
import { postcode } from './postcode.ts';
import { taxNumber } from './tax-number.ts';

/** The formats of the vocabulary, in the order of `forms/README.md`. */
export const formats: readonly Format[] = [
  idNumber,
  creditCode,
  mobile,
  email,
  date,
  dateTime,
  bankAccount,
  postcode,
  taxNumber,
  duration,
];

const byId = new Map(formats.map((format) => [format.id, format]));

export function formatOf(id: string | null): Format | null {
  return id === null ? null : (byId.get(id) ?? null);
}

export type { Format };
