import type { Json } from '../../../../engine/model/json.ts';
import type { Dues } from '../../../cases/dues.ts';
import { cellOf, type Sum } from '../../../reports/counted.ts';
import type { Counts } from '../../../reports/rollup.ts';
import type { Listing } from '../../listing.ts';
import type { Database } from '../database.ts';
import { PostgresLists } from './case-lists.ts';
import * as sql from './plain-sql.ts';

const PAGE = 5_000;

interface DueRow {
  readonly id: string;
  readonly timer_due: string | null;
  readonly outbox_due: string | null;
  readonly queued: Dues['queued'] | null;
  readonly [column: string]: Json | unknown;
}
interface SumRow {
  readonly day: string;
  readonly what: string;
  readonly n: string;
  readonly ms: string;
  readonly cases: readonly string[];
  readonly [column: string]: unknown;
}

/** What the database keeps beside the cases. */
export function postgresListing(database: Database): Listing {
  return {
    lists: (form, open) => new PostgresLists(database, form, open),
    counts: () => countsIn(database),
    undescribed: (form) => paged(database, sql.UNDESCRIBED, form, ({ id }) => id),
    async sealed(id) {
      const [row] = await database.read<{ entry: string | null }>(`case ${id}`, sql.SEALED, [id]);
      return row?.entry ?? null;
    },
    dues: (until) =>
      paged(database, sql.DUES, until, (row) => {
        const { id, timer_due, outbox_due, queued } = row as DueRow;
        const at = (due: string | null): number | null => (due === null ? null : Number(due));
        return { id, dues: { timer: at(timer_due), outbox: at(outbox_due), ...(queued && { queued }) } };
      }),
  };
}

async function* paged<T>(
  database: Database,
  text: string,
  first: unknown,
  make: (row: { readonly id: string }) => T,
): AsyncIterable<T> {
  for (let after = ''; ; ) {
    const rows = await database.read<{ id: string }>('lists', text, [first, after, PAGE]);
    for (const row of rows) yield make(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
  }
}

function countsIn(database: Database): Counts {
  return {
    async cells(project, from, to) {
      const days = new Map<string, Sum[]>();
      for (const { day, what, n, ms, cases } of await database.read<SumRow>('counts', sql.CELLS, [project, from, to])) {
        const sums = days.get(day) ?? [];
        days.set(day, sums);
        sums.push({ what, n: Number(n), ms: Number(ms), cases });
      }
      return [...days].map(([day, sums]) => [day, cellOf(sums)] as const);
    },
  };
}
