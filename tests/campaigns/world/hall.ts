import * as engine from '../../../engine/index.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { publishedCalendar } from '../../../server/calendar.ts';
import { createBus } from '../../../server/cases/bus.ts';
import { Cases, type Engine } from '../../../server/cases/cases.ts';
import { createDeskNotices } from '../../../server/cases/desk-notices.ts';
import { createDrafts } from '../../../server/cases/drafts.ts';
import { createNumbers } from '../../../server/cases/numbers.ts';
import { createReservations } from '../../../server/cases/reservations.ts';
import { createSecrets, type Secrets } from '../../../server/cases/secrets.ts';
import type { Inbox } from '../../../server/connectors/connector.ts';
import { createDoor, type Door } from '../../../server/connectors/door.ts';
import type { Connectors } from '../../../server/connectors/index.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { createDeadLetters } from '../../../server/jobs/dead-letters.ts';
import { createInbox } from '../../../server/jobs/inbox.ts';
import { createJobs, type Jobs } from '../../../server/jobs/jobs.ts';
import type { Log } from '../../../server/log.ts';
import type { Releases } from '../../../server/releases/releases.ts';
import { openFileStore } from '../../../server/store/file/file-store.ts';
import type { Io } from '../../../server/store/file/io.ts';
import { sealedStore } from '../../../server/store/sealed.ts';
import { sensitiveSchemas } from '../../../server/store/sensitive-schemas.ts';
import type { CaseDocument, Store } from '../../../server/store/store.ts';
import type { VirtualClock } from './clock.ts';
import { secret } from './post.ts';
import { rememberingCrypto, rememberingStore } from './remembering.ts';

/** A server as far as cases go, without HTTP: the production parts over an injected disk, clock and outside world. */
export interface Hall {
  readonly cases: Cases;
  readonly jobs: Jobs;
  /** Where what comes from outside is judged. */
  readonly door: Door;
  readonly secrets: Secrets;
}

/** Parts that a test breaks on purpose. */
export interface Broken {
  readonly engine?: (engine: Engine) => Engine;
  readonly store?: (store: Store) => Store;
  readonly inbox?: (inbox: Inbox, cases: Cases, log: Log) => Inbox;
}

export interface HallOptions {
  readonly disk: Io;
  readonly clock: VirtualClock;
  readonly connectors: Connectors;
  /** By hash. */
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly broken: Broken;
  /** Looks at what the engine does. */
  watched(engine: Engine): Engine;
  /** Every commit, after the jobs have heard of it. */
  onCommit(document: CaseDocument): void;
  /** What the server would write as an error. */
  onError(text: string, about: object): void;
}

const key = `a:${Buffer.alloc(32, 7).toString('base64')}`;

/** Opens the folder and takes up what was left, as a start of the server does. @throws when a case cannot be read */
export async function openHall(options: HallOptions): Promise<Hall> {
  const { clock, definitions, broken, connectors } = options;
  const crypto = rememberingCrypto(createCrypto(parseKeyRing(key)));
  const raw = await openFileStore({
    folder: '/data',
    io: options.disk,
    onFatal: (message) => options.onError('the store is dead', { message }),
  });
  const definition = async (hash: string): Promise<Definition> => {
    const found = definitions.get(hash);
    if (!found) throw new Error(`no release ${hash}`);
    return found;
  };
  const releases = { definition } as Releases;
  const sealed = sealedStore(raw, crypto, async (hash) => sensitiveSchemas(await definition(hash)));
  const store = rememberingStore(broken.store?.(sealed) ?? sealed);
  const secrets = createSecrets(crypto);
  const log = logOf(options.onError);
  const bus = createBus();
  const deskNotices = createDeskNotices(store, clock, bus);
  const cases = new Cases({
    store,
    releases,
    engine: options.watched(broken.engine?.(engine) ?? engine),
    clock,
    calendar: publishedCalendar(),
    secrets,
    reservations: createReservations(store, crypto),
    numbers: createNumbers(store, clock),
    bus,
    deskNotices,
    log,
  });
  const inbox = createInbox(cases, log);
  const jobs = createJobs({
    ...{ cases, store, connectors, secrets, clock, log },
    letters: createDeadLetters(store, cases, clock),
    refusals: { record: () => undefined },
    // Nothing is uploaded here.
    vault: { erase: async () => undefined } as never,
    readings: { erase: async () => undefined },
    drafts: createDrafts(store, clock),
    deskNotices,
    jitter: (ms) => ms,
  });
  cases.onCommit((document) => {
    jobs.note(document);
    options.onCommit(document);
  });
  const unreadable = await cases.rebuild();
  if (unreadable.length > 0) throw new Error(`${unreadable.length} cases cannot be read`);
  jobs.start();
  const door = createDoor({
    inbox: broken.inbox?.(inbox, cases, log) ?? inbox,
    sandboxSecret: () => secret,
    async contractOf(caseId, connector) {
      const entry = cases.index.get(caseId);
      return entry ? ((await definition(entry.release)).connectors[connector] ?? null) : null;
    },
  });
  return { cases, jobs, secrets, door };
}

function logOf(onError: HallOptions['onError']): Log {
  const nothing = (): void => undefined;
  return {
    ...{ debug: nothing, info: nothing, warn: nothing, trace: nothing },
    error: (about: object, text: string) => onError(text, about),
  } as unknown as Log;
}
