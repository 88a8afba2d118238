import type { Option } from '../engine/contract/routes.ts';
import type { Environment } from '../engine/model/command.ts';
import type { Definition } from '../engine/model/definition.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { Codes } from './accounts/codes.ts';
import type { Companies } from './accounts/companies.ts';
import type { IdentityProvider } from './accounts/identity-provider.ts';
import type { Invitations } from './accounts/invitations.ts';
import type { Portals } from './accounts/portals.ts';
import type { SecondFactors } from './accounts/second-factor.ts';
import type { Sessions } from './accounts/sessions.ts';
import type { Audit } from './audit/audit.ts';
import type { Batches } from './batches/batches.ts';
import type { Boards } from './board/boards.ts';
import type { CaseBus } from './cases/bus.ts';
import type { Cases } from './cases/cases.ts';
import type { Engine } from './cases/deps.ts';
import type { DeskNotices } from './cases/desk-notices.ts';
import type { Drafts } from './cases/drafts.ts';
import type { Reservations } from './cases/reservations.ts';
import type { Secrets } from './cases/secrets.ts';
import type { MovableClock } from './clock.ts';
import type { Config } from './config.ts';
import type { BankLines } from './connectors/bank/lines.ts';
import type { Recognizer } from './connectors/ocr/index.ts';
import type { BreakerState } from './connectors/outside/breaker.ts';
import type { Outside } from './connectors/outside/hosts.ts';
import type { Refusals } from './connectors/outside/refusals.ts';
import type { Ledger } from './connectors/payment/ledger.ts';
import type { Crypto } from './crypto/crypto.ts';
import type { DataKeys } from './crypto/data-keys.ts';
import type { Readings } from './files/readings.ts';
import type { Vault } from './files/vault.ts';
import type { DeadLetters } from './jobs/dead-letters.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Log } from './log.ts';
import type { Counting } from './metrics/counting.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { PortalRegistry } from './portal/registry.ts';
import type { Gate } from './releases/gate.ts';
import type { KeptScenarios } from './releases/kept-scenarios.ts';
import type { Releases } from './releases/releases.ts';
import type { Counts, Rollup } from './reports/rollup.ts';
import type { Works } from './running/works.ts';
import type { Nodes } from './store/nodes.ts';
import type { CaseDocument, Store } from './store/store.ts';
import type { Tracing } from './trace/tracing.ts';

/** Everything that routes and use cases are given. Made once by `server.ts`; tests make a smaller world. */
export interface Context {
  readonly config: Config;
  readonly log: Log;
  readonly clock: MovableClock;
  readonly store: Store;
  /** Who else works with it. */
  readonly nodes: Nodes;
  /** Takes no new requests any more. */
  isStopping(): boolean;
  readonly engine: Engine;
  readonly releases: Releases;
  readonly gate: Gate;
  /** Scenarios that were kept in the studio. */
  readonly kept: KeptScenarios;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly sms: {
    readonly codes: Codes;
    /** Whether there is a text for codes and somebody who sends it. */
    ready(): boolean;
  };
  readonly secondFactors: SecondFactors;
  readonly invitations: Invitations;
  /** The house's own; null without one. */
  readonly identityProvider: IdentityProvider | null;
  readonly portals: Portals;
  readonly companies: Companies;
  readonly cases: Cases;
  readonly drafts: Drafts;
  readonly secrets: Secrets;
  readonly crypto: Crypto;
  readonly audit: Audit;
  /** For the command line: the keys, and the store as it is sealed. */
  readonly keys: { readonly keys: DataKeys; readonly raw: Store; readonly settled: () => Promise<void> };
  readonly vault: Vault;
  /** What was read from the pictures of cases. */
  readonly readings: Readings;
  readonly bus: CaseBus;
  /** What the desk is told of cases. */
  readonly deskNotices: DeskNotices;
  readonly jobs: Jobs;
  /** Requests and notices that nobody answered for. */
  readonly letters: DeadLetters;
  readonly ledger: Ledger;
  /** What came to the hall's own bank account, by its statements. */
  readonly bankLines: BankLines;
  readonly reservations: Reservations;
  /** Files with a case in each row. */
  readonly batches: Batches;
  /** What is said at the desk beside releases. */
  readonly boards: Boards;
  /** Systems of others that ask how cases stand and are told of changes. */
  readonly portalClients: PortalRegistry;
  /** Which addresses this server may ask. */
  readonly webhookHosts: Pick<Outside, 'allows'>;
  /** What was asked for with several cases at once, and what became of each. */
  readonly works: Works;
  /** What reports are made of. */
  readonly rollup: Rollup;
  readonly counts: Counts;
  /** What was refused of what others sent, and who is left alone because of failures. */
  readonly outside: {
    readonly refusals: Pick<Refusals, 'list' | 'counts'>;
    circuits(): { readonly [connector: string]: BreakerState };
  };
  /** What Prometheus and the page for operations read. */
  readonly metrics: Metrics;
  readonly counting: Counting;
  readonly tracing: Tracing;
  /** Of the program that runs, and since when (real time). */
  readonly running: { readonly version: string; readonly since: number };
  readonly recognizer: Recognizer;
  readonly options: {
    search(source: string, query: { q: string; under?: string }): readonly Option[] | null;
    has(source: string, value: string, under?: string): boolean;
  };
  /** A release was published: whoever caches what is in force looks again. */
  released(): Promise<void>;
  /** The definitions that new cases take, one a project; what does not load is not among them. */
  inForce(): readonly Definition[];
  readonly documents: {
    render(definition: Definition, state: CaseDocument['state'], id: string, env: Environment): Promise<Buffer>;
    digest(definition: Definition, state: CaseDocument['state'], id: string): string;
  };
}
