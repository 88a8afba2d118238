import { getHeapStatistics } from 'node:v8';
import type { HealthLevel, HealthView } from '../../engine/contract/health.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import { processName } from '../version.ts';
import type { Condition } from './condition.ts';
import { type Loop, watchProcess } from './process.ts';

const MINUTE = 60_000;

/** From when on somebody should look, and from when on somebody has to act. deploy/alerts.rules.yaml says the same. */
export const LIMITS = {
  /** Age of the oldest that waits to be sent, ms. */
  queue: [10 * MINUTE, 60 * MINUTE],
  /** How late a timer is, ms. */
  timers: [MINUTE, 10 * MINUTE],
  /** Cases whose job fails. */
  jobs: [1, 20],
  /** Open dead letters. */
  letters: [1, 50],
  /** 99th percentile of a minute, ms. */
  loop: [100, 500],
  /** Share of the heap that may be used. */
  memory: [0.8, 0.95],
} as const satisfies { readonly [part: string]: readonly [number, number] };

function level(value: number, [look, act]: readonly [number, number]): HealthLevel {
  if (value >= act) return 'act';
  return value >= look ? 'look' : 'good';
}

export interface OfProcess {
  readonly loop: Loop;
  readonly memory: HealthView['memory'];
}

function ofProcess(): OfProcess {
  const { rss, heapUsed } = process.memoryUsage();
  return {
    loop: watchProcess().loop(),
    memory: { used: rss, heap: heapUsed, most: getHeapStatistics().heap_size_limit },
  };
}

/**
 * @param process what the process says of itself; given by tests
 * @throws Fault when the store does not answer: whoever may look is kept in it, so that nobody sees the page then
 */
export function healthOf(
  { clock, running }: Pick<Context, 'clock' | 'running'>,
  now: Condition,
  { loop, memory }: OfProcess = ofProcess(),
): HealthView {
  const { queues, timers, failing, circuits, counts } = now;
  if (counts === null)
    throw new Fault(503, 'try-later', {}, { extra: { trouble: now.trouble ?? 'no answer in time' } });
  const { letters, sessions } = counts;
  const open = letters.call + letters.notice + letters.webhook;
  const oldest = Math.max(0, ...queues.map((queue) => queue.oldest ?? 0));
  return {
    at: clock.now(),
    node: processName(),
    version: running.version,
    up: clock.real() - running.since,
    levels: {
      store: now.trouble === null ? 'good' : 'act',
      damaged: now.damaged === 0 ? 'good' : 'act',
      files: now.files === null ? 'good' : 'act',
      queues: level(oldest, LIMITS.queue),
      timers: level(timers.late, LIMITS.timers),
      jobs: level(failing.timers + failing.outbox, LIMITS.jobs),
      circuits: circuits.some(({ isOpen }) => isOpen) ? 'look' : 'good',
      letters: level(open, LIMITS.letters),
      index: now.counted === null ? 'good' : 'look',
      loop: level(loop.p99, LIMITS.loop),
      memory: level(memory.heap / memory.most, LIMITS.memory),
    },
    queues,
    timers,
    jobs: failing,
    circuits: circuits.map(({ isOpen, openUntil, ...circuit }) => ({
      ...circuit,
      openUntil: isOpen ? openUntil : null,
    })),
    letters,
    trouble: now.trouble,
    damaged: now.damaged,
    files: now.files,
    cases: counts.cases,
    estimated: counts.estimated,
    counted: now.counted,
    loop,
    memory,
    sessions: sessions.person + sessions.half + sessions.link,
  };
}
