import { type HealthLevel, type HealthPart, type HealthView, healthParts } from '../../../engine/contract/health.ts';
import { fileSize } from '../../app/format.ts';
import { lasted } from '../reports/lasted.ts';
import { say } from './texts.ts';

/** What is said of a part of the server. */
export interface PartLine {
  readonly part: HealthPart;
  readonly level: HealthLevel;
  readonly sentence: string;
  /** What to do, and the heading of docs/operations.md; null while all is well. */
  readonly todo: { readonly text: string; readonly runbook: string } | null;
}

/** Headings of docs/operations.md, which are names of alerts. */
const RUNBOOKS: { readonly [part in HealthPart]: string } = {
  store: 'CertflowStoreRefusesWrites',
  damaged: 'CertflowDamagedDocuments',
  files: 'CertflowFilesUnavailable',
  queues: 'CertflowOutboxStuck',
  timers: 'CertflowTimersLate',
  jobs: 'CertflowJobsFailing',
  circuits: 'CertflowCircuitOpen',
  letters: 'CertflowDeadLetters',
  index: 'CertflowIndexRebuilding',
  loop: 'CertflowEventLoopLate',
  memory: 'CertflowMemoryHigh',
};

const ORDER: readonly HealthLevel[] = ['act', 'look', 'good'];

/** What needs somebody first; otherwise always in the same order, so that a page that is looked at often is known by heart. */
export function linesOf(view: HealthView): readonly PartLine[] {
  const params = paramsOf(view);
  const lines = healthParts.map((part): PartLine => {
    const level = view.levels[part];
    const isGood = level === 'good';
    return {
      ...{ part, level },
      sentence: say(`${part}.${isGood ? 'good' : 'bad'}`, params[part]),
      todo: isGood ? null : { text: say(`${part}.todo`), runbook: RUNBOOKS[part] },
    };
  });
  return [...lines].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
}

/** How many need somebody now, how many want to be looked at. */
export function countOf({ levels }: HealthView, level: HealthLevel): number {
  return Object.values(levels).filter((one) => one === level).length;
}

type Params = { readonly [name: string]: string | number };

function paramsOf(view: HealthView): { readonly [part in HealthPart]: Params } {
  const { queues, timers, jobs, letters, memory, loop } = view;
  const oldest = Math.max(0, ...queues.map((queue) => queue.oldest ?? 0));
  const alone = view.circuits.flatMap(({ name, openUntil }) => (openUntil === null ? [] : name));
  return {
    store: { trouble: view.trouble ?? '' },
    damaged: { n: view.damaged },
    files: { trouble: view.files ?? '' },
    queues: { oldest: lasted(oldest) },
    timers: { planned: timers.planned, due: timers.due, late: lasted(timers.late) },
    jobs: { n: jobs.timers + jobs.outbox },
    circuits: { names: alone.join('、') },
    letters: { n: letters.call + letters.notice + letters.webhook },
    index: { n: view.counted ?? 0 },
    loop: { p99: loop.p99, max: loop.max },
    memory: {
      used: fileSize(memory.used),
      heap: fileSize(memory.heap),
      most: fileSize(memory.most),
      share: Math.round((memory.heap / memory.most) * 100),
    },
  };
}
