import type { Answer, FromWorker, Job, Source, ToWorker } from './messages.ts';

/** One job at work. */
export interface Working {
  readonly answer: Promise<Answer>;
  /** Nobody waits any more: the worker ends at once. The promise stays open. */
  stop(): void;
}

/** Starts a worker for one job. @param progress told now and then how much was looked at */
export function work(source: Source, job: Job, progress: (done: number) => void): Working {
  const worker = new Worker(new URL('./lab-worker.ts', import.meta.url), { type: 'module', name: 'lab' });
  const send = (message: ToWorker): void => worker.postMessage(message);
  const answer = new Promise<Answer>((done, failed) => {
    const end = (then: () => void): void => {
      worker.terminate();
      then();
    };
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'progress') progress(data.done);
      else if (data.kind === 'answer') end(() => done(data.answer));
      else end(() => failed(new Error(data.message)));
    });
    worker.addEventListener('error', (event) => end(() => failed(new Error(event.message))));
  });
  send({ kind: 'open', source });
  send({ kind: 'job', job });
  return { answer, stop: () => worker.terminate() };
}
