import { expect, test } from 'vitest';
import type { Dues } from '../../../server/cases/dues.ts';
import { createClock } from '../../../server/clock.ts';
import { withHorizon } from '../../../server/jobs/horizon.ts';
import type { Jobs } from '../../../server/jobs/jobs.ts';
import { createLog } from '../../../server/log.ts';
import { caseDocument } from '../../support/case-document.ts';

/** Jobs that write down what they are told, and a store whose answer is given by hand. */
function looking(found: readonly string[]) {
  const told: string[] = [];
  const jobs = {
    note: ({ state }: { state: { id: string } }) => told.push(`step of ${state.id}`),
    noteElsewhere: ({ state }: { state: { id: string } }) => told.push(`elsewhere ${state.id}`),
    noteDues: (id: string) => told.push(`due ${id}`),
    start: () => undefined,
    advance: async () => undefined,
    idle: async () => void told.push('idle'),
    stop: async () => undefined,
  } as unknown as Jobs;
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  async function* dues(): AsyncIterable<{ id: string; dues: Dues }> {
    await answered;
    for (const id of found) yield { id, dues: { timer: 1, outbox: null } };
  }
  const clock = createClock(0, () => 1_000_000);
  return { told, answer, jobs: withHorizon(jobs, { dues }, clock, createLog('silent')) };
}

test('what a case has done while the store was asked is not replaced by what the store knew before', async () => {
  const { told, answer, jobs } = looking(['one', 'two', 'three']);
  jobs.start();
  jobs.note(caseDocument('one'));
  jobs.noteElsewhere(caseDocument('two'));
  answer();
  await jobs.idle();
  expect(told).toEqual(['step of one', 'elsewhere two', 'due three', 'idle']);
  await jobs.stop();
});

test('nothing is at rest before it is known what is due', async () => {
  const { told, answer, jobs } = looking(['one']);
  jobs.start();
  const idle = jobs.idle();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told).toEqual([]);
  answer();
  await idle;
  expect(told).toEqual(['due one', 'idle']);
  await jobs.stop();
});
