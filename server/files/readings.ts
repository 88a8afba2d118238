import type { Json } from '../../engine/model/json.ts';
import type { Recognition } from '../connectors/ocr/index.ts';
import { changeDocument } from '../store/change.ts';
import { KeyedQueue } from '../store/queue.ts';
import type { Store } from '../store/store.ts';

/** What was read from a picture of a case, and when; empty where nothing could be read. */
export interface Reading {
  readonly at: number;
  readonly fields: Recognition['fields'];
}

/** File -> what was read from it. */
export type ReadingsOfCase = { readonly [file: string]: Reading };

/**
 * What stands on the pictures of a case, kept so that whoever checks it need not have them read again. One document for a case, sealed as
 * a whole: it holds names and numbers of people.
 */
export interface Readings {
  of(caseId: string): Promise<ReadingsOfCase>;
  keep(caseId: string, file: string, reading: Reading): Promise<void>;
  erase(caseId: string): Promise<void>;
}

const kind = 'reading';

export function createReadings(store: Store): Readings {
  const queue = new KeyedQueue();
  const of = async (caseId: string): Promise<ReadingsOfCase> =>
    ((await store.readDocument(kind, caseId))?.data ?? {}) as unknown as ReadingsOfCase;
  return {
    of,
    keep: (caseId, file, reading) =>
      queue.run(caseId, async () => {
        await changeDocument(
          store,
          kind,
          caseId,
          (now) => ({ ...(now as unknown as ReadingsOfCase | null), [file]: reading }) as unknown as Json,
        );
      }),
    erase: (caseId) => queue.run(caseId, () => store.removeDocument(kind, caseId)),
  };
}
