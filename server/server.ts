import { createSecretKey } from 'node:crypto';
import { aboutOf, documentDigest } from '../engine/forms/index.ts';
import * as engineDoor from '../engine/index.ts';
import { load, loadReleased } from '../engine/load.ts';
import type { Definition, Files } from '../engine/model/definition.ts';
import { createAccounts, type Person } from './accounts/accounts.ts';
import { seedDemoAccounts } from './accounts/demo.ts';
import { createSessions } from './accounts/sessions.ts';
import { limitsHere, limitsInStore, sweepLimits } from './accounts/shared-limit.ts';
import { createWaysIn } from './accounts/ways-in.ts';
import { openAdminSocket } from './admin/socket.ts';
import { createApp } from './app.ts';
import { createAudit } from './audit/audit.ts';
import { createBatches } from './batches/batches.ts';
import { createBoards } from './board/boards.ts';
import { calendarEnds, loadCalendar, recordCalendar } from './calendar.ts';
import { createBus, deskTopic, endTopic } from './cases/bus.ts';
import { Cases } from './cases/cases.ts';
import { createDeskNotices } from './cases/desk-notices.ts';
import { createDrafts } from './cases/drafts.ts';
import { describing, formOf, listedBy } from './cases/listed.ts';
import { createNumbers } from './cases/numbers.ts';
import { createReservations } from './cases/reservations.ts';
import { searchKeys } from './cases/search-keys.ts';
import { createSecrets } from './cases/secrets.ts';
import { createClock, type MovableClock } from './clock.ts';
import type { Config } from './config.ts';
import { createBankLines } from './connectors/bank/lines.ts';
import { type Connectors, connectorRoutes } from './connectors/index.ts';
import { createRecognizer } from './connectors/ocr/index.ts';
import { createOutside } from './connectors/outside/hosts.ts';
import type { Context } from './context.ts';
import { createCrypto } from './crypto/crypto.ts';
import { openDataKeys } from './crypto/data-keys.ts';
import { loadKeyRing } from './crypto/keys.ts';
import { folderFiles } from './files/folder-files.ts';
import { createReadings } from './files/readings.ts';
import { createVault } from './files/vault.ts';
import { following } from './following.ts';
import { createListener } from './http/listener.ts';
import { createDeadLetters } from './jobs/dead-letters.ts';
import { withHorizon } from './jobs/horizon.ts';
import { createJobs } from './jobs/jobs.ts';
import type { Log } from './log.ts';
import { meteredConnectors } from './metrics/calls.ts';
import { createCounting } from './metrics/counting.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { meteredIo, meteredStore } from './metrics/store.ts';
import * as options from './options/index.ts';
import { createPortalRegistry } from './portal/registry.ts';
import { createWebhooks } from './portal/webhooks.ts';
import { isKept } from './privacy/erasure.ts';
import { createRetention, loadRetention } from './privacy/retention.ts';
import { readReleaseFiles } from './releases/files.ts';
import { createGate } from './releases/gate.ts';
import { createKeptScenarios } from './releases/kept-scenarios.ts';
import { createReleases, type Seeding } from './releases/releases.ts';
import { createRememberingLoad } from './releases/remembered.ts';
import { triedWith } from './releases/tried-with.ts';
import { Rollup } from './reports/rollup.ts';
import { performRow } from './running/perform.ts';
import { createWorks } from './running/works.ts';
import { close } from './start/closing.ts';
import { openInForce } from './start/in-force.ts';
import { listen } from './start/listening.ts';
import { loadIndex, rebuilt } from './start/loading.ts';
import { openOutsiders } from './start/outsiders.ts';
import { diskIo } from './store/file/io.ts';
import { aloneNodes, exclusiveIn } from './store/nodes.ts';
import { type Opened, openStore } from './store/open.ts';
import { sealedStore } from './store/sealed.ts';
import { sensitiveSchemas } from './store/sensitive-schemas.ts';
import type { Store } from './store/store.ts';
import { toldOf } from './told.ts';
import { openTelemetry } from './trace/open-telemetry.ts';
import { plainTracing } from './trace/tracing.ts';
import { version } from './version.ts';

export interface ServerOptions {
  readonly config: Config;
  readonly log: Log;
  /** The disk can no longer be trusted: end the process. */
  readonly onFatal: (message: string) => void;
  /** Definitions to seed from; by default those of `config.definitionsDir`. */
  readonly files?: Files;
  /** Another node serves from the same database: this one waits for its turn. */
  readonly onWait?: (holder: string) => void;
  /** Another store (tests); by default the one of the configuration. */
  readonly store?: Store;
  readonly clock?: MovableClock;
  /** Another outside world (tests); by default the real clients, and the sandbox in development. */
  readonly connectors?: Connectors;
  /** Another chance (tests); by default waiting times are up to a fifth shorter. */
  readonly jitter?: (ms: number) => number;
}

/** A server that runs. */
export interface Running {
  readonly context: Context;
  readonly url: string;
  readonly seeding: Seeding;
  /** Accounts to try it out with; none in production. */
  readonly demo: readonly Person[];
  readonly hasSandbox: boolean;
  close(): Promise<void>;
}

/**
 * Opens the data folder, brings definitions in, rebuilds the index, starts jobs, listens.
 * @throws StoreLocked, FolderVersionError, DatabaseUnusable, FilesUnusable, MovedAway, KeyError, BrokenDefinition (first start only)
 */
export async function startServer(given: ServerOptions): Promise<Running> {
  const { log } = given;
  const metrics = createMetrics(version);
  const opened = await open(given, metrics);
  try {
    return await startOn(opened, metrics, given);
  } catch (error) {
    log.error({ error: (error as Error).name }, 'start failed');
    await opened.store.close();
    throw error;
  }
}

async function open({ config, log, onFatal, store, onWait }: ServerOptions, metrics: Metrics): Promise<Opened> {
  const io = meteredIo(diskIo, metrics);
  const opened = store
    ? { store, files: folderFiles(config.dataDir), nodes: aloneNodes() }
    : await openStore(config, {
        onFatal,
        io,
        isShared: true,
        standBy: true,
        onWait(holder) {
          log.warn({ holder }, 'somebody has the database for itself: standing by');
          onWait?.(holder);
        },
        onCareless: (settings) => log.error({ settings }, 'the database may lose what was answered'),
        onAway: (reason) => log.error({ reason }, 'the database does not answer'),
        onBack: (seconds) => log.warn({ seconds }, 'the database answers again'),
      });
  return { ...opened, store: meteredStore(opened.store, metrics) };
}

async function startOn({ store: raw, files, nodes }: Opened, metrics: Metrics, given: ServerOptions): Promise<Running> {
  const { config, log } = given;
  const since = Date.now();
  const tracing = config.telemetry ? await openTelemetry(config.telemetry, log) : plainTracing;
  // What a first start makes is made by one node.
  const isMade = await nodes.hold(['start'], MOST_STARTING);
  const exclusive = exclusiveIn(nodes);
  const clock = given.clock ?? (await storedClock(raw, config));
  const masters = await loadKeyRing(config.key, config.dataDir);
  const keys = await openDataKeys(raw, masters, config.cipher, clock.now());
  const crypto = createCrypto(keys);
  const loader = { load, loadReleased, loadSeed: createRememberingLoad() };
  const releases = createReleases(raw, loader, clock, () => tried());
  const form = formOf(crypto);
  // Where the store answers lists itself, nothing of all cases is kept here.
  const listed = raw.listing && listedBy(raw.listing, crypto, form);
  const store = sealedStore(
    raw,
    crypto,
    async (release) => sensitiveSchemas(await releases.definition(release)),
    async (release) => describing(await releases.definition(release), cases, crypto, form),
  );
  const scenarios = createKeptScenarios(store, clock);
  const tried = triedWith(config.definitionsDir, scenarios);
  const seeding = await releases.seed(given.files ?? (await readReleaseFiles(config.definitionsDir)));

  const words = (): readonly string[] => inForce.brandName().split(/\s+/);
  const accounts = createAccounts(store, crypto, clock, config.development ? 1_000 : 60, words, exclusive);
  const sessions = createSessions(store, clock);
  const secrets = createSecrets(crypto);
  const bus = createBus((topic, revision) => nodes.tell(topic, revision));
  const calendar = await loadCalendar(config.dataDir);
  await recordCalendar(store, calendar, clock.now());
  if (calendarEnds(calendar, clock.now()))
    log.warn(
      { until: calendar.until },
      'holidays are known until this date only: write the next year into calendar.json',
    );
  const reservations = createReservations(store, crypto, nodes);
  const deskNotices = createDeskNotices(store, clock, bus);
  const cases = new Cases({
    store,
    releases,
    engine: engineDoor,
    clock,
    calendar,
    secrets,
    reservations,
    numbers: createNumbers(store, clock),
    bus,
    deskNotices,
    log,
    toTell: (...step) => webhooks.toTell(...step),
    keysOf: (definition, state) => searchKeys(crypto, definition, state),
    onStep: metrics.step,
    isShared: nodes.isShared,
    ...(listed && { listed }),
  });
  const hosts = createOutside(config.outside);
  const portalClients = createPortalRegistry(store, clock);
  await portalClients.load();
  const boards = createBoards(store, clock);
  await boards.load();
  const webhooks = createWebhooks({ registry: portalClients, engine: engineDoor, outside: hosts, clock });
  const rollup = new Rollup();
  if (!listed) cases.onSeen((document, definition) => rollup.fold(document, definition, cases.env()));

  const inForce = await openInForce(releases, log);
  const outsiders = await openOutsiders({
    ...{ config, store, crypto, cases, clock, log, inForce, hosts },
    connectors: given.connectors ?? null,
  });
  const { sandbox, refusals, breaker, inbox, ledger } = outsiders;
  const connectors = meteredConnectors(outsiders.connectors, metrics, tracing);
  const letters = createDeadLetters(store, cases, clock);
  const jitter = given.jitter ?? ((ms: number) => Math.round(ms * (1 - Math.random() / 5)));
  const drafts = createDrafts(store, clock);
  const vault = createVault(files, store, crypto);
  const readings = createReadings(store);
  const ownJobs = createJobs({
    cases,
    store,
    connectors,
    secrets,
    clock,
    log,
    letters,
    refusals,
    vault,
    readings,
    drafts,
    deskNotices,
    webhooks,
    tracing,
    jitter,
    nodes,
  });
  const jobs = raw.listing ? withHorizon(ownJobs, raw.listing, clock, log) : ownJobs;
  cases.onCommit((document) => jobs.note(document));
  cases.onHeard((document) => jobs.noteElsewhere(document));

  const { hallContent, brandName } = inForce;
  const waysIn = createWaysIn({
    ...{ config, accounts, store, crypto, clock, log, connectors, exclusive, hallContent, brandName },
    limits: nodes.isShared ? limitsInStore(store, crypto, clock.real) : limitsHere(clock.real),
    sendsSms: sandbox !== null || given.connectors !== undefined || Boolean(config.outside.env.CERTFLOW_SMS),
    sandboxKey: (id) => (sandbox ? createSecretKey(Buffer.from(outsiders.portalSecret(id), 'hex')) : null),
  });
  const audit = createAudit(store, crypto);
  const rules = await loadRetention(config.dataDir);
  const kept = (person: string) => isKept({ cases }, person);
  const retention = createRetention({ rules, store, audit, calendar, clock, log, isKept: kept, sweep: sessions.sweep });
  const batches = createBatches({ store, crypto, cases, releases, clock, log });
  const works = createWorks({
    ...{ store, clock, log },
    perform: (work, row, place) => performRow({ cases, releases, accounts, letters, clock, audit }, work, row, place),
    tell: () => bus.tell(deskTopic, 0),
  });

  let isStopping = false;
  const context: Context = {
    config,
    log,
    clock,
    store,
    nodes,
    isStopping: () => isStopping,
    engine: engineDoor,
    releases,
    gate: createGate(async (project) => (await tried())(project)),
    kept: scenarios,
    accounts,
    sessions,
    ...waysIn,
    cases,
    drafts,
    secrets,
    crypto,
    audit,
    keys: { keys, raw, settled: store.settled },
    vault,
    readings,
    bus,
    deskNotices,
    jobs,
    letters,
    ledger,
    bankLines: createBankLines(store, crypto),
    reservations,
    batches,
    works,
    boards,
    portalClients,
    webhookHosts: hosts,
    rollup,
    counts: raw.listing?.counts() ?? { cells: async (...asked) => rollup.cells(...asked) },
    outside: { refusals, circuits: () => breaker.states() },
    inForce: inForce.now,
    metrics,
    counting: createCounting({ letters, sessions }, Date.now),
    tracing,
    running: { version, since },
    recognizer: createRecognizer(),
    options,
    documents: {
      // Fonts and the PDF library take half a second to load: not before the first document.
      render: async (...asked) => (await import('./documents/index.ts')).renderDocument(...asked),
      digest: (definition, state, id) => documentDigest(aboutOf(definition.documents[id] ?? {}) ?? [], state.forms),
    },
    async released() {
      await inForce.renew();
      sandbox?.refresh();
    },
  };

  const advance = async (ms: number): Promise<void> => {
    await jobs.advance(ms);
    await raw.writeDocument('clock', 'offset', { ms: clock.offset() });
  };
  const outside = connectorRoutes({
    clients: {
      receive: async (id, message) => {
        const known = inForce.contracts().filter((contract) => contract.id === id);
        return (await connectors.receive?.(id, known, message)) ?? null;
      },
      refusals,
    },
    sandbox: sandbox && { secret: sandbox.secret, proxy: sandbox.proxy },
    inbox,
    async contractOf(caseId, connector) {
      const entry = await cases.entry(caseId);
      return entry ? ((await releases.definition(entry.release)).connectors[connector] ?? null) : null;
    },
    clock: { now: clock.now, advance },
  });

  const demo = config.development ? await seedDemoAccounts(accounts, rolesOf(inForce.now())) : [];
  await Promise.all([
    sessions.sweep(),
    waysIn.sms.codes.sweep(),
    waysIn.portals.sweep(),
    sweepLimits(store, clock.real()),
  ]);
  await isMade();
  const isWhole = !listed && (await loadIndex({ store, log, form, cases, jobs, rollup }));
  const { released } = context;
  nodes.follow(
    following({
      ...{ cases, batches, works, boards, portalClients, deskNotices, refusals },
      keys,
      raw,
      clock,
      log,
      released,
      bus: { tell: bus.tellHere },
    }),
  );
  // After a crash every case is read. Few are read before anybody is served, many while the others are.
  const whole = isWhole ? Promise.resolve() : rebuilt(cases, log);
  await Promise.race([whole, pause(MOST_WAIT)]);
  await outsiders.recover();
  const server = createListener(createApp(context, outside));
  const url = await listen(server, config);
  outsiders.areCalledBackAt(url);
  const admin = given.store ? null : await openAdminSocket(config.dataDir, context);
  if (sandbox) await sandbox.start(url);
  jobs.start();
  const leading = new Promise<void>((resolve) => {
    nodes.onLead(() => {
      // Nodes that are stopped together become the first one after the other.
      if (isStopping) return;
      retention.start();
      // Rows of a batch that have a case are known by the index.
      if (cases.rebuilding() !== null) void whole.then(() => batches.start());
      const started = [works.start(), ...(cases.rebuilding() === null ? [batches.start()] : [])];
      void Promise.all(started).then(
        () => resolve(),
        (error: Error) => log.error({ error: toldOf(error) }, 'what was left is not begun'),
      );
    });
  });
  if (!nodes.isShared) await leading;

  return {
    context,
    url,
    seeding,
    demo,
    hasSandbox: sandbox !== null,
    async close() {
      isStopping = true;
      bus.tellHere(endTopic, 0);
      await refusals.flush();
      const { recognizer } = context;
      await close({
        ...{
          tracing,
          server,
          jobs,
          retention,
          batches,
          works,
          cases,
          rollup,
          form,
          isListed: listed !== undefined,
          sandbox,
          admin,
          store,
          log,
          recognizer,
        },
      });
    },
  };
}

/** How long other nodes that start at the same time are waited for, ms. */
const MOST_STARTING = 600_000;
/** How long a start waits for the index to be rebuilt. */
const MOST_WAIT = 1_000;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** In development the clock stays where it was moved to, or deadlines of yesterday's tests would lie in the future. */
async function storedClock(store: Store, config: Config): Promise<MovableClock> {
  if (!config.development) return createClock();
  const offset = (await store.readDocument('clock', 'offset'))?.data as { ms: number } | undefined;
  return createClock(offset?.ms ?? 0);
}

function rolesOf(definitions: readonly Definition[]): { [role: string]: { title: string } } {
  return Object.assign({}, ...definitions.map(({ roles }) => roles));
}
