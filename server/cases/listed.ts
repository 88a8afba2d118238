import type { Definition } from '../../engine/model/definition.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { Listing } from '../store/listing.ts';
import type { Describe } from '../store/sealed.ts';
import { besideOf, openEntry } from './beside.ts';
import type { Cases } from './cases.ts';
import type { CaseDeps } from './deps.ts';

/** Entries are found under keys of the ring: with another ring, or made otherwise, they are of no use. */
export const formOf = (crypto: Pick<Crypto, 'digest'>): string => crypto.digest('search', 'index of cases 2');

/** Lists that the store answers. */
export function listedBy(listing: Listing, crypto: Crypto, form: string): NonNullable<CaseDeps['listed']> {
  return {
    lists: listing.lists(form, (id, sealed) => openEntry(crypto, id, sealed)),
    undescribed: () => listing.undescribed(form),
  };
}

/** What the store writes beside a case of this definition. */
export function describing(
  definition: Definition,
  cases: Pick<Cases, 'described' | 'env'>,
  crypto: Crypto,
  form: string,
): Describe {
  return (document, kept) =>
    besideOf(document, definition, cases.described(document, definition), kept, { crypto, form, env: cases.env() });
}
