import type { WorkAction, WorkReport, WorkRow, WorkSummary } from '../../engine/contract/running.ts';
import type { Locale } from '../../engine/errors/index.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { KeyedQueue } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import { toldOf } from '../told.ts';

/** One thing that somebody asked for, to be done with several cases, one after the other. */
export interface Work {
  readonly id: string;
  readonly at: number;
  /** Who asked for it, and in which language they are told. */
  readonly by: string;
  readonly name: string;
  readonly locale: Locale;
  readonly action: WorkAction;
  /** Title of the button, name of whoever takes over. */
  readonly what: string;
  /** Event and the answers of its form; person who takes over. */
  readonly event: string;
  readonly data: JsonObject | null;
  readonly to: string;
  readonly rows: readonly (WorkRow & { readonly key: string })[];
}

export type Done = Pick<WorkRow, 'state' | 'message'>;

export interface Works {
  put(work: Work): Promise<void>;
  read(id: string): Promise<Work | null>;
  /** Newest first. */
  all(): Promise<readonly Work[]>;
  /** Goes on with what a stop or a crash has left, and with what comes. Of several nodes one does it. */
  start(): Promise<void>;
  /** Another node has written this one down. */
  heard(id: string): void;
  stop(): Promise<void>;
  idle(): Promise<void>;
}

const kind = 'work';
/** Rows between two writes: what a crash makes it do again finds that it is done. */
const STRETCH = 10;
/** After an error that is nobody's answer. */
const AGAIN = 30_000;
/** Older reports are forgotten. */
const KEPT = 180 * 86_400_000;

export interface WorksDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Does one row; asked for the same row again, it does nothing twice. */
  perform(work: Work, row: Work['rows'][number], place: number): Promise<Done>;
  /** Something has moved. */
  tell(): void;
}

/** Runs works and keeps what became of each row: the report is what happened, and is there after a restart. */
export function createWorks({ store, clock, log, perform, tell }: WorksDeps): Works {
  const queue = new KeyedQueue();
  const waits = new Set<() => void>();
  let isStarted = false;
  let isStopping = false;

  const read = async (id: string): Promise<Work | null> =>
    ((await store.readDocument(kind, id))?.data ?? null) as unknown as Work | null;
  const write = async (work: Work): Promise<void> =>
    void (await store.writeDocument(kind, work.id, work as unknown as Json));
  async function all(): Promise<Work[]> {
    const found: Work[] = [];
    for await (const { document } of store.listDocuments(kind)) found.push(document.data as unknown as Work);
    return found.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  }

  function begin(id: string): void {
    if (!isStarted || isStopping) return;
    void queue.run('run', async () => {
      try {
        await run(id);
      } catch (error) {
        log.error({ work: id, error: toldOf(error) }, 'a work stopped, tried again');
        const cancel = clock.at(clock.now() + AGAIN, () => {
          waits.delete(cancel);
          begin(id);
        });
        waits.add(cancel);
      }
    });
  }

  async function run(id: string): Promise<void> {
    let work = await read(id);
    while (work !== null && !isStopping && isWaiting(work)) {
      const rows = [...work.rows];
      let left = STRETCH;
      for (const [place, row] of rows.entries()) {
        if (row.state !== 'waiting') continue;
        if (left === 0 || isStopping) break;
        left -= 1;
        rows[place] = { ...row, ...(await perform(work, row, place)), at: clock.now() };
      }
      work = { ...work, rows };
      await write(work);
      tell();
    }
  }

  return {
    read,
    all,
    async put(work) {
      await write(work);
      begin(work.id);
    },
    heard: begin,
    async start() {
      isStarted = true;
      for (const work of await all()) {
        if (isWaiting(work)) begin(work.id);
        else if (work.at < clock.now() - KEPT) await store.removeDocument(kind, work.id);
      }
    },
    async stop() {
      isStopping = true;
      for (const cancel of waits) cancel();
      await queue.idle();
    },
    idle: () => queue.idle(),
  };
}

function isWaiting({ rows }: Work): boolean {
  return rows.some(({ state }) => state === 'waiting');
}

export function summaryOf({ id, at, name, action, what, rows }: Work): WorkSummary {
  const count = (wanted: WorkRow['state']) => rows.filter(({ state }) => state === wanted).length;
  return {
    ...{ id, at, by: name, action, what, total: rows.length },
    ...{ waiting: count('waiting'), done: count('done'), refused: count('refused'), gone: count('gone') },
  };
}

export function reportOf(work: Work): WorkReport {
  return { ...summaryOf(work), rows: work.rows.map(({ key: _, ...row }) => row) };
}
