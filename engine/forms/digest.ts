import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json, JsonObject } from '../model/json.ts';
import { list, object } from './fields.ts';
import { canonical } from './json.ts';

/** Base 32 without letters that are taken for digits. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The version code that a printed document carries: 40 bits of SHA-256 over the data it is about, `7K3M-Q0ZD`.
 * @param about forms (`organization`) or fields (`organization.name`), as the document lists them
 * @param forms the committed data
 */
export function documentDigest(about: readonly string[], forms: { readonly [form: string]: JsonObject }): string {
  const data: JsonObject = {};
  for (const path of about) {
    const [form = '', field] = path.split('.');
    const values = forms[form];
    data[path] = (field === undefined ? values : values?.[field]) ?? null;
  }
  const bytes = sha256(utf8ToBytes(canonical(data)));
  let bits = 0n;
  for (const byte of bytes.slice(0, 5)) bits = (bits << 8n) | BigInt(byte);
  let code = '';
  for (let shift = 35n; shift >= 0n; shift -= 5n) code += alphabet[Number((bits >> shift) & 31n)];
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What a document of the definition is about; null for one that carries no digest. */
export function aboutOf(document: Json | undefined): string[] | null {
  const about = list(object(document).about).filter((path): path is string => typeof path === 'string');
  return about.length > 0 ? about : null;
}
