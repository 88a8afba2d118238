import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromChild } from './child.ts';
import type { Job, Result } from './job.ts';

/** The job was ended before it was done: it took too long, or nobody waits for it any more. */
export class Ended extends Error {
  readonly why: 'time' | 'cancelled';
  constructor(why: Ended['why']) {
    super(`the job was ended: ${why}`);
    this.name = 'Ended';
    this.why = why;
  }
}

export interface ChildOptions {
  /** Milliseconds until it is ended. */
  readonly time?: number;
  readonly signal?: AbortSignal;
}

/**
 * Does a job in a process of its own, so that the one that asks goes on serving and can end it at any moment.
 * @throws Ended
 */
export function inChild<J extends Job>(job: J, { time, signal }: ChildOptions = {}): Promise<Result<J>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new Ended('cancelled'));
      return;
    }
    const program = fileURLToPath(new URL('./child.ts', import.meta.url));
    const child = fork(program, [], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const end = (why: Ended['why']) => {
      settle(() => reject(new Ended(why)));
      child.kill('SIGKILL');
    };
    const cancel = () => end('cancelled');
    const timer = time === undefined ? undefined : setTimeout(end, time, 'time' as const);
    let settled = false;
    const settle = (act: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      act();
    };
    signal?.addEventListener('abort', cancel);
    child.once('message', (message: FromChild) => {
      settle(() =>
        message.kind === 'done' ? resolve(message.result as Result<J>) : reject(new Error(message.message)),
      );
    });
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code) => settle(() => reject(new Error(`the job's process ended with ${code}`))));
    child.send(job);
  });
}
