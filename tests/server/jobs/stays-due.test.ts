import { expect, test } from 'vitest';
import type { Cases } from '../../../server/cases/cases.ts';
import type { MovableClock } from '../../../server/clock.ts';
import { createJobs } from '../../../server/jobs/jobs.ts';
import type { OutboxDeps } from '../../../server/jobs/outbox/entry.ts';
import type { CaseDocument, OutboxEntry } from '../../../server/store/store.ts';
import { caseDocument } from '../../support/case-document.ts';
import { watchedClock } from './watched-clock.ts';

const start = Date.parse('2026-11-23T01:00:00Z');
const MINUTE = 60_000;
type Change = (document: CaseDocument) => CaseDocument;
const leaving = (key: string): OutboxEntry => ({
  effect: { kind: 'leave', key, call: 'a.call', generation: 1 },
  ...{ since: start, tries: 0, due: start },
});

/** Jobs of one case of which something is due. `written`: what becomes of the case when its outbox is to be changed. */
function jobsOf(outbox: readonly OutboxEntry[], written: (document: CaseDocument, change: Change) => CaseDocument) {
  let document = caseDocument('case1', { outbox });
  const told: string[] = [];
  let tries = 0;
  const cases = {
    read: async () => ({ document }),
    async adjust(_id: string, change: Change) {
      tries += 1;
      document = written(document, change);
      return document;
    },
  } as unknown as Cases;
  const clock = watchedClock(start);
  const log = { error: ({ error }: { error: string }, text: string) => void told.push(`${text}: ${error}`) };
  const jobs = createJobs({ cases, clock, log } as unknown as OutboxDeps & { clock: MovableClock });
  jobs.note(document);
  jobs.start();
  return { jobs, told, tries: () => tries };
}

test('what stays due after it was done is said, and tried again half a minute later', async () => {
  let isMended = false;
  const { jobs, told, tries } = jobsOf([leaving('one')], (document, change) =>
    isMended ? change(document) : document,
  );
  await jobs.idle();
  const said = 'a job failed: what was done stays due: leave';
  expect([tries(), told]).toEqual([1, [said]]);
  expect(jobs.standing(start).failing).toEqual({ timers: 0, outbox: 1 });
  await jobs.advance(30_000);
  expect([tries(), told]).toEqual([2, [said, said]]);
  isMended = true;
  await jobs.advance(60_000);
  expect([tries(), told]).toEqual([3, [said, said]]);
  expect(jobs.standing(start).failing).toEqual({ timers: 0, outbox: 0 });
  await jobs.stop();
});

test('what asks for the same again whenever it is done goes on half a minute later', async () => {
  let circles = 250;
  const { jobs, told, tries } = jobsOf([leaving('one')], (document, change) => {
    circles -= 1;
    const next = change(document);
    if (circles <= 0) return next;
    // As a step does that hears the answer.
    const state = { ...document.state, revision: document.state.revision + 1 };
    return { ...next, state, outbox: [...next.outbox, leaving('one')] };
  });
  await jobs.idle();
  const said = 'a job failed: what is done asks for more without end';
  expect([tries(), told]).toEqual([100, [said]]);
  await jobs.advance(MINUTE);
  expect([circles, jobs.standing(start).failing.outbox]).toEqual([0, 0]);
  await jobs.stop();
});

test('many that have waited are done at once', async () => {
  const waited = Array.from({ length: 250 }, (_, n) => ({ ...leaving(`${n}`), since: start - MINUTE }));
  const { jobs, told, tries } = jobsOf(waited, (document, change) => change(document));
  await jobs.idle();
  expect([tries(), told]).toEqual([250, []]);
  await jobs.stop();
});
