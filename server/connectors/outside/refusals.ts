import type { Json } from '../../../engine/model/json.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { changeDocument } from '../../store/change.ts';
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
  /** Somebody else has written some. */
  heard(): Promise<void>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

const kept = 100;
const pause = 1_000;

/**
 * Kept in one small document that is written once a second at most: whoever floods us with forgeries must not fill the disk.
 */
export async function createRefusals(
  store: Pick<Store, 'readDocument' | 'writeDocument' | 'removeDocument'>,
  clock: Clock,
  log: Log,
): Promise<Refusals> {
  let written = keptIn((await store.readDocument('refusals', 'outside'))?.data ?? null);
  /** Not written yet. */
  let fresh: readonly Refusal[] = [];
  const together = (): Kept => withFresh(written, fresh);
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  function write(): Promise<void> {
    timer = null;
    writing = writing
      .then(async () => {
        const taken = fresh;
        // Others may have written some meanwhile.
        const add = (now: Json | null) => withFresh(keptIn(now), taken) as unknown as Json;
        written = keptIn(await changeDocument(store, 'refusals', 'outside', add));
        fresh = fresh.slice(taken.length);
      })
      .then(
        () => undefined,
        (error: Error) => log.error({ error: error.message }, 'refusals are not written'),
      );
    return writing;
  }

  return {
    record(refusal) {
      fresh = [...fresh, { at: clock.now(), ...refusal }];
      log.warn({ ...refusal }, 'a message from outside was refused');
      timer ??= setTimeout(() => void write(), pause).unref();
    },
    list: () => together().list,
    counts: () => together().counts,
    async heard() {
      written = keptIn((await store.readDocument('refusals', 'outside'))?.data ?? null);
    },
    async flush() {
      if (timer === null) return writing;
      clearTimeout(timer);
      await write();
    },
  };
}

interface Kept {
  readonly list: readonly Refusal[];
  readonly counts: { readonly [name: string]: number };
}

function keptIn(data: Json | null): Kept {
  return (data as unknown as Kept | null) ?? { list: [], counts: {} };
}

function withFresh({ list, counts }: Kept, fresh: readonly Refusal[]): Kept {
  const sums: { [name: string]: number } = { ...counts };
  for (const { connector, reason } of fresh) sums[`${connector}.${reason}`] = (sums[`${connector}.${reason}`] ?? 0) + 1;
  return { list: [...list, ...fresh].slice(-kept), counts: sums };
}
