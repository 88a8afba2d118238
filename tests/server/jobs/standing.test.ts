import { expect, test } from 'vitest';
import type { Cases } from '../../../server/cases/cases.ts';
import { duesOf } from '../../../server/cases/dues.ts';
import { createClock } from '../../../server/clock.ts';
import { DueHeap } from '../../../server/jobs/due.ts';
import { createJobs } from '../../../server/jobs/jobs.ts';
import type { OutboxDeps } from '../../../server/jobs/outbox/entry.ts';
import type { OutboxEntry } from '../../../server/store/store.ts';
import { caseDocument } from '../../support/case-document.ts';

const MINUTE = 60_000;

test('how many are due is counted among those of which the newest time counts', () => {
  const heap = new DueHeap();
  for (let n = 0; n < 500; n += 1) heap.set(`c${n}`, (n * 37) % 500);
  for (let n = 0; n < 100; n += 1) heap.set(`c${n}`, null);
  for (let n = 100; n < 200; n += 1) heap.set(`c${n}`, 1_000 + n);
  const later = Array.from({ length: 300 }, (_, n) => ((n + 200) * 37) % 500);
  for (const now of [0, 1, 250, 499, 600]) expect(heap.countDue(now)).toBe(later.filter((due) => due <= now).length);
  expect(heap.countDue(5_000)).toBe(400);
  expect(heap.size).toBe(400);
});

function jobsThat(fail: () => boolean) {
  let real = 1_000_000;
  const clock = createClock(0, () => real);
  const cases = {
    apply: async (id: string) => {
      if (fail()) throw new Error('a disk that is full');
      return { kind: 'nothing', document: caseDocument(id) };
    },
    read: async (id: string) => ({ document: caseDocument(id) }),
  } as unknown as Cases;
  const log = { error: () => undefined };
  const deps = { cases, clock, log } as unknown as OutboxDeps & { clock: typeof clock };
  const jobs = createJobs(deps);
  const later = (ms: number) => {
    real += ms;
  };
  return { jobs, clock, later };
}

test('a timer whose job fails is late since it was due, however often it is tried; when it is done nothing is late', async () => {
  let fails = true;
  const { jobs, clock, later } = jobsThat(() => fails);
  jobs.noteDues('one', { timer: clock.now() - MINUTE, outbox: null });
  jobs.noteDues('two', { timer: clock.now() + 60 * MINUTE, outbox: null });
  expect(jobs.standing(clock.now()).timers).toEqual({ planned: 2, due: 1, late: MINUTE });
  jobs.start();
  await jobs.idle();
  later(10_000);
  expect(jobs.standing(clock.now())).toMatchObject({
    timers: { due: 1, late: MINUTE + 10_000 },
    failing: { timers: 1, outbox: 0 },
  });
  later(MINUTE);
  await jobs.idle();
  expect(jobs.standing(clock.now()).timers).toMatchObject({ due: 1, late: 2 * MINUTE + 10_000 });
  fails = false;
  later(MINUTE);
  await jobs.idle();
  expect(jobs.standing(clock.now())).toMatchObject({
    timers: { planned: 1, due: 0, late: 0 },
    failing: { timers: 0, outbox: 0 },
  });
  await jobs.stop();
});

test('what somebody else has done meanwhile fails no more', async () => {
  const { jobs, clock } = jobsThat(() => true);
  jobs.noteDues('one', { timer: clock.now() - 1, outbox: null });
  jobs.start();
  await jobs.idle();
  expect(jobs.standing(clock.now()).failing.timers).toBe(1);
  jobs.noteDues('one', { timer: null, outbox: null });
  expect(jobs.standing(clock.now())).toMatchObject({ timers: { planned: 0, due: 0, late: 0 }, failing: { timers: 0 } });
  await jobs.stop();
});

test('what waits is told by connector; what the other side owes is not late', () => {
  const { jobs, clock } = jobsThat(() => false);
  const now = clock.now();
  const entry = (effect: object, more: Partial<OutboxEntry> = {}): OutboxEntry =>
    ({ effect, since: now - 5 * MINUTE, tries: 0, due: now, ...more }) as OutboxEntry;
  const outbox = [
    entry({ kind: 'call', connector: 'bank', operation: 'send' }, { since: now - 9 * MINUTE, pendingSince: now }),
    entry({ kind: 'call', connector: 'bank', operation: 'send' }),
    entry({ kind: 'notice', by: 'sms' }, { since: now - MINUTE }),
    entry({ kind: 'notice', by: 'desk' }),
    entry({ kind: 'erase', what: 'files' }),
  ];
  jobs.note({ ...caseDocument('one'), outbox });
  jobs.note({ ...caseDocument('two'), outbox: [entry({ kind: 'webhook', portal: 'p' })] });
  expect(jobs.standing(now).queues).toEqual([
    { name: 'bank', waiting: 1, owed: 1, oldest: 5 * MINUTE },
    { name: 'desk', waiting: 1, owed: 0, oldest: 5 * MINUTE },
    { name: 'house', waiting: 1, owed: 0, oldest: 5 * MINUTE },
    { name: 'message', waiting: 1, owed: 0, oldest: MINUTE },
    { name: 'portal', waiting: 1, owed: 0, oldest: 5 * MINUTE },
  ]);
  // As it is kept with the index, for a start that reads no case.
  jobs.noteDues('one', JSON.parse(JSON.stringify(duesOf({ ...caseDocument('one'), outbox }))));
  expect(jobs.standing(now).queues[0]).toEqual({ name: 'bank', waiting: 1, owed: 1, oldest: 5 * MINUTE });
  jobs.note(caseDocument('one'));
  jobs.note(caseDocument('two'));
  expect(jobs.standing(now).queues).toEqual([]);
});
