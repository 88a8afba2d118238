import type { Cases } from '../cases/cases.ts';
import { readIndex } from '../cases/saved-index.ts';
import type { Context } from '../context.ts';
import type { Log } from '../log.ts';
import type { Rollup } from '../reports/rollup.ts';
import type { Store } from '../store/store.ts';

/** @returns whether the index, as the last stop left it, is of all cases as they are */
export async function loadIndex({
  store,
  log,
  form,
  cases,
  jobs,
  rollup,
}: {
  readonly store: Store;
  readonly log: Log;
  /** What entries look like now; others are not understood. */
  readonly form: string;
  readonly cases: Cases;
  readonly jobs: Pick<Context['jobs'], 'noteDues'>;
  readonly rollup: Rollup;
}): Promise<boolean> {
  const saved = await readIndex(store, log, form);
  const isCounted = saved.counted !== null && rollup.load(saved.counted);
  cases.index.load(saved.entries.map(({ entry }) => entry));
  for (const { entry, dues } of saved.entries) jobs.noteDues(entry.id, dues);
  return saved.whole && isCounted;
}

/** Reads every case, as after a crash. */
export async function rebuilt(cases: Cases, log: Log): Promise<void> {
  const broken = await cases.rebuild().catch((error: Error) => {
    log.error({ error: error.message }, 'the index could not be rebuilt');
    return [];
  });
  if (broken.length > 0) log.error({ cases: broken.length }, 'cases cannot be read: restore them from the backup');
}
