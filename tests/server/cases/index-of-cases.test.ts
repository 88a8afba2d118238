import { expect, test } from 'vitest';
import type { Definition } from '../../../engine/model/definition.ts';
import { CaseIndex, type Described, type IndexEntry, indexEntry } from '../../../server/cases/index-of-cases.ts';
import { caseDocument, caseState } from '../../support/case-document.ts';
import { projects } from '../../support/definitions.ts';

const definition = projects().szmg as Definition;

const described: Described = {
  subject: 'somebody',
  label: 'at work',
  lists: [],
  until: null,
  promised: null,
  waits: [],
  keys: ['key'],
  standings: [],
};

function entryOf(definition: Definition, over: { id?: string; revision?: number; label?: string }) {
  let asked = 0;
  const { id = 'a', revision = 1, label = 'at work' } = over;
  const document = caseDocument(id, { state: caseState(id, { revision }) });
  const entry = indexEntry(document, definition, () => {
    asked += 1;
    return { ...described, label };
  });
  return { entry, asked: () => asked };
}

test('a policy looks at an entry, and nothing is described; a list describes it, once', () => {
  const index = new CaseIndex();
  const { entry, asked } = entryOf(definition, {});
  index.put(entry);
  const { owner, project, generations, roles } = index.get('a') as IndexEntry;
  expect([owner, project, generations, [...roles]]).toEqual(['person-1', 'sample', {}, []]);
  expect(asked()).toBe(0);
  expect([...index.all()].map(({ label, keys }) => [label, keys])).toEqual([['at work', ['key']]]);
  expect([...index.all()].map(({ subject }) => subject)).toEqual(['somebody']);
  expect(asked()).toBe(1);
});

test('an entry says what is true now, also before anybody described it; an older one is not taken', () => {
  const index = new CaseIndex();
  index.put(entryOf(definition, { revision: 2, label: 'second' }).entry);
  index.put(entryOf(definition, { revision: 3, label: 'third' }).entry);
  index.put(entryOf(definition, { revision: 1, label: 'first' }).entry);
  expect([index.get('a')?.revision, index.get('a')?.label]).toEqual([3, 'third']);
  expect([...index.all()].map(({ label }) => label)).toEqual(['third']);
  index.put(entryOf(definition, { revision: 2, label: 'second' }).entry);
  expect([index.get('a')?.label, index.size]).toEqual(['third', 1]);
});

test('of many cases that nobody looks at most are described and let go', () => {
  const index = new CaseIndex();
  const all = Array.from({ length: 300 }, (_, n) => entryOf(definition, { id: `case-${n}` }));
  for (const { entry } of all) index.put(entry);
  const count = all.filter(({ asked }) => asked() === 1).length;
  expect(count).toBeGreaterThan(150);
  expect(count).toBeLessThan(300);
  expect(index.size).toBe(300);
});
