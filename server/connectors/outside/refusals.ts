import type { Json } from '../../../engine/model/json.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';

/** Messages from outside that were not taken: forged, replayed, tampered, of another merchant, of no case. */
export interface Refusal {
  readonly at: number;
  readonly connector: string;
  /** A word: `signature`, `replay`, `tampered`, `merchant`, `amount`, `orphan`, `shape`. */
  readonly reason: string;
  /** Our own number of the request, where it is known; never content of the message. */
  readonly reference?: string;
}

export interface Refusals {
  record(refusal: Omit<Refusal, 'at'>): void;
  /** Newest last; the last hundred. */
  list(): readonly Refusal[];
  /** How many there were since the server was set up, by connector and reason. */
  counts(): { readonly [name: string]: number };
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

const kept = 100;
const pause = 1_000;

/**
 * Kept in one small document that is written once a second at most: whoever floods us with forgeries must not fill the disk.
 */
export async function createRefusals(
  store: Pick<Store, 'readDocument' | 'writeDocument'>,
  clock: Clock,
  log: Log,
): Promise<Refusals> {
  const stored = (await store.readDocument('refusals', 'outside'))?.data as
    | { readonly list: readonly Refusal[]; readonly counts: { [name: string]: number } }
    | undefined;
  let list: readonly Refusal[] = stored?.list ?? [];
  const counts: { [name: string]: number } = { ...stored?.counts };
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  function write(): Promise<void> {
    timer = null;
    const data = { list, counts: { ...counts } } as unknown as Json;
    writing = writing
      .then(() => store.writeDocument('refusals', 'outside', data))
      .then(
        () => undefined,
        (error: Error) => log.error({ error: error.message }, 'refusals are not written'),
      );
    return writing;
  }

  return {
    record(refusal) {
      const name = `${refusal.connector}.${refusal.reason}`;
      counts[name] = (counts[name] ?? 0) + 1;
      list = [...list, { at: clock.now(), ...refusal }].slice(-kept);
      log.warn({ ...refusal }, 'a message from outside was refused');
      timer ??= setTimeout(() => void write(), pause).unref();
    },
    list: () => list,
    counts: () => ({ ...counts }),
    async flush() {
      if (timer === null) return writing;
      clearTimeout(timer);
      await write();
    },
  };
}
