/** How a part of the server does: all is well; somebody should look today; somebody has to do something now. */
export type HealthLevel = 'good' | 'look' | 'act';

/** Parts of the server, in the order in which they are told. */
export const healthParts = [
  'store',
  'damaged',
  'files',
  'queues',
  'timers',
  'jobs',
  'circuits',
  'letters',
  'index',
  'loop',
  'memory',
] as const;
export type HealthPart = (typeof healthParts)[number];

/** What of one outside system waits. Ages in ms. */
export interface HealthQueue {
  /** The connector, `message` for SMS and e-mail, `desk`, `portal`, or `house` for what only the hall itself has to do. */
  readonly name: string;
  readonly waiting: number;
  readonly owed: number;
  readonly oldest: number | null;
}

export interface HealthCircuit {
  readonly name: string;
  readonly failures: number;
  /** By the server's clock; null while it is asked as usual. */
  readonly openUntil: number | null;
}

/** How the server does, of one moment. No case, no person. */
export interface HealthView {
  /** By the server's clock. */
  readonly at: number;
  /** Which of several equal servers has answered: machine and process. */
  readonly node: string;
  readonly version: string;
  /** How long the process runs, ms of real time. */
  readonly up: number;
  readonly levels: { readonly [part in HealthPart]: HealthLevel };
  readonly queues: readonly HealthQueue[];
  /** `late`: ms. */
  readonly timers: { readonly planned: number; readonly due: number; readonly late: number };
  readonly jobs: { readonly timers: number; readonly outbox: number };
  readonly circuits: readonly HealthCircuit[];
  readonly letters: { readonly call: number; readonly notice: number; readonly webhook: number };
  /** Why writes are refused, in the words of the disk; null when they are not. */
  readonly trouble: string | null;
  readonly damaged: number;
  /** Why uploaded files can neither be kept nor read, in the words of who keeps them; null when they can. */
  readonly files: string | null;
  readonly cases: number;
  /** `cases` is what a database believes. */
  readonly estimated: boolean;
  /** Cases that were read while the index is rebuilt; null when it is whole. */
  readonly counted: number | null;
  /** How long the event loop was late in the last minute, ms. */
  readonly loop: { readonly p99: number; readonly max: number };
  /** Bytes. */
  readonly memory: { readonly used: number; readonly heap: number; readonly most: number };
  readonly sessions: number;
}
