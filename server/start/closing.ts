import type { Server } from 'node:http';
import type { Cases } from '../cases/cases.ts';
import { saveIndex } from '../cases/saved-index.ts';
import type { Context } from '../context.ts';
import type { Log } from '../log.ts';
import type { Retention } from '../privacy/retention.ts';
import type { Rollup } from '../reports/rollup.ts';
import type { Sandbox } from '../sandbox/index.ts';
import type { Store } from '../store/store.ts';
import type { Tracing } from '../trace/tracing.ts';
import { drained } from './listening.ts';

/** Stops taking requests, ends what is under way, frees the folder. */
export async function close(parts: {
  tracing: Tracing;
  server: Server;
  jobs: Context['jobs'];
  retention: Retention;
  batches: Context['batches'];
  works: Context['works'];
  cases: Cases;
  rollup: Rollup;
  /** Of the saved index. */
  form: string;
  /** The store answers lists itself: there is no index to be saved. */
  isListed: boolean;
  sandbox: Sandbox | null;
  admin: { close(): Promise<void> } | null;
  store: Store;
  log: Log;
  recognizer: Context['recognizer'];
}): Promise<void> {
  await drained(parts.server);
  await parts.admin?.close();
  parts.recognizer.stop();
  await parts.batches.stop();
  await parts.retention.stop();
  await parts.works.stop();
  await parts.jobs.stop();
  await parts.sandbox?.stop();
  await parts.cases.idle();
  if (!parts.isListed && parts.cases.rebuilding() === null) {
    // The next start reads every case when this cannot be written.
    const kept = { form: parts.form, counted: parts.rollup.toJson() };
    await saveIndex(parts.store, parts.cases.index.all(), parts.jobs.dues, kept).catch((error: Error) =>
      parts.log.error({ error: error.message }, 'the index was not saved'),
    );
  }
  await parts.tracing.stop();
  await parts.store.close();
}
