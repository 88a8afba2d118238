import { describe, expect, test } from 'vitest';
import { changedSince } from '../../../engine/explain/changed.ts';
import type { JournalEntry } from '../../../engine/model/case.ts';

const entry = (part: string, ...changed: string[]) => ({ part, changed }) as unknown as JournalEntry;
const since = (...journal: JournalEntry[]) => changedSince(journal, 'reviewer');

describe('[XPL-13] what others changed since the role last acted', () => {
  test('is not told to whoever looks for the first time', () => {
    expect(since(entry('applicant', 'person.name'))).toBeNull();
    // Taking the task up is no look at what came before it.
    expect(since(entry('applicant', 'person.name'), entry('reviewer'))).toBeNull();
    expect(since()).toBeNull();
  });
  test('is what came after the last act, however the task is taken up again, and by several steps', () => {
    const round = [
      entry('applicant', 'person.name', 'person.age'),
      entry('reviewer'),
      entry('reviewer'),
      entry('applicant', 'person.mail'),
      entry('bank'),
      entry('applicant', 'person.name'),
    ];
    expect(since(...round)).toEqual(['person.mail', 'person.name']);
    expect(since(...round, entry('reviewer'), entry('reviewer'))).toEqual(['person.mail', 'person.name']);
  });
  test('is of the last round only', () => {
    const rounds = [entry('reviewer'), entry('applicant', 'a.b'), entry('reviewer'), entry('applicant', 'c.d')];
    expect(since(...rounds)).toEqual(['c.d']);
  });
});
