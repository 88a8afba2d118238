import type { Unnoticed } from '../mutants.ts';
import type { Answer, Cell, FromWorker, Job, Source, ToWorker } from './messages.ts';

/** One job at work. */
export interface Working {
  readonly answer: Promise<Answer>;
  /** Nobody waits any more: the worker ends at once. The promise stays open. */
  stop(): void;
}

export interface Told {
  /** How much was looked at, of how much where that is known. */
  progress(done: number, of: number | null): void;
  cell?(cell: Cell): void;
  unnoticed?(unnoticed: Unnoticed): void;
}

/** Starts a worker for one job. @param source what a case is played by; null where the job brings all */
export function work(source: Source | null, job: Job, told: Told): Working {
  const worker = new Worker(new URL('./lab-worker.ts', import.meta.url), { type: 'module', name: 'lab' });
  const answer = new Promise<Answer>((done, failed) => {
    const end = (then: () => void): void => {
      worker.terminate();
      then();
    };
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'progress') told.progress(data.done, data.of ?? null);
      else if (data.kind === 'cell') told.cell?.(data.cell);
      else if (data.kind === 'unnoticed') told.unnoticed?.(data.unnoticed);
      else if (data.kind === 'answer') end(() => done(data.answer));
      else end(() => failed(new Error(data.message)));
    });
    worker.addEventListener('error', (event) => end(() => failed(new Error(event.message))));
  });
  const message: ToWorker = { job, source };
  worker.postMessage(message);
  return { answer, stop: () => worker.terminate() };
}
