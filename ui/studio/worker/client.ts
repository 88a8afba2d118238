import type { Files } from '../../../engine/model/definition.ts';
import type { Issue } from '../../../engine/model/issue.ts';
import type { Compared, FromWorker, Rest, ToWorker } from './messages.ts';

export interface Heard {
  /** Of the newest text only. */
  issues(issues: readonly Issue[], version: number): void;
  rest(rest: Rest): void;
  /** The worker cannot be had: whoever asked has to ask elsewhere. */
  lost(): void;
}

/** The page's end of the worker: what is typed goes there at once, what comes back about an older text is forgotten. */
export class CheckClient {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { done(compared: Compared): void; failed(error: Error): void }>();
  private version = 0;
  private ids = 0;

  constructor(heard: Heard) {
    this.worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module', name: 'studio-check' });
    this.worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'issues' && data.version === this.version) heard.issues(data.issues, data.version);
      // The worker tells picture and names once: what came of an older text holds until a newer one has others.
      else if (data.kind === 'rest') heard.rest(data);
      else if (data.kind === 'compared') this.settle(data.id)?.done(data.compared);
      else if (data.kind === 'failed') this.settle(data.id)?.failed(new Error(data.message));
    });
    this.worker.addEventListener('error', () => {
      for (const { failed } of this.waiting.values()) failed(new Error('the worker ended'));
      this.waiting.clear();
      heard.lost();
    });
  }

  open(project: string, files: Files): void {
    this.send({ kind: 'open', project, files });
  }

  /** @returns the version that its issues come under */
  check(text: string): number {
    this.version += 1;
    this.send({ kind: 'check', version: this.version, text });
    return this.version;
  }

  compare(project: string, before: Files | null, after: Files): Promise<Compared> {
    this.ids += 1;
    const id = this.ids;
    return new Promise((done, failed) => {
      this.waiting.set(id, { done, failed });
      this.send({ kind: 'compare', id, project, before, after });
    });
  }

  close(): void {
    this.worker.terminate();
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private settle(id: number) {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }
}
