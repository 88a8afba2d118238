import { expect, test } from 'vitest';
import type { IndexEntry } from '../../../server/cases/index-of-cases.ts';
import type { Context } from '../../../server/context.ts';
import { countUnread, listMessages } from '../../../server/use-cases/messages.ts';
import { chance, NOW, someEntry, someone } from '../../support/many-entries.ts';

const COUNT = 1_200;
const agent = someone('agent', [{ role: 'applicant', projects: null }]);

/** Somebody who has so many cases, each with a message; case 7 is another's. */
function contextOf(): { readonly context: Context; readonly opened: number[] } {
  const from = chance(1);
  const entries = Array.from({ length: COUNT }, (_, n): IndexEntry => {
    const entry = { ...someEntry(n, from), owner: n === 7 ? 'another' : 'agent', createdAt: NOW - n };
    return { ...entry, inbox: [{ key: `${entry.id}:1:1`, at: NOW - n }] };
  });
  const opened: number[] = [];
  const lists = {
    async ownedBy(person: string, most = Number.POSITIVE_INFINITY) {
      const found = entries.filter(({ owner }) => owner === person).slice(0, most);
      opened.push(found.length);
      return found;
    },
    async many(ids: readonly string[]) {
      return new Map(entries.filter(({ id }) => ids.includes(id)).map((entry) => [entry.id, entry]));
    },
  };
  const read = async () => ({ document: { inbox: [] }, definition: {} });
  const context = { cases: { lists, read }, store: { readDocument: async () => null } } as unknown as Context;
  return { context, opened };
}
const caseNamed = (n: number): string => `case${String(n).padStart(5, '0')}`;

test('of somebody with very many cases the newest are looked through, however many there are', async () => {
  const { context, opened } = contextOf();
  expect(await countUnread(context, agent)).toBe(1_000);
  expect(opened).toEqual([1_000]);
});

test('an older case that is asked for is looked at, too; not that of somebody else', async () => {
  const { context } = contextOf();
  const asked = async (n: number) =>
    (await listMessages(context, agent, { case: caseNamed(n), unread: false }, 1)).total;
  expect([await asked(3), await asked(1_150), await asked(7)]).toEqual([1, 1, 0]);
});
