import { fieldsOf } from '../../engine/forms/index.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Crypto } from '../crypto/crypto.ts';

/** 48 bits: a hundred thousand cases of some dozens of values meet by chance once in a long time, and nothing leaks then. */
const LENGTH = 8;
const SHORTEST = 2;
const LONGEST = 60;

/** As it is typed anywhere: wide or narrow, capital or small, digits with or without spaces. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\d)[ -](?=\d)/g, '')
    .trim();
}

/** The blind key of a value: equal values have equal keys, and nobody reads a value out of one without the ring. */
export function searchKey(crypto: Pick<Crypto, 'digest'>, text: string): string {
  return Buffer.from(crypto.digest('search', folded(text)), 'hex')
    .toString('base64url')
    .slice(0, LENGTH);
}

/** Keys of what stands in the short texts of a case: names, numbers, addresses to write to. */
export function searchKeys(
  crypto: Pick<Crypto, 'digest'>,
  definition: Definition,
  state: CaseState,
): readonly string[] {
  const keys = new Set<string>();
  for (const [form, values] of Object.entries(state.forms)) {
    const schema = definition.forms[form];
    if (schema === undefined) continue;
    for (const { name, kind, file, secret } of fieldsOf(schema)) {
      const value = values[name];
      if (typeof value !== 'string' || file !== null || secret !== null || !['text', 'search'].includes(kind)) continue;
      const { length } = value.trim();
      if (length >= SHORTEST && length <= LONGEST) keys.add(searchKey(crypto, value));
    }
  }
  return [...keys];
}
