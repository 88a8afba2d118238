import { expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  type CourseEvent,
  course,
  courseStart,
  leadsOf,
  loadAll,
  runScenario,
  type Scenario,
} from '../../../engine/index.ts';
import type { CaseState, JournalEntry } from '../../../engine/model/case.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { definitionFiles } from '../../support/definitions.ts';

const files = definitionFiles();
const { projects } = loadAll(files);
const szmg = projects.szmg as Definition;
const archive = projects['district-archive'] as Definition;
const calendar = { offsetMinutes: 480, exceptions: {}, until: '2027-12-31' };
/** A Monday, 9:00. */
const monday = Date.parse('2026-11-23T01:00:00Z');
const hour = 3_600_000;

test('[XPL-14] whoever is told that a promise is late leads those who have to keep it, and not themselves', () => {
  const of = (definition: Definition) =>
    Object.fromEntries([...leadsOf(definition)].map(([leader, led]) => [leader, [...led].sort()]));
  expect(of(szmg)).toMatchObject({ reviewLead: ['reviewer'], reviewHead: ['reviewer'] });
  expect(of(archive).supervisor).toEqual(expect.arrayContaining(['archivist', 'legalOfficer']));
  for (const definition of [szmg, archive])
    for (const [leader, led] of leadsOf(definition)) expect(led.has(leader)).toBe(false);
});

const line = (at: number, what: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
  ...{ revision: 1, at, by: 'x', part: 'x', what, title: '' },
  ...{ left: [], entered: [], proved: [], voided: [], counted: [], recorded: [], notified: [], changed: [] },
  ...more,
});

const review = 'main.work.review';
const flags = [
  { field: 'documents.applicationForm', reason: '申请表未加盖单位公章，图片不清晰，请重新扫描' },
  { field: 'organization.address', reason: '门牌号和执照上的不一样' },
];
const sentBackAt = monday + 26 * hour;
const journal: readonly JournalEntry[] = [
  line(monday - hour, 'start', { entered: ['main.work.draft.guide'] }),
  line(monday, 'event:CODE', { left: ['main.work.draft.guide'], entered: [`${review}.queue`] }),
  line(monday + hour, 'event:CLAIM', { left: [`${review}.queue`], entered: [`${review}.reading`] }),
  line(monday + 18 * hour, 'timer:x', { notified: ['slaWarn'] }),
  line(sentBackAt, 'event:REJECT', {
    left: [`${review}.reading`],
    entered: ['main.work.rejected.open'],
    recorded: ['rejections'],
  }),
  line(monday + 30 * hour, 'event:RESUBMIT', { left: ['main.work.rejected.open'], entered: [`${review}.queue`] }),
  line(monday + 31 * hour, 'event:CLAIM', { left: [`${review}.queue`], entered: [`${review}.reading`] }),
  line(monday + 32 * hour, 'event:APPROVE', {
    ...{ left: [`${review}.reading`], entered: ['main.work.fulfilment.produce'], proved: ['approved'] },
  }),
  line(monday + 99 * hour, 'outcome:x', { left: ['main.work.fulfilment.produce'], entered: ['main.done'] }),
];
const state = { records: { rejections: [{ at: sentBackAt, by: 'r', data: { flags } }] } } as unknown as CaseState;
const env = { now: monday + 100 * hour, calendar };
const follow = (entries: readonly JournalEntry[], from = courseStart) => course(szmg, state, entries, from, env);

test('[XPL-15] what was begun, found right, sent back and why, how long it lasted, promises kept', () => {
  const { events, mark } = follow(journal);
  const of = <Kind extends CourseEvent['kind']>(kind: Kind) =>
    events.filter((event): event is Extract<CourseEvent, { kind: Kind }> => event.kind === kind);
  expect(of('begun')).toHaveLength(1);
  expect(of('reached')).toEqual([{ kind: 'reached', at: monday + 99 * hour }]);
  expect(of('ended')).toEqual([]);
  expect(of('decided').map(({ right, first }) => [right, first])).toEqual([
    [false, true],
    [true, false],
  ]);
  // Two reasons of the library in one flag; what somebody wrote themselves is not told.
  expect(of('reason').map(({ field, reason }) => [field, reason])).toEqual([
    ['documents.applicationForm', '申请表未加盖单位公章'],
    ['documents.applicationForm', '图片不清晰，请重新扫描'],
    ['organization.address', ''],
  ]);
  expect(JSON.stringify(events)).not.toContain('门牌号');
  expect(of('left').find(({ state: at }) => at === `${review}.reading`)?.ms).toBe(25 * hour);
  // One working day from Monday 9:00: Tuesday 9:00. Sent back at 11:00, the second time in two hours.
  expect(
    of('promise')
      .filter(({ state: at }) => at === review)
      .map(({ kept }) => kept),
  ).toEqual(['late', 'kept']);
  expect(mark).toMatchObject({ seen: journal.length, decided: true, reached: true });
  expect(Object.keys(mark.promised)).not.toContain(review);
});

test('[XPL-15] a promise that was kept after its reminder is told apart', () => {
  const early = journal.map((entry) => (entry.what === 'event:REJECT' ? { ...entry, at: monday + 20 * hour } : entry));
  const found = follow(early).events.flatMap((event) => (event.kind === 'promise' ? event.kept : []));
  expect(found[0]).toBe('warned');
});

test('[XPL-15] an end that is no goal', () => {
  const { events } = follow([journal[0]!, line(monday, 'event:WITHDRAW', { entered: ['main.withdrawn'] })]);
  expect(events.map(({ kind }) => kind)).toContain('ended');
});

test('[XPL-15] followed step by step or all at once, with the mark through JSON, it is the same', () => {
  let mark = courseStart;
  const events: CourseEvent[] = [];
  for (let n = 1; n <= journal.length; n += 1) {
    const next = follow(journal.slice(0, n), JSON.parse(JSON.stringify(mark)));
    events.push(...next.events);
    mark = next.mark;
  }
  expect({ mark, events }).toEqual(follow(journal));
  expect(follow(journal, mark).events).toEqual([]);
});

test('[XPL-15] the happy path of every project reaches its goal, and whoever looks finds it right the first time', () => {
  const happy = Object.entries(files)
    .filter(([path]) => path.endsWith('/happy-path.scenario.yaml'))
    .map(([, text]) => parse(text) as Scenario);
  expect(happy.length).toBeGreaterThan(3);
  for (const scenario of happy)
    for (const project of [scenario.project].flat()) {
      const definition = projects[project]!;
      const { session } = runScenario(definition, scenario);
      if (session === null) throw new Error('a scenario that was played has a session');
      const { events } = course(definition, session.state, session.journal, courseStart, env);
      expect(
        events.filter(({ kind }) => kind === 'reached'),
        project,
      ).toHaveLength(1);
      expect(
        events.some((event) => event.kind === 'decided' && !event.right),
        project,
      ).toBe(false);
    }
});
