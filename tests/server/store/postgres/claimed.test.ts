import { expect, test } from 'vitest';
import { MOST_FOUND } from '../../../../server/cases/case-lists.ts';
import type { IndexEntry } from '../../../../server/cases/index-of-cases.ts';
import { PostgresLists } from '../../../../server/store/postgres/lists/case-lists.ts';
import { chance, someEntry, someone } from '../../../support/many-entries.ts';

/** Lists of a database in which so many tasks are claimed. */
function listsOf(count: number): PostgresLists {
  const from = chance(1);
  const entries = Array.from({ length: count }, (_, n): IndexEntry => ({ ...someEntry(n, from), owner: 'somebody' }));
  const of = new Map(entries.map((entry) => [entry.id, entry]));
  const database = {
    async read(_: string, __: string, values: readonly unknown[]) {
      return entries.slice(0, Number(values.at(-1))).map(({ id }) => ({ id, entry: id }));
    },
  };
  return new PostgresLists(database as never, 'form', (id) => of.get(id)!);
}
const auditor = someone('auditor', [{ role: 'auditor', projects: null }]);

test('as many claimed tasks as are listed are all of them; of one more it is said that there are others', async () => {
  const all = await listsOf(MOST_FOUND).claimed(auditor);
  expect([all.entries.length, all.more]).toEqual([MOST_FOUND, false]);
  const some = await listsOf(MOST_FOUND + 1).claimed(auditor);
  expect([some.entries.length, some.more]).toEqual([MOST_FOUND, true]);
});
