import { expect, test } from 'vitest';
import type { Effect } from '../../../engine/model/effect.ts';
import type { Cases } from '../../../server/cases/cases.ts';
import type { MovableClock } from '../../../server/clock.ts';
import { createJobs } from '../../../server/jobs/jobs.ts';
import type { OutboxDeps } from '../../../server/jobs/outbox/entry.ts';
import type { CaseDocument } from '../../../server/store/store.ts';
import { caseDocument } from '../../support/case-document.ts';
import { watchedClock } from './watched-clock.ts';

const start = Date.parse('2026-11-23T01:00:00Z');
const effect: Effect = { kind: 'leave', key: 'case1:1:leave', call: 'a.call', generation: 1 };

/** Jobs of one case of which something is due. `writes`: whether what is changed in its outbox stays so. */
function jobsOf(writes: () => boolean) {
  let document = caseDocument('case1', { outbox: [{ effect, since: start, tries: 0, due: start }] });
  const told: string[] = [];
  let tries = 0;
  const cases = {
    read: async () => ({ document }),
    async adjust(_id: string, change: (now: CaseDocument) => CaseDocument) {
      tries += 1;
      if (writes()) document = change(document);
      return document;
    },
  } as unknown as Cases;
  const clock = watchedClock(start);
  const log = { error: ({ error }: { error: string }, text: string) => void told.push(`${text}: ${error}`) };
  const jobs = createJobs({ cases, clock, log } as unknown as OutboxDeps & { clock: MovableClock });
  jobs.note(document);
  return { jobs, told, tries: () => tries };
}

test('what stays due after it was done is said, and tried again half a minute later', async () => {
  let isMended = false;
  const { jobs, told, tries } = jobsOf(() => isMended);
  jobs.start();
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
