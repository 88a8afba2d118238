import { expect, test } from 'vitest';
import type { Cases } from '../../../server/cases/cases.ts';
import type { MovableClock } from '../../../server/clock.ts';
import { createJobs } from '../../../server/jobs/jobs.ts';
import type { OutboxDeps } from '../../../server/jobs/outbox/entry.ts';
import { caseDocument } from '../../support/case-document.ts';
import { watchedClock } from './watched-clock.ts';

const start = Date.parse('2026-11-23T01:00:00Z');
const MINUTE = 60_000;

/** Jobs of cases that take as long as somebody lets them. */
function slowJobs() {
  const asked: string[] = [];
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const cases = {
    async apply(id: string) {
      asked.push(id);
      await gate;
      return { kind: 'nothing', document: caseDocument(id) };
    },
    read: async (id: string) => ({ document: caseDocument(id) }),
  } as unknown as Cases;
  const clock = watchedClock(start);
  const log = { error: (...told: unknown[]) => expect.fail(JSON.stringify(told)) };
  const jobs = createJobs({ cases, clock, log } as unknown as OutboxDeps & { clock: MovableClock });
  return { jobs, clock, asked, go };
}

test('who waits for jobs that have not begun waits for nothing, and what is due is done once they have', async () => {
  const { jobs, clock, asked, go } = slowJobs();
  go();
  jobs.noteDues('early', { timer: start - 1, outbox: null });
  await jobs.idle();
  await jobs.advance(MINUTE);
  expect([asked, clock.now()]).toEqual([[], start]);
  jobs.start();
  await jobs.idle();
  expect(asked).toEqual(['early']);
  await jobs.advance(MINUTE);
  expect(clock.now()).toBe(start + MINUTE);
  await jobs.stop();
});

test('a server that stops while its time is being moved stops, and the time stays where it is', async () => {
  const { jobs, clock, asked, go } = slowJobs();
  jobs.start();
  jobs.noteDues('first', { timer: start + MINUTE, outbox: null });
  const moved = jobs.advance(60 * MINUTE);
  await expect.poll(() => asked).toEqual(['first']);
  // Nobody does it any more here, and it is due.
  const stopping = jobs.stop();
  jobs.noteDues('second', { timer: start + MINUTE, outbox: null });
  jobs.noteDues('third', { timer: start + 2 * MINUTE, outbox: null });
  go();
  await Promise.all([stopping, moved]);
  expect(asked).toEqual(['first']);
  expect(clock.now()).toBe(start + MINUTE);
});
