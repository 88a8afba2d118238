import * as engine from '../../../engine/index.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { createBus } from '../../../server/cases/bus.ts';
import { Cases } from '../../../server/cases/cases.ts';
import { createDeskNotices } from '../../../server/cases/desk-notices.ts';
import { createDrafts } from '../../../server/cases/drafts.ts';
import { createReservations } from '../../../server/cases/reservations.ts';
import { readIndex, saveIndex } from '../../../server/cases/saved-index.ts';
import { createSecrets } from '../../../server/cases/secrets.ts';
import type { Connectors } from '../../../server/connectors/index.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { createDeadLetters } from '../../../server/jobs/dead-letters.ts';
import { createJobs, type Jobs } from '../../../server/jobs/jobs.ts';
import type { Log } from '../../../server/log.ts';
import type { Releases } from '../../../server/releases/releases.ts';
import { openFileStore } from '../../../server/store/file/file-store.ts';
import type { Io } from '../../../server/store/file/io.ts';
import { sealedStore } from '../../../server/store/sealed.ts';
import { sensitiveSchemas } from '../../../server/store/sensitive-schemas.ts';
import type { Store } from '../../../server/store/store.ts';
import type { VirtualClock } from '../world/clock.ts';
import { openSealed, type SealedParts } from './sealed.ts';

/** The parts of a server between HTTP and the disk, opened and closed as the server does. */
export interface House {
  readonly store: Store;
  readonly cases: Cases;
  readonly jobs: Jobs;
  readonly sealed: SealedParts | null;
  /** Cases that could not be read at the start. */
  readonly broken: readonly string[];
  /** The start found the mark of a clean stop and read no case. */
  readonly fromIndex: boolean;
  /** A clean stop. */
  close(): Promise<void>;
}

/** What every house seals with: folders of one can be made by others. */
export const houseCrypto = createCrypto(parseKeyRing(`a:${Buffer.alloc(32, 7).toString('base64')}`));
const houseSecrets = createSecrets(houseCrypto);
const silent = (): void => undefined;
const log = { debug: silent, info: silent, warn: silent, trace: silent, error: silent } as unknown as Log;
const calendar = { offsetMinutes: 480, exceptions: {}, until: '2030-12-31' };

export async function openHouse(
  io: Io,
  clock: VirtualClock,
  connectors: Connectors,
  definition: Definition,
  onFatal: () => void,
  /** With keys of its own in the store, files and the log of who did what. */
  isSealed = false,
): Promise<House> {
  const raw = await openFileStore({ folder: '/data', io, onFatal });
  const releases = { definition: async () => definition } as unknown as Releases;
  const schemas = sensitiveSchemas(definition);
  const sealed = isSealed ? await openSealed(raw, io, schemas, clock.now()) : null;
  const store = sealed?.store ?? sealedStore(raw, houseCrypto, async () => schemas);
  const secrets = sealed?.secrets ?? houseSecrets;
  let numbers = 0;
  const bus = createBus();
  const deskNotices = createDeskNotices(store, clock, bus);
  const cases = new Cases({
    ...{ store, releases, engine, clock, calendar, secrets, log },
    reservations: createReservations(store, sealed?.crypto ?? houseCrypto),
    numbers: async (prefix) => `${prefix}${String(numbers++).padStart(14, '0')}`,
    bus,
    deskNotices,
  });
  const jobs = createJobs({
    ...{ cases, store, connectors, secrets, clock, log },
    letters: createDeadLetters(store, cases, clock),
    refusals: { record: () => undefined },
    vault: sealed?.vault ?? ({ erase: async () => undefined } as never),
    readings: { erase: async () => undefined },
    drafts: createDrafts(store, clock),
    deskNotices,
    jitter: (ms) => ms,
  });
  cases.onCommit((document) => jobs.note(document));
  const saved = await readIndex(store, log, '1');
  cases.index.load(saved.entries.map(({ entry }) => entry));
  for (const { entry, dues } of saved.entries) jobs.noteDues(entry.id, dues);
  const broken = saved.whole ? [] : await cases.rebuild();
  jobs.start();
  return {
    ...{ store, cases, jobs, broken, sealed },
    fromIndex: saved.whole,
    async close() {
      await jobs.stop();
      await cases.idle();
      await saveIndex(store, cases.index.all(), jobs.dues, { form: '1', counted: {} });
      await store.close();
    },
  };
}
