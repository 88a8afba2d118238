import { expect, test } from 'vitest';
import type { JournalEntry } from '../../../../engine/model/case.ts';
import { RecentCases } from '../../../../server/store/postgres/recent-cases.ts';
import type { CaseDocument } from '../../../../server/store/store.ts';
import { caseDocument } from '../../../support/case-document.ts';

const entry = (what: string): JournalEntry => ({ at: 1, what, revision: 1 }) as unknown as JournalEntry;
const kept = { course: null };

function written(recent: RecentCases, version: number, document: CaseDocument): void {
  const { journal: _, ...body } = document;
  const { id } = document.state;
  recent.set(id, recent.entry({ version, document, kept }, JSON.stringify(body), recent.look(id)));
}

test('readers get a document of their own, whoever changes the case the one that was written', () => {
  const recent = new RecentCases();
  const document = caseDocument('a', { journal: [entry('one')] });
  written(recent, 1, document);
  const read = recent.read('a');
  expect(read).toEqual({ version: 1, kept, document });
  expect(read?.document).not.toBe(document);
  Object.assign(read!.document.state, { revision: 99 });
  expect(recent.look('a')?.document).toBe(document);
  expect(recent.read('a')?.document.state.revision).toBe(1);
  expect(() => Object.assign(document.state, { revision: 99 })).toThrow(TypeError);
});

test('a journal that grew, was rewritten, became shorter is read as it was written last', () => {
  const recent = new RecentCases();
  const one = caseDocument('a', { journal: [entry('one'), entry('two')] });
  const journals = [
    one.journal,
    [...one.journal, entry('three')],
    [entry('another'), ...one.journal],
    [one.journal[1]!],
    [],
  ];
  journals.forEach((journal, n) => {
    written(recent, n + 1, { ...one, journal });
    expect(recent.read('a')?.document.journal).toEqual(journal);
    expect(recent.look('a')?.document.journal).toEqual(journal);
  });
});

test('what its text would not say is given from its text', () => {
  const recent = new RecentCases();
  written(recent, 1, caseDocument('a', { consumed: ['x', undefined as never] }));
  expect(recent.look('a')?.document.consumed).toEqual(['x', null]);
});

test('forgotten is forgotten for both, and only what is of that version', () => {
  const recent = new RecentCases();
  written(recent, 2, caseDocument('a'));
  recent.forget('a', 1);
  expect(recent.look('a')?.version).toBe(2);
  recent.forget('a', 2);
  expect([recent.look('a'), recent.read('a')]).toEqual([null, null]);
  written(recent, 3, caseDocument('a'));
  recent.drop('a');
  expect([recent.look('a'), recent.read('a')]).toEqual([null, null]);
});

test('of more cases than are kept whole the oldest are given from their text', () => {
  const recent = new RecentCases();
  const first = caseDocument('first');
  written(recent, 1, first);
  for (let n = 0; n < 256; n += 1) written(recent, 1, caseDocument(`c${n}`));
  expect(recent.look('first')?.document).toEqual(first);
  expect(recent.look('first')?.document).not.toBe(first);
  const { document } = recent.look('c255') ?? {};
  expect(Object.isFrozen(document)).toBe(true);
});

test('what was read is given frozen until it is written, and is written with all of its journal', () => {
  const recent = new RecentCases();
  const document = caseDocument('a', { journal: [entry('one')] });
  recent.found('a', { version: 4, kept, document });
  expect(recent.look('a')).toMatchObject({ version: 4, document });
  expect(recent.read('a')).toBeNull();
  expect(Object.isFrozen(document.journal)).toBe(true);
  const next = { ...document, journal: [...document.journal, entry('two')] };
  written(recent, 5, next);
  expect(recent.read('a')?.document).toEqual(next);
});
