import type { FieldError } from '../model/blocker.ts';
import type { Announcement, FormSchema } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import type { JsonObject } from '../model/json.ts';
import type { SessionView } from './session.ts';
import type { LeftLaw } from './verdict.ts';
import type { CaseRow, CaseView, PartView } from './view.ts';

/**
 * The HTTP interface that hall, phone, desk, studio and lab use. JSON in and out; every answer that is not 2xx is
 * `{ error: { code, message, fields?, blockers? } }`. State-changing requests need `content-type: application/json`
 * (or multipart for files) and a same-origin Origin header. A session is an HttpOnly, SameSite=Lax cookie.
 *
 * | method and path | body -> answer |
 * |---|---|
 * | GET  /healthz, /readyz | -> { ok, damaged? (documents that cannot be read), counted? (cases, while the index is rebuilt) } |
 * | GET  /api/session | -> SessionView |
 * | POST /api/session | { account, password } -> SessionView |
 * | DELETE /api/session | -> SessionView |
 * | PATCH /api/session | { company: id \| null } -> SessionView (acts for it from now on) |
 * | POST /api/codes | { purpose: 'login'\|'reset'\|'mobile', mobile } -> { request }; the code comes by SMS |
 * | POST /api/session/code | { mobile, request, code, name? } -> SessionView; 404 `mobile-unknown`: once more with a name |
 * | POST /api/session/second | { code } -> SessionView (after a SessionView with `second: 'code'`) |
 * | GET  /api/oidc/start?next= , /api/oidc/callback | redirects to the identity provider and back |
 * | POST /api/jumps | { token } -> ArrivalView and { session } (signed by a portal, docs/going-live.md) |
 * | POST, PUT /api/invitations | { token } -> { account, name }; { token, password } -> SessionView |
 * | POST /api/accounts | { account, password, name } -> SessionView (applicant, logged in) |
 * | POST /api/accounts/reset | { mobile, request, code, password } -> SessionView |
 * | GET  /api/account | -> AccountView |
 * | PUT  /api/account/mobile | { mobile, request, code } -> AccountView |
 * | GET  /api/account/devices | -> { devices: DeviceView[] }; DELETE: all but this one; DELETE /:device: one |
 * | POST /api/account/second | {} -> { uri, secret }; PUT { code } -> { recovery, session }; DELETE { code } -> AccountView |
 * | POST /api/account/second/recovery | { code } -> { recovery } |
 * | GET  /api/companies | -> { companies: CompanyDetails[] }; POST { name, number } -> { state, companies } |
 * | PUT, DELETE /api/companies/:company/members/:person | { manager? } -> { companies } (let in; send away, `me`: leave) |
 * | GET  /api/staff | -> StaffList; POST { account, name, grants } -> StaffList and { invitation } |
 * | PUT  /api/staff/:id/grants | { grants } -> StaffList |
 * | POST /api/staff/:id/deeds | { deed: 'disable'\|'enable'\|'unlock'\|'reset-second'\|'invite' } -> StaffList, { invitation? } |
 * | GET  /api/audit?by=&action=&number=&page= | -> AuditList |
 * | PATCH /api/account | { name?, password?, newPassword? } -> SessionView |
 * | POST /api/account/export | { password } -> application/zip, everything that the hall holds of this person |
 * | GET  /api/account/erasure | -> ErasurePlan (what would become of the person's cases) |
 * | POST /api/account/erasure | { password } -> ErasurePlan; deletes what need not be kept, and the account |
 * | GET  /api/hall | -> HallView |
 * | GET  /api/releases/:hash | -> ReleaseView (immutable) |
 * | GET  /api/releases/:hash/validators.js | -> ES module, see engine/forms/standalone.ts |
 * | GET  /api/options/:source?q=&under= | -> { options: Option[] } |
 * | POST /api/cases | { project, from? } -> { id } (`from`: an own case whose data the new one starts with) |
 * | GET  /api/cases?list=&q=&number=&workflow=&subject=&status=&from=&to=&page= | own cases -> CaseList |
 * | POST /api/batches/columns | { project, forms } -> { columns: BatchColumn[], csv } (the template) |
 * | POST /api/batches/check | { project, forms, csv } -> BatchCheck (nothing is kept) |
 * | POST /api/batches | { project, forms, csv, name } -> { id }; the same file again is the same batch |
 * | GET  /api/batches | own batches -> { batches: BatchSummary[] } |
 * | GET  /api/batches/shared/:project | -> { forms } (what was typed for all rows) |
 * | PATCH /api/batches/shared/:project | { forms: { form: { field: value \| null } } } -> { savedAt } |
 * | GET  /api/batches/:id | -> BatchReport |
 * | GET  /api/batches/:id/csv | -> { csv } |
 * | GET  /api/cases/:id | -> CaseView |
 * | GET  /api/cases/:id/earlier | -> { cases: EarlierCase[] } |
 * | GET  /api/cases/:id/others | -> CaseList (staff: other cases about the same subject that they may see) |
 * | GET  /api/cases/:id/earlier/:other | -> { forms: { form: { field: value } } } |
 * | PATCH /api/cases/:id/draft | { forms: { form: { field: value \| null } }, marks?: { form: { field: Mark } } } -> { savedAt } (merged field by field) |
 * | POST /api/cases/:id/events | EventRequest -> CaseView; 409 with blockers when refused |
 * | POST /api/cases/:id/places | { form, field, values } -> { left: { choice: number } } (a field with `x-places`) |
 * | POST /api/cases/:id/files | multipart: form, field, file -> { file: FileReference } |
 * | GET  /api/cases/:id/files/:file | -> bytes (attachment or inline image) |
 * | POST /api/cases/:id/files/:file/recognition | {} -> Recognised (own files in a slot that is open) |
 * | POST /api/cases/:id/readings | {} -> ReadingsView (staff: what stands on the pictures beside what was typed) |
 * | GET  /api/cases/:id/documents/:document.pdf | -> PDF |
 * | POST /api/cases/:id/evidence | { reason } -> PDF: data, documents, proofs, conversation, journal (staff, auditors; written down) |
 * | POST /api/cases/:id/unmask | { path, reason } -> { value, read? } (`read`: what stands on the pictures) |
 * | GET  /api/cases/:id/stream | text/event-stream: `revision` events { revision }, `talk` events { count } |
 * | GET  /api/cases/:id/talk | -> TalkView (owner and desk; nobody by a link) |
 * | POST /api/cases/:id/talk | { text, request } -> TalkView; the same request again is the same message |
 * | POST /api/cases/:id/talk/read | { until } -> { unread } |
 * | POST /api/links/:token | {} -> { case } and a session bound to that one task |
 * | GET  /api/messages?case=&view=unread&page= | messages about own cases -> MessageList |
 * | POST /api/messages/marks | { keys, read } -> { unread } |
 * | POST /api/messages/read | { until, case? } -> { unread } (all that came until then) |
 * | GET  /api/messages/stream | text/event-stream: `unread` events { unread, desk } (own messages, notices of the desk) |
 * | GET  /api/desk/queue?view=mine\|open\|all&project=&q=&pressing=warn\|late&order=age&page= | -> DeskList (cases whose tasks the viewer's roles may do) |
 * | GET  /api/desk/stream | text/event-stream: `queue` events { count }: queues may be others now |
 * | GET  /api/desk/notices?view=unread&page= | what the desk was told of cases that the viewer may see -> DeskNoticeList |
 * | POST /api/desk/notices/marks | { keys, read } -> { unread } |
 * | POST /api/desk/notices/read | { until } -> { unread } (all that came until then) |
 * | GET  /api/desk/doors | -> { doors: ('money' \| 'letters' \| 'running' \| 'reports' \| 'board' \| 'portals' \| 'health')[] } (pages that the viewer may open) |
 * | GET  /api/reports?project=&from=&to= | -> ReportView (whoever leads; reports.ts) |
 * | GET  /api/reports/table?table=days\|projects\|states\|reasons\|promises&project=&from=&to= | -> { csv } |
 * | GET  /api/running/stuck | -> { cases: StuckCase[] } (whoever leads; running.ts) |
 * | GET  /api/running/claims | -> ClaimedTasks |
 * | POST /api/running/offers | { cases: id[] } -> { offers: BulkOffer[] } |
 * | POST /api/running/works | { action, rows: { id, key? }[], event?, title?, data?, to? } -> { id } |
 * | GET  /api/running/works | -> { works: WorkSummary[] } |
 * | GET  /api/running/works/:id | -> WorkReport |
 * | GET  /api/board | -> BoardList (projects that the viewer leads; board.ts) |
 * | GET  /api/board/:project | -> BoardView |
 * | PUT  /api/board/:project | { board, note, base } -> BoardView; in force at once |
 * | GET  /api/portals | -> PortalList (operations; portals.ts) |
 * | POST /api/portals | { id, title, projects } -> PortalList |
 * | PATCH /api/portals/:id | { projects?, url?, disabled?, revoke? (a key) } -> PortalList |
 * | POST /api/portals/:id/keys | {} -> { key } and PortalList; the key is shown once |
 * | POST /api/portals/:id/secrets | {} -> { secret } and PortalList; the secret is shown once |
 * | GET  /api/portal/v1/openapi.json | -> the OpenAPI 3.1 document of what portals may ask |
 * | GET  /api/portal/v1/cases/:number | (key of a portal) -> CaseStatus |
 * | GET  /api/portal/v1/cases?since=&cursor= | (key of a portal) -> { cases, next } |
 * | GET  /api/operations/letters | -> { letters: LetterView[] } (requests and notices that nobody answered for) |
 * | GET  /api/cases/:id/sent | -> { sent: SentNoticeView[] } (operations; notices that left the house, the newest first) |
 * | POST /api/cases/:id/sent/again | { key } -> { sent } (the same text once more) |
 * | POST /api/operations/letters/:key/replay | {} -> { letter } (sent again under its old key) |
 * | POST /api/operations/letters/:key/drop | { note } -> { letter } |
 * | GET  /api/operations/outside | -> OutsideView |
 * | GET  /api/operations/health | -> HealthView (operations; health.ts) |
 * | GET  /api/operations/suspense | -> { postings: SuspenseView[] } (money that no case takes, with its reason and time) |
 * | POST /api/operations/suspense/settle | { id, refund, note } -> { postings } (sent back by hand, under the platform's number) |
 * | POST /api/operations/suspense/confirm | { id } -> { postings } (by another person) |
 * | POST /api/operations/statements | { csv, from, to } -> { provider, lines, differences } (a provider's statement and the ledger) |
 * | GET  /api/operations/differences | -> { differences: OpenDifference[] } (what comparisons found; finance.ts) |
 * | POST /api/operations/differences/:key/settle | { note } -> { differences } |
 * | POST /api/operations/differences/:key/confirm | {} -> { differences } (by another person) |
 * | GET  /api/operations/ledger?from=&to=&q=&view=open\|all&page= | -> LedgerView (by case, with what is held) |
 * | GET  /api/operations/ledger/csv?from=&to=&q=&view= | -> { csv } |
 * | POST /api/operations/bank-lines | { csv } -> Imported (a statement of the hall's own account) |
 * | GET  /api/operations/bank-lines?view=open\|all | -> { lines: BankLineView[] } |
 * | GET  /api/cases/:id/bank-lines?event= | -> { proposals: Proposal[] } (finance; lines that may be what the case waits for) |
 * | GET  /api/studio/projects | -> { projects: StudioProjectRow[] } |
 * | POST /api/studio/projects | { from, id, title, number } -> StudioProject (a draft that says what another project says) |
 * | GET  /api/studio/projects/:id | -> StudioProject |
 * | GET  /api/studio/projects/:id/files | -> { project, files } of the draft, else of the release in force; `?of=HASH` of a release |
 * | POST /api/studio/projects/:id/check | { yaml } -> { issues, diagram, settings } (nothing is kept) |
 * | POST /api/studio/projects/:id/place | { yaml, address } -> Editable (what can be changed at a state; nothing is kept) |
 * | POST /api/studio/projects/:id/parts | { yaml } -> EditableParts: forms and texts before the project's changes (nothing is kept) |
 * | PUT  /api/studio/projects/:id/draft | { yaml, base } -> StudioProject |
 * | POST /api/studio/projects/:id/publish | { note, base, stories? } -> StudioProject; 409 with `verdict` when the gate refuses;
 * | | `stories: 'changed'` publishes although scenarios come out otherwise |
 * | POST /api/studio/projects/:id/impact | { of: 'draft'\|'release', plan? } -> Impact (nothing is kept) |
 * | POST /api/studio/projects/:id/difference | { from?: hash } -> { differences: StudioDifference[] } (draft, else release in force) |
 * | GET  /api/studio/projects/:id/scenarios | -> { scenarios: StudioScenario[] } that were kept for the project |
 * | POST /api/studio/projects/:id/scenarios | { text } -> StudioScenario (kept; the gate plays it from then on) |
 * | DELETE /api/studio/projects/:id/scenarios | { path } -> {} (no longer played) |
 * | POST /api/studio/projects/:id/go-back | { hash, note, base } -> StudioProject (an earlier release is in force again) |
 * | GET  /api/studio/projects/:id/releases/:hash/files.zip | its files as they were published |
 * | POST /api/studio/projects/:id/migrate | { plan, check, to?, most?, except? } -> { cases: { number, outcome, blockers }[] } |
 * | GET  /api/lab/projects | -> { projects: { id, title, hash, draft }[] } |
 * | GET  /api/lab/scenarios | -> { files } (every scenario that a gate plays: path -> text) |
 * | GET  /api/lab/releases/:hash | -> { files, project, calendar } (the lab runs the engine itself) |
 * | POST /api/lab/cases | { number, reason } -> { project, hash, state, journal }: a real case made anonymous; written down |
 * | GET  /api/lab/drafts/:id | the same of the project's draft; 404 when there is none |
 * | GET  /api/lab/drafts/:id/validators.js | ES module of the validators of the draft's forms |
 */

/** What an erasure means for each case of a person. */
export interface ErasurePlan {
  readonly cases: readonly {
    readonly id: string;
    readonly number: string;
    readonly subject: string;
    /** `now`: can be erased. `kept`: has to be kept, until `until` where the date is known. `open`: is under way. */
    readonly kind: 'erased' | 'now' | 'kept' | 'open';
    readonly until: number | null;
  }[];
  /** Whether the password is asked for: whoever logs in by phone or portal has none. */
  readonly password: boolean;
}

/** A request or a notice that nobody answered for. */
/** A notice that left the house by SMS or mail; the newest of a case are known. */
export interface SentNoticeView {
  readonly key: string;
  readonly at: number;
  readonly by: 'sms' | 'email';
  /** Masked. */
  readonly to: string;
  readonly text: string;
  /** It is being sent again. */
  readonly waiting: boolean;
}

export interface LetterView {
  readonly key: string;
  readonly at: number;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly project: string;
  readonly kind: 'call' | 'notice' | 'webhook';
  /** `connector.operation`, the notice's name, or the portal's id. */
  readonly name: string;
  readonly tries: number;
  readonly since: number;
  /** Why, in the words of the last failure; no data of a person. */
  readonly reason: string;
  /** `again`: sent again and not back yet. `dropped`: somebody decided that nothing is left to do. */
  readonly status: 'open' | 'again' | 'dropped';
  /** Who decided, when, why. */
  readonly by?: string;
  readonly decidedAt?: number;
  readonly note?: string;
}

/** What an import did; numbers of `changed` lines stand there with another content and are not taken. */
export interface Imported {
  readonly added: number;
  readonly known: number;
  readonly changed: readonly string[];
}

/** Money that came to the hall's bank account. Amounts in fen. */
export interface BankLineView {
  readonly id: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly transaction: string;
  readonly payer: string;
  /** Masked. */
  readonly payerAccount: string;
  readonly amount: number;
  /** What no case has taken. */
  readonly left: number;
  readonly remark: string;
  readonly taken: readonly CaseName[];
  /** The case whose number the payer wrote. */
  readonly named: CaseName | null;
}

export interface CaseName {
  readonly id: string;
  readonly number: string;
}

/** A line of the statement for one case: why it may be the one, and what of the offer's form it fills. */
export interface Proposal extends Omit<BankLineView, 'payerAccount' | 'taken' | 'named'> {
  readonly fits: { readonly number: boolean; readonly payer: boolean; readonly amount: boolean };
  readonly values: JsonObject;
}

/** What others sent and we did not take, and systems that are left alone because they failed again and again. */
export interface OutsideView {
  readonly refusals: readonly {
    readonly at: number;
    readonly connector: string;
    /** A word: `signature`, `replay`, `amount` and so on. */
    readonly reason: string;
    /** Our own number of the request, where it is known. */
    readonly reference?: string;
  }[];
  /** `<connector>.<reason>` -> how many since the server was set up. */
  readonly counts: { readonly [name: string]: number };
  readonly circuits: { readonly [connector: string]: { readonly failures: number; readonly openUntil: number | null } };
}

/** Money that came and belongs to no case. */
export interface SuspenseView {
  readonly id: string;
  readonly at: number;
  /** In fen. */
  readonly amount: number;
  readonly provider: string;
  readonly open: { readonly reason: string; readonly due: number };
  /** Sent back at the platform: written down by one person, confirmed by another. */
  readonly settled?: {
    readonly refund: string;
    readonly note: string;
    readonly at: number;
    readonly by: string;
    /** Id of whoever wrote it down: they do not confirm it. */
    readonly own: string;
    readonly confirmed?: { readonly at: number; readonly by: string };
  };
}

/** A line on which a provider's statement and the ledger do not agree; null where one has nothing. */
export interface DifferenceView {
  readonly kind: 'unknown' | 'missing' | 'amount';
  readonly id: string;
  readonly theirs: number | null;
  readonly ours: number | null;
}

/** An own case from which something may be taken over into the forms that are being filled in. */
export interface EarlierCase {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  /** Title of its process. */
  readonly workflow: string;
  readonly createdAt: number;
}

/** What the hall has told a person about one of their cases. */
export interface MessageView {
  readonly key: string;
  readonly at: number;
  readonly text: string;
  readonly read: boolean;
  readonly case: CaseName & {
    readonly subject: string;
    /** Titles. */
    readonly project: string;
    readonly workflow: string;
  };
}

export interface MessageList {
  readonly rows: readonly MessageView[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  /** Of all messages, whatever the filter. */
  readonly unread: number;
  /** Of the case that is asked for. */
  readonly unreadHere: number;
  /** Time of the newest message; 0 where there is none. */
  readonly newest: number;
  /** Own cases with messages, newest first. */
  readonly cases: readonly (CaseName & { readonly subject: string })[];
}

/** What was read from a picture for a field, beside what was typed there. */
export interface ComparedValue {
  /** `<form>.<field>` of what was typed. */
  readonly path: string;
  /** Title of the slot, and id of the file, that it was read from. */
  readonly slot: string;
  readonly file: string;
  /** Masked where the field is. */
  readonly read: string;
  readonly masked: boolean;
  readonly same: boolean;
  /** How sure the reading is, 0 to 1. */
  readonly score: number;
  /** A check digit, or another rule of the field, confirmed what was read. */
  readonly checked: boolean;
}

export interface ReadingsView {
  /** `none`: nothing of it could be read. `later`: it was not read yet. */
  readonly slots: readonly {
    readonly path: string;
    readonly file: string;
    readonly title: string;
    readonly status: 'read' | 'none' | 'later';
  }[];
  readonly values: readonly ComparedValue[];
}

/** What owner and desk of a case wrote to each other, oldest first. */
export interface TalkView {
  readonly messages: readonly {
    readonly key: string;
    readonly at: number;
    /** The viewer wrote it. */
    readonly own: boolean;
    readonly part: PartView;
    /** Who of that role it was; whoever applies is not told the names of the desk. */
    readonly name?: string;
    readonly text: string;
    /** Of one's own side: somebody of the other side has read it. */
    readonly read: boolean;
  }[];
  /** Of the other side, not read by the viewer. */
  readonly unread: number;
  /** Why nothing can be written; null when it can. */
  readonly closed: string | null;
  readonly longest: number;
}

/** News for the desk about a case: a promise that presses, money that does not fit, an applicant who wrote. */
export type DeskNoticeView = MessageView;

export interface DeskNoticeList {
  readonly rows: readonly DeskNoticeView[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly unread: number;
  /** Time of the newest one; 0 where there is none. */
  readonly newest: number;
}

export interface HallView {
  readonly name: string;
  /** Content `hall` as written: brand, menus, support, notices. */
  readonly content: JsonObject;
  readonly projects: readonly {
    readonly id: string;
    readonly title: string;
    readonly workflow: { readonly id: string; readonly title: string };
    readonly release: string;
    /** Why no new cases are taken; absent where they are. */
    readonly closed?: string;
    /** Projects in which somebody may go on whose case has reached a goal. */
    readonly related?: readonly string[];
    /** What it tells people today, newest first; absent where nothing. */
    readonly announcements?: readonly Announcement[];
    /** Title of its batches; absent where it takes none. */
    readonly batch?: string;
  }[];
  /** Lists of own cases that the processes declare. */
  readonly lists: readonly { readonly id: string; readonly title: string }[];
}

export interface ReleaseView {
  readonly hash: string;
  readonly project: { readonly id: string; readonly title: string };
  readonly workflow: { readonly id: string; readonly title: string };
  readonly forms: { readonly [form: string]: FormSchema };
  /** Settings that forms refer to. */
  readonly settings: JsonObject;
  /** Content id of the article of the task that a case starts with, for the project's entry page. */
  readonly article?: string;
  readonly content: { readonly [kind: string]: JsonObject };
  readonly tables: JsonObject;
  /** Batches that the project takes: which forms all rows share, how many rows there may be. */
  readonly batch?: { readonly title: string; readonly shared: readonly string[]; readonly most: number };
  readonly roles: { readonly [role: string]: { readonly title: string; readonly tile: string } };
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export interface FileReference {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly sha256: string;
  /** Epoch ms: its bytes were erased then. */
  readonly erasedAt?: number;
}

/** What OCR read: field of the same form -> value with confidence 0..1; `checked` = a check digit confirmed it. */
export interface Recognised {
  readonly fields: {
    readonly [field: string]: { readonly value: string; readonly score: number; readonly checked: boolean };
  };
}

export interface EventRequest {
  readonly event: string;
  /** Working copies of the task's forms. Absent forms are taken from the saved draft. */
  readonly forms?: { readonly [form: string]: JsonObject };
  /** The event's own dialogue. */
  readonly data?: JsonObject;
  /** Revision that the person saw; another one is answered with `case-moved-on` and the new view. */
  readonly revision: number;
  /** Client-made id: the same request sent twice is applied once. */
  readonly request: string;
}

/** A column of the table of a batch. */
export interface BatchColumn {
  readonly title: string;
  readonly required: boolean;
  readonly hint: string;
  /** Words of which one is written; empty = anything that fits. */
  readonly choices: readonly string[];
}

/** Something wrong with a row: in a column, or as a whole (null). */
export interface BatchProblem {
  readonly column: string | null;
  readonly message: string;
}

export interface BatchLine {
  /** The number that a spreadsheet shows beside the row. */
  readonly line: number;
  /** By which a person knows the row again. */
  readonly name: string;
  readonly problems: readonly BatchProblem[];
  /** `ready`: can be begun; `known`: it has a case already; `waiting`: is about to begin; `begun`; `wrong`. */
  readonly state: 'ready' | 'known' | 'waiting' | 'begun' | 'wrong';
  readonly case?: { readonly id: string; readonly number: string; readonly label: string };
}

/** What would become of a file if it were sent in now. */
export interface BatchCheck {
  readonly lines: readonly BatchLine[];
  /** What is wrong with the shared forms: then no row begins. */
  readonly shared: readonly FieldError[];
  /** Titles that mean nothing here. */
  readonly ignored: readonly string[];
  /** The batch of this very file, where it was sent in before. */
  readonly before?: string;
}

export interface BatchSummary {
  readonly id: string;
  readonly name: string;
  readonly project: { readonly id: string; readonly title: string };
  readonly at: number;
  readonly total: number;
  readonly begun: number;
  readonly wrong: number;
  readonly waiting: number;
}

export interface BatchReport extends BatchSummary {
  readonly lines: readonly BatchLine[];
}

export interface CaseList {
  readonly rows: readonly CaseRow[];
  readonly total: number;
  /** There are more than `total`, which were not counted; nobody turns to them, a filter finds them. */
  readonly more?: boolean;
  readonly page: number;
  readonly pages: number;
  /** Status labels and workflows of all the viewer's cases, whatever the filter, for the filter's choices. */
  readonly statuses?: readonly string[];
  readonly workflows?: readonly { readonly id: string; readonly title: string }[];
}

/** From so many on the cases of a queue are not counted one by one: there are at least so many. */
export const MOST_COUNTED = 100;

/** A queue of the desk. What is counted is counted in the view, whatever the other filters. */
export interface DeskList extends CaseList {
  readonly projects: readonly { readonly id: string; readonly title: string; readonly count: number }[];
  /** Cases whose promise presses (`warn`, not late yet) and whose promise is broken. */
  readonly pressing: { readonly warn: number; readonly late: number };
  /** What a search finds besides whole names and codes: any part of a number or a subject, or the beginning and the end of a number. */
  readonly finds: 'parts' | 'ends';
}

export interface StudioProjectRow {
  readonly id: string;
  readonly title: string;
  readonly workflow: { readonly id: string; readonly title: string };
  readonly release: {
    readonly hash: string;
    readonly number: number;
    readonly note: string;
    readonly at: number;
    readonly by: string;
  } | null;
  /** `changed`: titles of what is another than in the release in force. */
  readonly draft: {
    readonly at: number;
    readonly by: string;
    readonly errors: number;
    readonly changed: readonly string[];
  } | null;
  readonly openCases: number;
  /** Of them, how many stand where, by what their owners read; most first. */
  readonly states: readonly { readonly label: string; readonly count: number }[];
  /** Of them, those that go by another release than the one in force. */
  readonly olderCases: number;
  /** What this person may do with it beside looking at its open cases. */
  readonly opens: boolean;
  readonly moves: boolean;
  /** Releases before the one in force, newest first. */
  readonly earlier: readonly { readonly hash: string; readonly number: number }[];
}

export interface StudioProject extends StudioProjectRow {
  /** What this person may do with it; whoever changed the draft does not publish it. */
  readonly may: { readonly edit: boolean; readonly publish: boolean; readonly goBack: boolean };
  /** The project file as text: the draft's, or the release's. */
  readonly yaml: string;
  /** Version of the draft, sent back as `base`. */
  readonly base: number;
  readonly settingsSchema: JsonObject;
  /** Settings of the base workflow (defaults) and of this text. */
  readonly defaults: JsonObject;
  readonly settings: JsonObject;
  readonly issues: readonly Issue[];
  readonly diagram: Diagram;
  /** Right after publishing: laws that the proof left to the run. */
  readonly undecided?: readonly LeftLaw[];
  readonly history: readonly {
    readonly hash: string;
    readonly number: number;
    readonly note: string;
    readonly at: number;
    readonly by: string;
    /** The scenarios that it was tried with; absent in releases of older folders. */
    readonly scenarios?: { readonly count: number };
  }[];
}

/** The effective workflow as drawn: made by `engine/explain/diagram.ts`. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

export interface DiagramNode {
  readonly id: string;
  readonly parent: string | null;
  readonly title: string;
  /** In English, where the title is the product's own. */
  readonly en?: string;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'decision' | 'next';
  readonly tile: string | null;
  readonly removed: boolean;
  /** On the shortest way to the goal. */
  readonly main: boolean;
}

export interface DiagramEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly title: string;
  /** In English, where the product's own words stand in the title. */
  readonly en?: string;
  readonly kind: 'on' | 'outcome' | 'after' | 'when' | 'next' | 'follow' | 'late' | 'done';
  readonly removed: boolean;
  readonly main: boolean;
}

export type { CaseRow, CaseView, SessionView };
