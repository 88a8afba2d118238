import { course, courseStart } from '../../engine/index.ts';
import type { Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { isDeskRole } from '../policies/roles.ts';
import { countedOf } from '../reports/counted.ts';
import { watchFrom } from '../running/watch.ts';
import type { Beside, DeskRow, Kept } from '../store/listing.ts';
import type { CaseDocument } from '../store/store.ts';
import type { IndexEntry } from './index-of-cases.ts';
import { searchKey } from './search-keys.ts';

/** Behind every time that somebody waits for. */
export const FAR = Number.MAX_SAFE_INTEGER;

export interface Describing {
  readonly crypto: Pick<Crypto, 'sealText' | 'digest'>;
  readonly form: string;
  readonly env: Environment;
}

/** What a store keeps beside a case that answers lists itself. What may say something of a person is sealed, or hashed with a key. */
export function besideOf(
  document: CaseDocument,
  definition: Definition,
  entry: IndexEntry,
  kept: Kept,
  { crypto, form, env }: Describing,
): Beside {
  const { state, journal } = document;
  const { promised, over, owner, workflow, release, label, lists, createdAt, updatedAt, keys } = entry;
  const counting = course(definition, state, journal, kept.course ?? courseStart, env);
  return {
    form,
    entry: sealEntry(crypto, entry),
    ...{ owner, workflow, release, label, lists, createdAt, updatedAt, keys },
    company: entry.company ?? null,
    warn: over ? null : (promised?.warn ?? null),
    late: over ? null : (promised?.until ?? null),
    watch: watchFrom(entry, definition),
    about: entry.subject === '' ? null : searchKey(crypto, entry.subject),
    rows: deskRows(entry),
    course: counting.mark,
    counted: counting.events.flatMap((event) => countedOf(state.id, event)),
  };
}

function deskRows({ tasks, roles, until }: IndexEntry): readonly DeskRow[] {
  const rows = tasks.flatMap(({ by, only, not, prefer, claimed, first }): DeskRow[] =>
    isDeskRole(by)
      ? [
          {
            ...{ kind: 'task', role: by, claimed, until: until ?? FAR, rank: first ? 1 : 2 },
            ...{ onlyBy: only ?? '', notBy: not, prefer: prefer ?? '' },
          },
        ]
      : [],
  );
  const seen = [...roles].filter(isDeskRole).map(
    (role): DeskRow => ({
      ...{ kind: 'seen', role, claimed: false, until: until ?? FAR, rank: 2 },
      ...{ onlyBy: '', notBy: [], prefer: '' },
    }),
  );
  // Two tasks of a role that the same people may do are one row.
  const different = new Map([...rows, ...seen].map((row) => [JSON.stringify(row), row]));
  return [...different.values()];
}

const placeOf = (id: string): string => `listed/${id}`;

function sealEntry(crypto: Pick<Crypto, 'sealText'>, entry: IndexEntry): string {
  return crypto.sealText('document', JSON.stringify({ ...entry, roles: [...entry.roles] }), placeOf(entry.id));
}

/** @throws Unsealable when it was changed, moved, or the key is gone */
export function openEntry(crypto: Pick<Crypto, 'openText'>, id: string, sealed: string): IndexEntry {
  const { roles, ...entry } = JSON.parse(crypto.openText('document', sealed, placeOf(id))) as Omit<
    IndexEntry,
    'roles'
  > & { readonly roles: readonly string[] };
  return { ...entry, roles: new Set(roles) };
}
