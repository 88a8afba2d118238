import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What the reader can be asked. */
export type Task =
  | { readonly kind: 'fields'; readonly picture: string; readonly image: Uint8Array }
  | { readonly kind: 'codes'; readonly image: Uint8Array; readonly type: string }
  | { readonly kind: 'pages'; readonly pdf: Uint8Array; readonly most: number };

export interface Question {
  readonly id: number;
  readonly task: Task;
}

export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: string };

/** Why there is no answer. `busy`: the queue is full. `late`: over the time limit. `ended`: the reader died of it. */
export class ReaderFailure extends Error {
  readonly reason: 'busy' | 'late' | 'memory' | 'ended' | 'unreadable' | 'stopped';
  constructor(reason: ReaderFailure['reason'], detail = '') {
    super(`reader ${reason}${detail === '' ? '' : `: ${detail}`}`);
    this.name = 'ReaderFailure';
    this.reason = reason;
  }
}

export interface ReaderProcess {
  /** One after the other. @throws ReaderFailure */
  ask(task: Task): Promise<unknown>;
  stop(): void;
}

export interface ReaderOptions {
  /** For one task, milliseconds; loading the models is part of the first. */
  readonly limit?: number;
  /** From being asked, waiting included: who waits longer has typed it already. */
  readonly patience?: number;
  readonly mostWaiting?: number;
  /** Without work for so long it ends and gives its memory back. */
  readonly idle?: number;
  /** Megabytes. Linux only: elsewhere nothing tells them. */
  readonly mostMemory?: number;
  /** Another program (tests). */
  readonly program?: string;
}

interface Waiting {
  readonly task: Task;
  readonly since: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (failure: ReaderFailure) => void;
}

/** Keeps one reader: started by the first task, killed when a task takes too long or too much, started again by the next. */
export function createReaderProcess(options: ReaderOptions = {}): ReaderProcess {
  const limit = options.limit ?? 45_000;
  const patience = options.patience ?? 60_000;
  const mostWaiting = options.mostWaiting ?? 20;
  const idle = options.idle ?? 120_000;
  const mostMemory = options.mostMemory ?? 1_500;
  const program = options.program ?? fileURLToPath(new URL('./reader/main.ts', import.meta.url));
  const queue: Waiting[] = [];
  let child: ChildProcess | null = null;
  let current: (Waiting & { readonly id: number; readonly watch: NodeJS.Timeout }) | null = null;
  let ids = 0;
  let rest: NodeJS.Timeout | null = null;
  let stopped = false;

  /** Ends what is under way, one way or the other, and takes the next. */
  const settle = (end: (waiting: Waiting) => void): void => {
    if (!current) return;
    const done = current;
    current = null;
    clearInterval(done.watch);
    end(done);
    next();
  };

  const kill = (reason: ReaderFailure['reason']): void => {
    child?.removeAllListeners();
    child?.on('error', () => undefined);
    child?.kill('SIGKILL');
    child = null;
    settle(({ reject }) => reject(new ReaderFailure(reason)));
  };

  const start = (): ChildProcess => {
    const started = fork(program, [], {
      execArgv: ['--import', 'tsx', '--max-old-space-size=512'],
      // Keys and passwords of the server's environment are nothing to it.
      env: pick(process.env, ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'LANG']),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    const lost = (detail: string) => {
      if (child !== started) return;
      child = null;
      settle(({ reject }) => reject(new ReaderFailure('ended', detail)));
    };
    started.on('message', (answer: Answer) => {
      if (answer.id !== current?.id) return;
      settle(({ resolve, reject }) =>
        'result' in answer ? resolve(answer.result) : reject(new ReaderFailure('unreadable', answer.failure)),
      );
    });
    started.on('error', (error) => lost(error.message));
    started.on('exit', (code, signal) => lost(String(signal ?? code)));
    // The server may end while the reader rests.
    started.unref();
    started.channel?.unref();
    return started;
  };

  const next = (): void => {
    if (current || stopped) return;
    if (rest) clearTimeout(rest);
    const waiting = queue.shift();
    if (!waiting) {
      rest = setTimeout(() => kill('stopped'), idle);
      rest.unref();
      return;
    }
    if (Date.now() - waiting.since > patience) {
      waiting.reject(new ReaderFailure('late', 'in the queue'));
      next();
      return;
    }
    child ??= start();
    const reader = child;
    const began = Date.now();
    const watch = setInterval(() => {
      if (Date.now() - began > limit) kill('late');
      else void memoryOf(reader).then((used) => used > mostMemory && child === reader && kill('memory'));
    }, 250);
    ids += 1;
    current = { ...waiting, id: ids, watch };
    reader.send({ id: ids, task: waiting.task } satisfies Question, (error) => {
      if (error && child === reader) kill('ended');
    });
  };

  return {
    ask(task) {
      if (stopped) return Promise.reject(new ReaderFailure('stopped'));
      if (queue.length >= mostWaiting) return Promise.reject(new ReaderFailure('busy'));
      return new Promise((resolve, reject) => {
        // An upload waits for its code, nobody waits for fields.
        const at = task.kind === 'codes' ? queue.findIndex((one) => one.task.kind !== 'codes') : -1;
        queue.splice(at < 0 ? queue.length : at, 0, { task, since: Date.now(), resolve, reject });
        next();
      });
    },
    stop() {
      stopped = true;
      if (rest) clearTimeout(rest);
      for (const { reject } of queue.splice(0)) reject(new ReaderFailure('stopped'));
      kill('stopped');
    },
  };
}

/** Resident memory in megabytes; 0 where the system does not say. */
async function memoryOf(child: ChildProcess): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => names.includes(name)));
}
