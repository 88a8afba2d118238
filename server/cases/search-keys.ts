import { fieldsOf } from '../../engine/forms/index.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Definition, FormSchema } from '../../engine/model/definition.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Recent } from '../store/recent.ts';

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
    for (const name of searched(schema)) {
      const value = values[name];
      if (typeof value !== 'string') continue;
      const { length } = value.trim();
      if (length >= SHORTEST && length <= LONGEST) keys.add(knownKey(crypto, value));
    }
  }
  return [...keys];
}

/** Characters of the texts whose keys are remembered: those of some hundred cases. */
const MOST = 2_000_000;
const recents = new WeakMap<object, Recent<string>>();

/** What a case is described by changes in one or two of thirty values from step to step. The key of a text is always the same. */
function knownKey(crypto: Pick<Crypto, 'digest'>, text: string): string {
  const recent = recents.get(crypto) ?? new Recent<string>(MOST);
  recents.set(crypto, recent);
  const known = recent.get(text);
  if (known !== undefined) return known;
  const key = searchKey(crypto, text);
  recent.set(text, key, text.length);
  return key;
}

const fields = new WeakMap<FormSchema, readonly string[]>();

/** Fields that hold a short text. A schema never changes. */
function searched(schema: FormSchema): readonly string[] {
  const known = fields.get(schema);
  if (known) return known;
  const names = fieldsOf(schema)
    .filter(({ kind, file, secret }) => file === null && secret === null && ['text', 'search'].includes(kind))
    .map(({ name }) => name);
  fields.set(schema, names);
  return names;
}
