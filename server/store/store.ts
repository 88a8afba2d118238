import type { CaseState, JournalEntry } from '../../engine/model/case.ts';
import type { Effect } from '../../engine/model/effect.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Beside, Kept, Listing } from './listing.ts';

/**
 * Where cases live. One document per case: state, journal, outbox, secrets and consumed keys change together or not at all.
 * Answered means durable. One writer per case, guarded by the revision. Contract suite: tests/contract/store.contract.ts.
 */
export interface Store {
  /**
   * @param atLeast a revision that is new enough: what is remembered of it is given, and nobody is asked whether another
   *   node has written since. What is written without a step (a conversation, the outbox) may be missing then.
   * @returns the case's document, or null when there is none. @throws StoreCorrupt when its checksum does not match.
   */
  readCase(id: string, atLeast?: number): Promise<CaseDocument | null>;
  /**
   * As `readCase`, for whoever changes nothing in it: of a case that was written or read a short while ago the very parts
   * are given that were given before, frozen, and to whoever changes it, too. Absent where each gets a document of their own.
   */
  lookCase?(id: string, atLeast?: number): Promise<CaseDocument | null>;
  /** Creates a case. @throws Conflict when the id is taken. */
  createCase(document: CaseDocument): Promise<void>;
  /**
   * Runs `change` on the newest document, alone for this case, and writes its result atomically.
   * `change` returns null to leave everything as it is. It may run again; it must be pure.
   * @returns what is stored now. @throws Conflict when `expected` is given and is not the stored revision.
   */
  updateCase(id: string, change: Change, expected?: number): Promise<CaseDocument>;
  /** Ids of all cases, those that were written last first where the store knows; used to rebuild indexes at start. */
  listCases(): AsyncIterable<string>;

  /** Small named documents: accounts, sessions, releases, reservations, drafts, connector state. `kind` is a lowerCamel word. */
  readDocument(kind: string, id: string): Promise<StoredDocument | null>;
  /** @throws Conflict when `expected` (0 = must not exist) is not the stored version. */
  writeDocument(kind: string, id: string, data: Json, expected?: number): Promise<StoredDocument>;
  removeDocument(kind: string, id: string, expected?: number): Promise<void>;
  listDocuments(kind: string): AsyncIterable<{ readonly id: string; readonly document: StoredDocument }>;

  /** Documents that could not be read because they are damaged, so far; empty when all is well. */
  damaged(): readonly string[];
  /** Null when writes are possible, otherwise why they are refused (`/readyz`). */
  trouble(): string | null;
  /** Runs `job` while no write is under way: those that come wait for its end. What it reads is of one moment. */
  pause<T>(job: () => Promise<T>): Promise<T>;
  /** Waits for the writes under way and frees the folder's lock. */
  close(): Promise<void>;
  /** Absent where somebody else has to keep an index of the cases. */
  readonly listing?: Listing;
}

/** @param kept what the store has beside the case, where it answers lists itself */
export type Change = (now: CaseDocument, kept?: Kept) => CaseDocument | null;

/** Where the index of all cases is kept between two processes; `saved-index.ts` of the cases writes it. */
export const INDEX_KIND = 'caseIndex';
/**
 * The document that says that the kept index is true. A store removes it before the first case that it writes, so that
 * whoever changes cases, and however they end, nobody believes an index that is not.
 */
export const INDEX_MARK = 'mark';

export interface StoredDocument {
  readonly version: number;
  readonly data: Json;
}

export interface CaseDocument {
  readonly state: CaseState;
  /** Company (accounts/companies.ts) for which the owner started it; others who act for it see it. */
  readonly company?: string;
  readonly journal: readonly JournalEntry[];
  /** Effects that are committed and not yet done, oldest first. */
  readonly outbox: readonly OutboxEntry[];
  /**
   * Requests that were given up without knowing whether they were done, the newest of each call. Asked again for the same
   * thing, it is the same request. Absent where there is none.
   */
  readonly unknown?: readonly OutboxEntry[];
  /** Values of secrets, sealed by the crypto port; one per name, the newest generation. */
  readonly secrets: { readonly [secret: string]: SealedSecret };
  /** Page notices of this case, newest last. */
  readonly notices: readonly { readonly at: number; readonly text: string }[];
  /** The newest notices that left the house (SMS, mail), the newest last: somebody may not have got one. Absent where there is none. */
  readonly sent?: readonly SentNotice[];
  /** What the owner's inbox says of this case, newest last. Absent where it says nothing. */
  readonly inbox?: readonly InboxMessage[];
  /** What owner and desk wrote to each other. Absent where nobody has. */
  readonly talk?: Talk;
  /** Ids of outside messages and of client requests already applied (bounded, oldest dropped). */
  readonly consumed: readonly string[];
  /**
   * On its way to a store that answers lists itself: what it keeps beside the case. Absent = that has not changed; null = it has, and
   * has to be described anew by whoever can. Never read.
   */
  readonly beside?: Beside | null;
}

export interface SentNotice {
  readonly effect: Extract<Effect, { kind: 'notice' }>;
  /** When the gateway took it. */
  readonly at: number;
}

export interface InboxMessage {
  /** The key of the effect: told twice, it is one message. */
  readonly key: string;
  readonly at: number;
  readonly text: string;
}

export interface Talk {
  /** Newest last. */
  readonly messages: readonly TalkMessage[];
  /** `applicant/<person>`, `desk/<person>` -> until when they have read. */
  readonly read: { readonly [reader: string]: number };
}

export interface TalkMessage {
  /** Of the request that brought it: sent twice, it is one message. */
  readonly key: string;
  readonly at: number;
  readonly by: string;
  /** The role as which they wrote. */
  readonly role: string;
  readonly text: string;
}

/** What the shell itself has to do after a step: a portal is told. No data of a person. */
export interface WebhookEffect {
  readonly kind: 'webhook';
  readonly key: string;
  /** Id of the portal. */
  readonly portal: string;
  /** The message as it was when it happened: repeats are the same bytes. */
  readonly body: string;
}

export type ShellEffect = Effect | WebhookEffect;

export interface OutboxEntry {
  readonly effect: ShellEffect;
  readonly since: number;
  readonly tries: number;
  /** Not before this time. */
  readonly due: number;
  /** The trace of the step that wants it (`traceparent`); absent where there was none. */
  readonly trace?: string;
  /** An earlier request under the same key may have been done. */
  readonly again?: true;
  /** Accepted by the other side, which owes the outcome since this time; asked again at `due`. */
  readonly pendingSince?: number;
}

export interface SealedSecret {
  readonly generation: number;
  /** Keyed hash for comparison and sealed value for sending; never the plain value. */
  readonly sealed: string;
  readonly digest: string;
  readonly validUntil: number | null;
  readonly usedAt: number | null;
}

export class Conflict extends Error {
  readonly what: string;
  constructor(what: string) {
    super(`conflict: ${what}`);
    this.name = 'Conflict';
    this.what = what;
  }
}

export class StoreCorrupt extends Error {
  readonly where: string;
  constructor(where: string) {
    super(`corrupt document: ${where}`);
    this.name = 'StoreCorrupt';
    this.where = where;
  }
}
/** The disk refused a write; nothing has changed and reading goes on. */
export class StoreUnavailable extends Error {
  constructor(reason: string, cause?: unknown) {
    super(`cannot write: ${reason}`, { cause });
    this.name = 'StoreUnavailable';
  }
}

/** The store cannot know any more what is on the disk; the process has to end. */
export class StoreDead extends Error {
  constructor(reason: string, cause?: unknown) {
    super(`the store is dead: ${reason}`, { cause });
    this.name = 'StoreDead';
  }
}

/** Another process holds the folder. */
export class StoreLocked extends Error {
  readonly folder: string;
  readonly holder: string;
  constructor(folder: string, holder: string) {
    super(`the data folder ${folder} is in use by process ${holder}`);
    this.name = 'StoreLocked';
    this.folder = folder;
    this.holder = holder;
  }
}
export type { JsonObject };
