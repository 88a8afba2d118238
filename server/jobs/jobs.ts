import { type Dues, duesOf } from '../cases/dues.ts';
import type { MovableClock } from '../clock.ts';
import { aloneNodes, type Nodes } from '../store/nodes.ts';
import { KeyedQueue } from '../store/queue.ts';
import type { CaseDocument } from '../store/store.ts';
import { toldOf } from '../told.ts';
import { plainTracing, traced } from '../trace/tracing.ts';
import { DueHeap } from './due.ts';
import type { OutboxDeps } from './outbox/entry.ts';
import { workOutbox } from './outbox/outbox.ts';
import { Failing, type JobsStanding, Waiting } from './standing.ts';
import { fireTimers } from './timers.ts';

export interface Jobs {
  /** A case was committed: look at its timers and its outbox. */
  note(document: CaseDocument): void;
  /** The same, committed by another node: that one does it, unless it is gone. */
  noteElsewhere(document: CaseDocument): void;
  /** The same for a case that nobody has read: something of it may be due at these times. */
  noteDues(id: string, dues: Dues): void;
  /** What waits and what is late. */
  standing(now: number): JobsStanding;
  /** What was noted last of a case, also when it is being done at this moment. */
  dues(id: string): Dues;
  start(): void;
  /**
   * Moves the clock (development), firing on the way what becomes due, each at its own time. Jobs that have not begun, or are
   * stopped meanwhile, fire nothing: then the clock stays where it has come to.
   */
  advance(ms: number): Promise<void>;
  /** Resolves when nothing that is due now is left to do here: for jobs that do not run, when nothing is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** After an error that is nobody's answer (a disk that is full, a case that cannot be read). */
const RETRY = 30_000;
/** What another node has at hand, or has just made due, is looked at so much later. */
const ELSEWHERE = 1_500;
const NOTHING: Dues = { timer: null, outbox: null };
const MOST_ON_THE_WAY = 1_000;
/**
 * Jobs under way at the same time. After a long stop everything is due at once: each job holds a document and files of the
 * disk. Calls wait for others most of the time.
 */
const MOST_TIMERS = 64;
const MOST_CALLS = 256;

/** Cases by when something is due, and how much of it is being done. */
interface Lane {
  readonly heap: DueHeap;
  readonly most: number;
  readonly failing: Failing;
  busy: number;
}

/**
 * Timers and outbox of all cases in this process. Both are data of the case: after a restart the documents are noted
 * again and everything that is due is done. Timers never wait for a slow call of the same case.
 */
export function createJobs(
  deps: OutboxDeps & {
    readonly clock: MovableClock;
    /** Those that do the same with the same cases; none where it is absent. */
    readonly nodes?: Nodes;
  },
): Jobs {
  const { clock, cases, log, tracing = plainTracing, nodes = aloneNodes() } = deps;
  const timers: Lane = { heap: new DueHeap(), most: MOST_TIMERS, failing: new Failing(), busy: 0 };
  const outbox: Lane = { heap: new DueHeap(), most: MOST_CALLS, failing: new Failing(), busy: 0 };
  /** Of cases of which anything is due at any time. */
  const noted = new Map<string, Dues>();
  const waiting = new Waiting();
  const queue = new KeyedQueue();
  let running = false;
  let cancel: (() => void) | null = null;

  function arm(): void {
    cancel?.();
    cancel = null;
    if (!running) return;
    // A lane that is full goes on when one of its jobs is done.
    const times = [timers, outbox].flatMap(({ heap, most, busy }) => (busy < most ? (heap.first() ?? []) : []));
    if (times.length > 0) cancel = clock.at(Math.min(...times), tick);
  }

  function tick(): void {
    if (!running) return;
    const now = clock.now();
    for (let id = next(timers, now); id !== null; id = next(timers, now))
      run(`timer/${id}`, id, timers, (one) => fireTimers(cases, clock, one));
    for (let id = next(outbox, now); id !== null; id = next(outbox, now))
      run(`outbox/${id}`, id, outbox, (one) => workOutbox(deps, one));
    arm();
  }

  function run(key: string, id: string, lane: Lane, job: (id: string) => Promise<void>): void {
    lane.busy += 1;
    const work = async () => {
      try {
        if (!running) return;
        if (!nodes.isShared) await job(id);
        else if (!(await isDoneHere(key, () => job(id)))) {
          lane.heap.set(id, clock.now() + ELSEWHERE);
          return;
        }
        lane.failing.done(id);
        note((await cases.read(id)).document);
      } catch (error) {
        log.error({ case: id, error: toldOf(error) }, 'a job failed');
        lane.failing.failed(id, dueOf(lane, id));
        lane.heap.set(id, clock.now() + RETRY);
      } finally {
        lane.busy -= 1;
        arm();
      }
    };
    // A job is no part of the request that happened to set the alarm: what it does for a step is (see `workOutbox`).
    const name = lane === timers ? 'timers' : 'outbox';
    void queue.run(key, () => traced(tracing, { name, kind: 'inside', parent: null, case: id }, work));
  }

  /** By one node at a time. @returns false when another one has it at hand */
  async function isDoneHere(key: string, job: () => Promise<void>): Promise<boolean> {
    // A database that does not answer is asked again.
    const release = await nodes.claim(key).catch(() => null);
    if (release === null) return false;
    try {
      await job();
    } finally {
      await release();
    }
    return true;
  }

  /** When it should have been done: what fails is late since then, however often it is tried. */
  function dueOf(lane: Lane, id: string): number {
    const { timer, outbox: sent } = noted.get(id) ?? NOTHING;
    return Math.min((lane === timers ? timer : sent) ?? clock.now(), clock.now());
  }

  function standing(now: number): JobsStanding {
    const first = Math.min(timers.heap.first() ?? now, timers.failing.first() ?? now);
    return {
      queues: waiting.standing(now),
      timers: {
        planned: timers.heap.size,
        due: timers.heap.countDue(now) + timers.failing.size,
        late: Math.max(0, now - first),
      },
      failing: { timers: timers.failing.size, outbox: outbox.failing.size },
    };
  }

  function note(document: CaseDocument): void {
    noteDues(document.state.id, duesOf(document));
  }

  /** @param later how long after its time it is looked at here, ms */
  function noteDues(id: string, dues: Dues, later = 0): void {
    if (dues.timer === null && dues.outbox === null) noted.delete(id);
    else noted.set(id, dues);
    waiting.note(id, dues);
    // Somebody else's step may have done it.
    const now = clock.now();
    if ((dues.timer ?? now + 1) > now) timers.failing.done(id);
    if ((dues.outbox ?? now + 1) > now) outbox.failing.done(id);
    const at = (due: number | null): number | null => (due === null || later === 0 ? due : Math.max(due, now) + later);
    timers.heap.set(id, at(dues.timer));
    outbox.heap.set(id, at(dues.outbox));
    arm();
  }

  async function idle(): Promise<void> {
    for (;;) {
      tick();
      await queue.idle();
      // Nobody takes up what is due here any more: to wait for it would never end, and let nobody else run, no timer either.
      if (!running) return;
      const now = clock.now();
      const left = [timers, outbox].some(({ heap }) => (heap.first() ?? Number.POSITIVE_INFINITY) <= now);
      if (!left) return;
    }
  }

  return {
    note,
    noteElsewhere: (document) => noteDues(document.state.id, duesOf(document), ELSEWHERE),
    noteDues: (id, dues) => noteDues(id, dues),
    standing,
    dues: (id) => noted.get(id) ?? NOTHING,
    start() {
      running = true;
      tick();
    },
    async advance(ms) {
      const end = clock.now() + ms;
      for (let n = 0; n < MOST_ON_THE_WAY; n += 1) {
        await idle();
        if (!running) return;
        const dues = [timers, outbox].map(({ heap }) => heap.first());
        const times = dues.flatMap((due) => (due !== null && due <= end ? due : []));
        if (times.length === 0) break;
        clock.moveTo(Math.min(...times));
      }
      clock.moveTo(end);
      await idle();
    },
    idle,
    async stop() {
      running = false;
      cancel?.();
      await queue.idle();
    },
  };
}

function next({ heap, most, busy }: Lane, now: number): string | null {
  return busy < most ? heap.take(now) : null;
}
