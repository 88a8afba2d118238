import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOST_COUNTED } from '../../engine/contract/routes.ts';
import type { CaseLists, DeskAsking, Found, OwnAsking } from '../../server/cases/case-lists.ts';
import { CaseIndex, type IndexEntry } from '../../server/cases/index-of-cases.ts';
import { listsInMemory } from '../../server/cases/lists-in-memory.ts';
import { chance, NOW, PEOPLE, someEntry } from '../support/many-entries.ts';

export interface OpenedLists {
  readonly lists: CaseLists;
  put(entry: IndexEntry): Promise<void>;
  close(): Promise<void>;
}

const COUNT = 400;
const ids = ({ entries, total, more, page, pages }: Found) => {
  return { total, more, page, pages, ids: entries.map(({ id }) => id) };
};
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/**
 * What every implementation of the lists promises: of some hundred cases of every kind, each question has the answer that a
 * look at each case has. An implementation joins by calling this.
 */
export function caseListsContract(name: string, open: () => Promise<OpenedLists>): void {
  describe(`lists of cases: ${name}`, () => {
    const index = new CaseIndex();
    const plain = listsInMemory(index);
    let opened: OpenedLists;
    let lists: CaseLists;
    const entries: IndexEntry[] = [];

    beforeAll(async () => {
      opened = await open();
      lists = opened.lists;
      const from = chance(7);
      for (let n = 0; n < COUNT; n += 1) {
        // Half of them are changed after they were written: nothing of what they were is found.
        const { company: _, ...before } = someEntry(n, from);
        const entry = { ...someEntry(n, from), revision: 2 };
        const { owner, createdAt } = entry;
        if (n % 2 === 0) await opened.put({ ...before, owner, createdAt, revision: 1 });
        entries.push(entry);
        await opened.put(entry);
      }
      index.load(entries);
    });
    afterAll(() => opened.close());

    test('a case, some of them, by number; what is not there is not there', async () => {
      const [one, two] = entries as [IndexEntry, IndexEntry];
      expect(await lists.get(one.id)).toEqual(one);
      expect(await lists.get('nobody')).toBeNull();
      expect([...(await lists.many([two.id, 'nobody', one.id])).values()].map(({ id }) => id).sort()).toEqual([
        one.id,
        two.id,
      ]);
      expect([...(await lists.numbered([two.number, '0'])).values()]).toEqual([two]);
      expect(await lists.count()).toEqual({ cases: COUNT, estimated: false });
    });

    test('those of a person, the newest first', async () => {
      for (const owner of ['o1', 'ann', 'nobody'])
        for (const most of [undefined, 3])
          expect(await lists.ownedBy(owner, most)).toEqual(await plain.ownedBy(owner, most));
    });

    test('own lists and those of a company: every filter, every page', async () => {
      const some: Partial<OwnAsking>[] = [
        {},
        { list: 'done' },
        { number: entries[3]!.number.slice(-4) },
        { workflow: 'w1', status: '待审核' },
        { from: NOW - 200 * 3_600_000, before: NOW - 50 * 3_600_000 },
        { also: ({ subject }) => subject.includes('纺织') },
        { also: async () => false },
      ];
      for (const whose of [{ owner: 'o1' }, { owner: 'nobody' }, { company: 'c0' }])
        for (const one of some)
          for (const page of [1, 2, 99]) {
            const none = { list: '', number: '', workflow: '', status: '', from: null, before: null };
            const asking: OwnAsking = { whose, ...none, page, size: 10, ...one };
            const [found, wanted] = await Promise.all([lists.own(asking), plain.own(asking)]);
            expect(ids(found), JSON.stringify(asking)).toMatchObject(ids(wanted));
            expect(found.labels).toEqual(wanted.labels);
            expect(found.workflows.map(({ id }) => id).sort()).toEqual(wanted.workflows.map(({ id }) => id).sort());
          }
    });

    const views = ['mine', 'open', 'all'] as const;
    const place = { project: '', words: null, pressing: '', order: '', now: NOW, page: 1, size: 20 } as const;
    const same = async (asking: DeskAsking) => {
      const [found, wanted] = await Promise.all([lists.desk(asking), plain.desk(asking)]);
      const why = JSON.stringify({ ...asking, person: asking.person.id });
      // From so many on they need not be counted.
      const least = (count: number) => Math.min(count, MOST_COUNTED);
      const counts = ({ projects, pressing }: typeof found) => ({
        pressing: [least(pressing.warn), least(pressing.late)],
        projects: projects.map(({ id, count }) => `${id} ${least(count)}`).sort(),
      });
      expect(counts(found), why).toEqual(counts(wanted));
      expect(ids(found), why).toMatchObject(ids(wanted));
      return wanted.total;
    };

    test.each(PEOPLE)(
      'the queues of $id: every view, order and filter, in their order, with their counts',
      async (person) => {
        let seen = 0;
        for (const view of views)
          for (const order of ['', 'age'] as const)
            for (const pressing of ['', 'warn', 'late'] as const)
              for (const project of ['', 'p1', 'none'])
                for (const page of project === '' ? [1, 2, 99] : [1])
                  seen += await same({ ...place, person, view, order, pressing, project, page });
        expect(seen > 0).toBe(person.id !== 'eve');
      },
    );

    test('searches find by number, whole subject and blind key, and nothing that is not seen', async () => {
      const { number } = entries[5]!;
      const some = [
        { number, about: number, key: null },
        { number: number.slice(-9), about: number.slice(-9), key: null },
        { number: '江东纺织有限公司', about: '江东纺织有限公司', key: 'about 江东纺织有限公司' },
        { number: 'x', about: 'x', key: 'key2' },
        { number: '', about: '- -', key: 'nothing' },
        { number: '100%', about: '100%', key: null },
      ];
      let seen = 0;
      for (const person of PEOPLE)
        for (const view of views)
          for (const words of some)
            for (const pressing of ['', 'late'] as const)
              seen += await same({ ...place, person, view, words, pressing });
      expect(seen).toBeGreaterThan(100);
    });

    test('others about the same, as far as somebody sees them', async () => {
      for (const person of PEOPLE)
        for (const entry of entries.slice(0, 12))
          if (entry.subject !== '')
            expect(ids(await lists.alike(entry, person, 20))).toEqual(ids(await plain.alike(entry, person, 20)));
    });

    test('claimed tasks, what changed since, open cases, how a project stands', async () => {
      for (const person of PEOPLE) {
        const claimed = async (of: CaseLists) => {
          // A task that nobody can see at the desk is of no interest there.
          const found = (await of.claimed(person)).entries.filter(({ tasks }) =>
            tasks.some(({ by, only }) => only !== null && by !== 'applicant'),
          );
          return found.map(({ id }) => id).sort();
        };
        expect(await claimed(lists)).toEqual(await claimed(plain));
      }
      const first = await lists.changed(['p0', 'p2'], NOW - 300 * 3_600_000, null, 30);
      expect(first).toEqual(await plain.changed(['p0', 'p2'], NOW - 300 * 3_600_000, null, 30));
      const last = first.at(-1)!;
      const after = { at: last.updatedAt, id: last.id };
      expect(await lists.changed(['p0', 'p2'], 0, after, 30)).toEqual(await plain.changed(['p0', 'p2'], 0, after, 30));
      for (const project of ['p0', 'p1', 'none']) {
        const open = async (of: CaseLists) => (await all(of.open(project, 'r1'))).map(({ id }) => id).sort();
        expect(await open(lists)).toEqual(await open(plain));
        const { labels, ...counts } = await lists.standing(project, 'r1', NOW);
        const wanted = await plain.standing(project, 'r1', NOW);
        expect(counts).toEqual({ open: wanted.open, older: wanted.older, warn: wanted.warn, late: wanted.late });
        const sorted = (list: typeof labels) => list.map(({ label, count }) => `${label} ${count}`).sort();
        expect(sorted(labels)).toEqual(sorted(wanted.labels));
      }
    });
  });
}
