import { columnsOf, type Definition, type Locale, sentence } from '../../engine/index.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Cases } from '../cases/cases.ts';
import type { Clock } from '../clock.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { Log } from '../log.ts';
import type { Releases } from '../releases/releases.ts';
import { KeyedQueue } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import { toldOf } from '../told.ts';
import { createIdentity, type Identity } from './identity.ts';
import { commandsOf, type Forms, type Problem, problemsOf } from './plan.ts';
import { createSharedDrafts, type SharedDrafts } from './shared.ts';

/** A row of a file that was sent in. What it said is kept until its case has begun or was refused, and no longer. */
export interface BatchRow {
  readonly line: number;
  readonly caseId: string;
  /** Still to be begun, with these values. */
  readonly waiting: Forms | null;
  readonly problems: readonly Problem[];
}

export interface Batch {
  readonly id: string;
  readonly owner: string;
  /** That the person acted for when the file was sent in; others who act for it see the cases. Not said in batches of earlier versions. */
  readonly company?: string;
  readonly project: string;
  /** Of the file, as the person called it. */
  readonly name: string;
  readonly at: number;
  readonly locale: Locale;
  /** What all rows share; null when none is waiting. */
  readonly shared: Forms | null;
  readonly rows: readonly BatchRow[];
}

/**
 * Files with a case in each row. What is to be done is written down before the first case begins, each case has an id that
 * follows from its row, and a case with all its first steps is one commit: after a crash the rest is begun, and nothing
 * twice.
 */
export interface Batches {
  readonly identity: Identity;
  readonly shared: SharedDrafts;
  read(id: string): Promise<Batch | null>;
  /** Of one person, newest first. */
  of(owner: string): Promise<readonly Batch[]>;
  /** Writes down what is to be done, and begins it. */
  put(batch: Batch): Promise<void>;
  /** Goes on with what a former process left, and with what comes. Of several nodes one does it. */
  start(): Promise<void>;
  /** Another node has written this one down. */
  heard(id: string): void;
  /** Ends after the row under way. */
  stop(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

const kind = 'batch';
/** Rows after which is written down how far it has come. More would not be wrong: the cases themselves are known. */
const STRETCH = 20;
/** Until a disk that refused is tried again. */
const AGAIN = 30_000;

export interface BatchDeps {
  readonly store: Store;
  readonly crypto: Crypto;
  readonly cases: Cases;
  readonly releases: Releases;
  readonly clock: Clock;
  readonly log: Log;
}

export function createBatches({ store, crypto, cases, releases, clock, log }: BatchDeps): Batches {
  const queue = new KeyedQueue();
  const identity = createIdentity(crypto, cases.lists);
  const shared = createSharedDrafts(store, clock);
  const waits = new Set<() => void>();
  let isStarted = false;
  let isStopping = false;

  async function read(id: string): Promise<Batch | null> {
    const stored = await store.readDocument(kind, id);
    return stored && (stored.data as unknown as Batch);
  }
  async function all(): Promise<Batch[]> {
    const found: Batch[] = [];
    for await (const { document } of store.listDocuments(kind)) found.push(document.data as unknown as Batch);
    return found;
  }
  const write = async (batch: Batch): Promise<void> =>
    void (await store.writeDocument(kind, batch.id, batch as unknown as Json));

  /** One batch after the other: a large one leaves room for those who press buttons meanwhile. */
  function begin(id: string): void {
    if (!isStarted || isStopping) return;
    void queue.run('run', async () => {
      try {
        await run(id);
      } catch (error) {
        log.error({ batch: id, error: toldOf(error) }, 'batch stopped, tried again');
        const cancel = clock.at(clock.now() + AGAIN, () => {
          waits.delete(cancel);
          begin(id);
        });
        waits.add(cancel);
      }
    });
  }

  async function run(id: string): Promise<void> {
    let batch = await read(id);
    while (batch !== null && !isStopping && batch.rows.some(({ waiting }) => waiting !== null)) {
      const { current } = (await releases.project(batch.project)) ?? { current: null };
      const definition = current === null ? null : await releases.definition(current);
      batch = await goOn(batch, definition);
      await write(batch);
    }
  }

  /** The next rows of a batch. */
  async function goOn(batch: Batch, definition: Definition | null): Promise<Batch> {
    const { owner, company = null, locale } = batch;
    const all = batch.shared ?? {};
    const columns = definition === null ? [] : columnsOf(definition, all, { locale, now: clock.now() });
    const rows: BatchRow[] = [];
    let left = STRETCH;
    for (const row of batch.rows) {
      if (row.waiting === null || left === 0 || isStopping) {
        rows.push(row);
        continue;
      }
      left -= 1;
      const done = { ...row, waiting: null };
      if (definition === null) {
        rows.push({ ...done, problems: [{ column: null, message: sentence('project-closed', {}, locale) }] });
        continue;
      }
      const forms: { [form: string]: JsonObject } = { ...all, ...row.waiting };
      const commands = commandsOf(definition, owner, forms, locale);
      const begun = await cases.begin(definition, owner, row.caseId, commands, company);
      rows.push(begun.kind === 'refused' ? { ...done, problems: problemsOf(columns, begun.blockers, locale) } : done);
    }
    const isDone = rows.every(({ waiting }) => waiting === null);
    return { ...batch, rows, shared: isDone ? null : batch.shared };
  }

  return {
    identity,
    shared,
    read,
    async of(owner) {
      const own = (await all()).filter((batch) => batch.owner === owner);
      return own.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    },
    async put(batch) {
      await write(batch);
      begin(batch.id);
    },
    heard: begin,
    async start() {
      isStarted = true;
      await shared.sweep();
      for (const { id, rows } of await all()) if (rows.some(({ waiting }) => waiting !== null)) begin(id);
    },
    async stop() {
      isStopping = true;
      for (const cancel of waits) cancel();
      await queue.idle();
    },
    idle: () => queue.idle(),
  };
}
