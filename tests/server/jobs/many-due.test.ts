import { expect, test } from 'vitest';
import type { Cases } from '../../../server/cases/cases.ts';
import { createClock } from '../../../server/clock.ts';
import { createJobs } from '../../../server/jobs/jobs.ts';
import type { OutboxDeps } from '../../../server/jobs/outbox/entry.ts';
import { caseDocument } from '../../support/case-document.ts';

const MANY = 5_000;

/** Cases of which something is due since long, that take a moment each. */
function slowCases() {
  const done = new Set<string>();
  let busy = 0;
  let most = 0;
  const cases = {
    async apply(id: string) {
      busy += 1;
      most = Math.max(most, busy);
      await new Promise((resolve) => setTimeout(resolve, 1));
      busy -= 1;
      done.add(id);
      return { kind: 'nothing', document: caseDocument(id) };
    },
    read: async (id: string) => ({ document: caseDocument(id) }),
  } as unknown as Cases;
  return { cases, done, most: () => most };
}

test('after a long stop everything is due at once: it is done a few at a time, and all of it', async () => {
  const { cases, done, most } = slowCases();
  const clock = createClock(0, Date.now);
  const log = { error: (...told: unknown[]) => expect.fail(JSON.stringify(told)) };
  const jobs = createJobs({ cases, clock, log } as unknown as OutboxDeps & { clock: typeof clock });
  for (let n = 0; n < MANY; n += 1) jobs.noteDues(`case${n}`, { timer: 1, outbox: null });
  jobs.start();
  await jobs.idle();
  expect(done.size).toBe(MANY);
  expect(most()).toBeGreaterThan(10);
  expect(most()).toBeLessThanOrEqual(64);
  await jobs.stop();
});

test('without being asked, too: what is left goes on when one is done', async () => {
  const { cases, done } = slowCases();
  const clock = createClock(0, Date.now);
  const jobs = createJobs({ cases, clock, log: {} } as unknown as OutboxDeps & { clock: typeof clock });
  for (let n = 0; n < 300; n += 1) jobs.noteDues(`case${n}`, { timer: 1, outbox: null });
  jobs.start();
  await expect.poll(() => done.size, { timeout: 20_000 }).toBe(300);
  await jobs.stop();
});
