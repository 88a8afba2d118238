import { type Job, work } from './job.ts';

/** Told by a process that does a job: its result, or why there is none. */
export type FromChild =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly message: string };

process.once('message', (job: Job) => {
  process.send?.(answer(job), () => process.disconnect());
});

function answer(job: Job): FromChild {
  try {
    return { kind: 'done', result: work(job) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
