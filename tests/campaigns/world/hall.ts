import * as engine from '../../../engine/index.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { publishedCalendar } from '../../../server/calendar.ts';
import { createBus } from '../../../server/cases/bus.ts';
import { Cases } from '../../../server/cases/cases.ts';
import type { Engine } from '../../../server/cases/deps.ts';
import { createDeskNotices } from '../../../server/cases/desk-notices.ts';
import { createDrafts } from '../../../server/cases/drafts.ts';
import { describing, formOf, listedBy } from '../../../server/cases/listed.ts';
import { createNumbers } from '../../../server/cases/numbers.ts';
import { createReservations } from '../../../server/cases/reservations.ts';
import { createSecrets, type Secrets } from '../../../server/cases/secrets.ts';
import type { Inbox } from '../../../server/connectors/connector.ts';
import { createDoor, type Door } from '../../../server/connectors/door.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { createDeadLetters } from '../../../server/jobs/dead-letters.ts';
import { withHorizon } from '../../../server/jobs/horizon.ts';
import { createInbox } from '../../../server/jobs/inbox.ts';
import { createJobs, type Jobs } from '../../../server/jobs/jobs.ts';
import type { Log } from '../../../server/log.ts';
import type { Releases } from '../../../server/releases/releases.ts';
import { sealedStore } from '../../../server/store/sealed.ts';
import { sensitiveSchemas } from '../../../server/store/sensitive-schemas.ts';
import type { CaseDocument, Store } from '../../../server/store/store.ts';
import type { Ground } from './place.ts';
import { secret } from './post.ts';
import { rememberingCrypto, rememberingStore } from './remembering.ts';

/** A server as far as cases go, without HTTP: the production parts over an injected disk, clock and outside world. */
export interface Hall {
  /** Another process that people may ask at the same time. */
  readonly beside?: Hall;
  /** What others had done is known, as before each request. */
  current(): Promise<void>;
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
  readonly ground: Ground;
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

/** Opens the store and takes up what was left, as a start of the server does. @throws when a case cannot be read */
export async function openHall(options: HallOptions): Promise<Hall> {
  const { ground, definitions, broken } = options;
  const { clock, connectors, nodes, store: raw } = ground;
  const onError: HallOptions['onError'] = (text, about) => {
    if (!ground.isDead()) options.onError(text, about);
  };
  const crypto = rememberingCrypto(createCrypto(parseKeyRing(key)));
  const definition = async (hash: string): Promise<Definition> => {
    const found = definitions.get(hash);
    if (!found) throw new Error(`no release ${hash}`);
    return found;
  };
  const releases = { definition } as Releases;
  const form = formOf(crypto);
  const listed = raw.listing && listedBy(raw.listing, crypto, form);
  const sealed = sealedStore(
    raw,
    crypto,
    async (hash) => sensitiveSchemas(await definition(hash)),
    async (hash) => describing(await definition(hash), cases, crypto, form),
  );
  const own = broken.store?.(sealed) ?? sealed;
  // Others may write what is remembered.
  const store = nodes.isShared ? own : rememberingStore(own);
  const secrets = createSecrets(crypto);
  const log = logOf(onError);
  const bus = createBus();
  const deskNotices = createDeskNotices(store, clock, bus);
  const cases: Cases = new Cases({
    store,
    releases,
    engine: options.watched(broken.engine?.(engine) ?? engine),
    clock,
    calendar: publishedCalendar(),
    secrets,
    reservations: createReservations(store, crypto, nodes),
    numbers: createNumbers(store, clock),
    bus,
    deskNotices,
    log,
    isShared: nodes.isShared,
    ...(listed && { listed }),
  });
  const inbox = createInbox(cases, log);
  const ownJobs = createJobs({
    ...{ cases, store, connectors, secrets, clock, log, nodes },
    letters: createDeadLetters(store, cases, clock),
    refusals: { record: () => undefined },
    // Nothing is uploaded here.
    vault: { erase: async () => undefined } as never,
    readings: { erase: async () => undefined },
    drafts: createDrafts(store, clock),
    deskNotices,
    jitter: (ms) => ms,
  });
  const jobs = raw.listing ? withHorizon(ownJobs, raw.listing, clock, log) : ownJobs;
  cases.onHeard((document) => jobs.noteElsewhere(document));
  nodes.follow({
    async hear(changes) {
      for (const { kind, id } of changes) {
        if (kind === 'case') await cases.heard(id);
        if (kind === 'deskNotice') await deskNotices.heard(id);
      }
    },
    told: () => undefined,
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
      const entry = await cases.entry(caseId);
      return entry ? ((await definition(entry.release)).connectors[connector] ?? null) : null;
    },
  });
  return { cases, jobs, secrets, door, current: nodes.current };
}

function logOf(onError: HallOptions['onError']): Log {
  const nothing = (): void => undefined;
  return {
    ...{ debug: nothing, info: nothing, warn: nothing, trace: nothing },
    error: (about: object, text: string) => onError(text, about),
  } as unknown as Log;
}
