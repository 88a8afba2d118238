import { expect, test } from 'vitest';
import { view } from '../../../engine/explain/index.ts';
import type { JournalEntry } from '../../../engine/model/case.ts';
import type { Actor } from '../../../engine/model/command.ts';
import { begin, play as played } from '../../../engine/simulate/index.ts';
import { applicant, clerk, item, loan, person } from '../run/support.ts';

/** What an entry says is kept with the entry: of each definition, in each language, and for nobody who may not see it. */
const definition = loan();
const begun = begin(definition);
const { session } = played(begun, { kind: 'event', event: 'NEXT', actor: applicant, forms: { person, item } });
const lines = (of: typeof definition, viewer: Actor, journal: readonly JournalEntry[] = session.journal) =>
  view(of, session.state, viewer, journal, { now: session.now, calendar: session.calendar }).timeline;

test('each definition has its own words, whichever is asked first', () => {
  const { declared } = definition;
  const renamed = { ...definition, roles: { ...definition.roles, applicant: { title: '改了', tile: '改' } } };
  expect(declared).toBe(renamed.declared);
  for (const of of [definition, renamed, definition]) {
    const part = lines(of, clerk)[0]?.part.title;
    expect(part).toBe(of.roles.applicant?.title);
  }
});

test('each language has its own words, whichever is asked first', () => {
  const english = lines(definition, { ...clerk, locale: 'en' });
  const chinese = lines(definition, clerk);
  expect(english).not.toEqual(chinese);
  expect(lines(definition, { ...clerk, locale: 'en' })).toEqual(english);
  expect(lines(definition, { ...clerk, locale: 'zh-CN' })).toEqual(chinese);
});

test('an entry that was written anew is told anew', () => {
  const [first, ...rest] = session.journal;
  const before = lines(definition, clerk);
  const other = lines(definition, clerk, [{ ...first!, at: first!.at - 1, title: '另一句' }, ...rest]);
  expect(other.at(-1)).toMatchObject({ at: first!.at - 1, title: '另一句' });
  expect(lines(definition, clerk)).toEqual(before);
});

test('what changed nothing is told to whoever works on the case, and to the owner never', () => {
  const late: JournalEntry = {
    ...session.journal[0]!,
    what: 'stale:main.work.check:FOUND',
    entered: [],
    title: '迟到',
  };
  const journal = [...session.journal, late];
  const owner = { ...applicant, id: session.state.owner };
  for (const viewer of [owner, clerk, owner])
    expect(lines(definition, viewer, journal).some(({ title }) => title === '迟到')).toBe(viewer === clerk);
});
