import type { Json, JsonObject } from '../../engine/model/json.ts';
import { canonical } from '../../engine/read/canonical.ts';
import type { CaseLists } from '../cases/case-lists.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { idOf } from '../ids.ts';

interface Row {
  readonly owner: string;
  /** That the person acts for. */
  readonly company: string | null;
  readonly project: string;
  readonly forms: { readonly [form: string]: JsonObject };
}

/** Ids that follow from what they stand for. Keyed: nobody can try from an id which numbers a row holds. */
export interface Identity {
  /**
   * The case of a row: the same row of the same person is the same case, in whatever file it stands, as long as that case
   * is open. Once it is over, the row may be asked for again and is the next case.
   */
  caseOf(row: Row): Promise<{ readonly id: string; readonly isOpen: boolean }>;
  /** The same file of the same person, for the same company and project, is the same batch. */
  batchOf(asking: Omit<Row, 'forms'>, csv: string): string;
}

export function createIdentity(crypto: Crypto, lists: Pick<CaseLists, 'get'>): Identity {
  const idFrom = (...parts: readonly string[]): string => idOf(crypto.digest('batch', JSON.stringify(parts)));
  const whose = (owner: string, company: string | null): readonly string[] =>
    company === null ? [owner] : [owner, company];
  return {
    async caseOf({ owner, company, project, forms }) {
      const row = canonical(forms as Json);
      for (let n = 0; ; n += 1) {
        const id = idFrom('row', ...whose(owner, company), project, row, String(n));
        const entry = await lists.get(id);
        if (entry?.over !== true) return { id, isOpen: entry !== null };
      }
    },
    batchOf: ({ owner, company, project }, csv) =>
      idFrom('file', ...whose(owner, company), project, csv.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')),
  };
}
