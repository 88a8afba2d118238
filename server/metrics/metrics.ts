import { getHeapStatistics } from 'node:v8';
import { Counter, Gauge, Histogram, type LabelValues, Registry } from 'prom-client';
import type { Condition } from './condition.ts';
import { watchProcess } from './process.ts';

/**
 * What Prometheus reads. Labels are words of the program and of definitions: routes by their pattern, connectors,
 * outcomes. Never an id, an address or anything that somebody typed: a label is kept for years and seen by many.
 */
export interface Metrics {
  /** An answered request. @param route the pattern, never the address @param seconds null for a stream */
  request(method: string, route: string, status: number, seconds: number | null): void;
  /** A command that was put to a case. */
  step(kind: string, outcome: StepOutcome, seconds: number): void;
  /** A request to another system. @param seconds null when it was not sent */
  call(connector: string, operation: string, outcome: string, seconds: number | null): void;
  /** A write of the store, as a whole. */
  write(what: string, outcome: WriteOutcome, seconds: number): void;
  /** What a disk needed to say that it has it. */
  fsync(what: 'file' | 'folder', seconds: number): void;
  /** The whole page in the text format of Prometheus, with what `condition` says now. */
  page(condition: Condition): Promise<string>;
  readonly contentType: string;
}

/** `conflict`: somebody else was faster, nothing was written. */
export type WriteOutcome = 'durable' | 'conflict' | 'failed';
export type StepOutcome = 'applied' | 'refused' | 'nothing' | 'failed';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const SLOW = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const QUICK = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, ...labelNames: T[]) =>
    new Counter({ name: `certflow_${name}`, help, labelNames, registers });
  const histogram = <T extends string>(name: string, help: string, buckets: number[], ...labelNames: T[]) =>
    new Histogram({ name: `certflow_${name}`, help, labelNames, buckets, registers });
  const gauge = <T extends string>(name: string, help: string, ...labelNames: T[]) =>
    new Gauge({ name: `certflow_${name}`, help, labelNames, registers });

  const requests = counter('http_requests_total', 'Answered requests', 'method', 'route', 'status');
  const durations = histogram('http_request_seconds', 'Time to the end of the answer', SLOW, 'method', 'route');
  const steps = counter('steps_total', 'Commands that were put to cases', 'kind', 'outcome');
  const stepTimes = histogram('step_seconds', 'A command with its write', QUICK, 'kind');
  const calls = counter('calls_total', 'Requests to other systems', 'connector', 'operation', 'outcome');
  const callTimes = histogram('call_seconds', 'Time until another system answered', SLOW, 'connector');
  const writes = counter('store_writes_total', 'Writes of the store', 'what', 'outcome');
  const writeTimes = histogram('store_write_seconds', 'A write until it is durable', QUICK, 'what');
  const syncs = histogram('store_fsync_seconds', 'fsync of the data folder', QUICK, 'what');
  gauge('heap_limit_bytes', 'What the heap may grow to').set(getHeapStatistics().heap_size_limit);
  gauge('build_info', 'Version of the program', 'version', 'node').set({ version, node: process.version }, 1);

  const gauges = conditionGauges(gauge);

  return {
    contentType: registry.contentType,
    request(method, route, status, seconds) {
      const known = METHODS.has(method) ? method : 'other';
      requests.inc({ method: known, route, status });
      if (seconds !== null) durations.observe({ method: known, route }, seconds);
    },
    step(kind, outcome, seconds) {
      steps.inc({ kind, outcome });
      stepTimes.observe({ kind }, seconds);
    },
    call(connector, operation, outcome, seconds) {
      calls.inc({ connector, operation, outcome });
      if (seconds !== null) callTimes.observe({ connector }, seconds);
    },
    write(what, outcome, seconds) {
      writes.inc({ what, outcome });
      writeTimes.observe({ what }, seconds);
    },
    fsync: (what, seconds) => syncs.observe({ what }, seconds),
    async page(condition) {
      gauges(condition);
      // Two scrapes at the same time do not mix: what is set is read in the same turn.
      const [own, whole] = await Promise.all([registry.metrics(), watchProcess().registry.metrics()]);
      return `${own}\n${whole}`;
    },
  };
}

type MakeGauge = <T extends string>(name: string, help: string, ...labelNames: T[]) => Gauge<T>;

/** What is counted by looking: a queue that is gone is not told as it was. */
function conditionGauges(gauge: MakeGauge): (condition: Condition) => void {
  const depth = gauge('outbox_entries', 'Effects that are not done yet', 'connector', 'state');
  const oldest = gauge('outbox_oldest_seconds', 'Age of the oldest that waits to be sent', 'connector');
  const timers = gauge('timers', 'Cases that have a timer');
  const due = gauge('timers_due', 'Cases whose timer should have fired');
  const late = gauge('timers_late_seconds', 'How late the latest of them is');
  const failing = gauge('jobs_failing', 'Cases whose job failed and is tried again', 'lane');
  const letters = gauge('dead_letters', 'Requests that were given up and nobody has decided about', 'kind');
  const circuits = gauge('circuit_open', '1 while another system is left alone', 'connector');
  const sessions = gauge('sessions', 'Sessions that are not over', 'kind');
  const cases = gauge('cases', 'Cases in the index');
  const rebuilding = gauge('index_rebuilding', '1 while the index is being rebuilt');
  const writable = gauge('store_writable', '0 while the store refuses writes');
  const files = gauge('files_available', '0 while uploaded files can neither be kept nor read');
  const damaged = gauge('store_damaged_documents', 'Documents that cannot be read');

  const fill = <T extends string>(of: Gauge<T>, values: Iterable<readonly [LabelValues<T>, number]>): void => {
    of.reset();
    for (const [labels, value] of values) of.set(labels, value);
  };

  return ({ queues, timers: of, failing: failed, ...now }) => {
    fill(
      depth,
      queues.flatMap(({ name: connector, waiting, owed }) => [
        [{ connector, state: 'waiting' }, waiting] as const,
        [{ connector, state: 'owed' }, owed] as const,
      ]),
    );
    fill(
      oldest,
      queues.map(({ name: connector, oldest: age }) => [{ connector }, (age ?? 0) / 1000] as const),
    );
    timers.set(of.planned);
    due.set(of.due);
    late.set(of.late / 1000);
    fill(failing, [
      [{ lane: 'timers' }, failed.timers],
      [{ lane: 'outbox' }, failed.outbox],
    ]);
    // What nobody knows at this moment is not told, neither as before nor as nothing.
    const { counts } = now;
    fill(letters, counts === null ? [] : byKind(counts.letters));
    fill(
      circuits,
      now.circuits.map(({ name: connector, isOpen }) => [{ connector }, Number(isOpen)] as const),
    );
    fill(sessions, counts === null ? [] : byKind(counts.sessions));
    if (counts === null) cases.remove();
    else cases.set(counts.cases);
    rebuilding.set(Number(now.counted !== null));
    writable.set(Number(now.trouble === null));
    damaged.set(now.damaged);
    files.set(Number(now.files === null));
  };
}

const byKind = (counts: { readonly [kind: string]: number }) =>
  Object.entries(counts).map(([kind, count]) => [{ kind }, count] as const);
