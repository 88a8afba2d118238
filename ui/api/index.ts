import type { Impact, StudioDifference } from '../../engine/contract/impact.ts';
import type {
  BatchCheck,
  BatchColumn,
  BatchReport,
  BatchSummary,
  CaseList,
  CaseView,
  DeskList,
  DeskNoticeList,
  Diagram,
  EarlierCase,
  EventRequest,
  HallView,
  MessageList,
  Option,
  ReadingsView,
  Recognised,
  ReleaseView,
  SessionView,
  StudioProject,
  StudioProjectRow,
  TalkView,
} from '../../engine/contract/routes.ts';
import type { Mark } from '../../engine/contract/view.ts';
import type { CaseState, JournalEntry } from '../../engine/model/case.ts';
import type { Calendar } from '../../engine/model/command.ts';
import type { Issue } from '../../engine/model/issue.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { MigrationPlan } from '../../engine/model/migration.ts';
import { query, type RequestOptions, request, requestFile } from './http.ts';

export { Fault } from './fault.ts';
export { onSessionBack, onSessionLost, sessionBack } from './session-loss.ts';
export { watchCase, watchUnread } from './stream.ts';
export { type UploadAnswer, type UploadOptions, upload } from './upload.ts';

/**
 * The typed client of `engine/contract/routes.ts`: one function a route, the same order.
 * Every function rejects with `Fault` (see fault.ts) for an answer that is not 2xx.
 */

const at = (part: string): string => encodeURIComponent(part);

/** field -> value, null = emptied; `forms` of a draft patch. */
export type DraftPatch = { readonly [form: string]: { readonly [field: string]: Json } };

export type QueueView = 'open' | 'mine' | 'all';

/** What of a queue is looked for; see `GET /api/desk/queue`. */
export interface QueueFilter {
  readonly project?: string;
  readonly q?: string;
  readonly pressing?: string;
  readonly order?: string;
}

export interface CaseFilter {
  /** A list that processes declare. */
  readonly list?: string;
  /** Words that stand somewhere in the case. */
  readonly q?: string;
  readonly number?: string;
  readonly workflow?: string;
  readonly subject?: string;
  readonly status?: string;
  /** YYYY-MM-DD, both inclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly page?: number;
}

export interface MessageFilter {
  /** Id of an own case. */
  readonly case?: string;
  readonly view?: 'unread';
  readonly page?: number;
}

/** For which project a table is, and what all its rows share. */
export interface BatchAsked {
  readonly project: string;
  readonly forms: { readonly [form: string]: JsonObject };
}

export interface LabProject {
  readonly id: string;
  readonly title: string;
  /** Of the release in force. */
  readonly hash: string;
  /** There is a draft that is not published. */
  readonly draft: boolean;
}

/** A real case made anonymous, and the release that it is pinned to. */
export interface LabCase {
  readonly project: string;
  readonly hash: string;
  readonly state: CaseState;
  readonly journal: readonly JournalEntry[];
}

export interface LabRelease {
  readonly files: { readonly [path: string]: string };
  readonly project: string;
  /** Working days as the server counts them. */
  readonly calendar: Calendar;
}

export const api = {
  session: (): Promise<SessionView> => request('GET', '/api/session'),
  login: (account: string, password: string): Promise<SessionView> =>
    request('POST', '/api/session', { account, password }),
  logout: (): Promise<SessionView> => request('DELETE', '/api/session'),
  register: (account: string, password: string, name: string): Promise<SessionView> =>
    request('POST', '/api/accounts', { account, password, name }),
  updateAccount: (change: { name?: string; password?: string; newPassword?: string }): Promise<SessionView> =>
    request('PATCH', '/api/account', change),

  hall: (): Promise<HallView> => request('GET', '/api/hall'),
  release: (hash: string): Promise<ReleaseView> => request('GET', `/api/releases/${at(hash)}`),
  /** Address of the ES module of the release's validators, for `import()`. */
  validatorsUrl: (hash: string): string => `/api/releases/${at(hash)}/validators.js`,
  options: (source: string, ask: { q?: string; under?: string }, options?: RequestOptions): Promise<Option[]> =>
    request<{ options: Option[] }>('GET', `/api/options/${at(source)}${query(ask)}`, undefined, options).then(
      (answer) => answer.options,
    ),

  /** @param from an own case whose data the new one starts with */
  startCase: (project: string, from?: string | null): Promise<{ id: string }> =>
    request('POST', '/api/cases', { project, ...(from && { from }) }),
  cases: (filter: CaseFilter = {}): Promise<CaseList> => request('GET', `/api/cases${query({ ...filter })}`),
  earlier: (id: string): Promise<{ cases: readonly EarlierCase[] }> => request('GET', `/api/cases/${at(id)}/earlier`),
  others: (id: string): Promise<CaseList> => request('GET', `/api/cases/${at(id)}/others`),
  takeOver: (id: string, other: string): Promise<{ forms: { readonly [form: string]: JsonObject } }> =>
    request('GET', `/api/cases/${at(id)}/earlier/${at(other)}`),

  batchShared: (project: string): Promise<{ forms: { readonly [form: string]: JsonObject } }> =>
    request('GET', `/api/batches/shared/${at(project)}`),
  saveBatchShared: (project: string, forms: DraftPatch, options?: RequestOptions): Promise<{ savedAt: number }> =>
    request('PATCH', `/api/batches/shared/${at(project)}`, { forms }, options),
  batchColumns: (asked: BatchAsked): Promise<{ columns: readonly BatchColumn[]; csv: string }> =>
    request('POST', '/api/batches/columns', asked),
  checkBatch: (asked: BatchAsked, csv: string): Promise<BatchCheck> =>
    request('POST', '/api/batches/check', { ...asked, csv }),
  startBatch: (asked: BatchAsked, csv: string, name: string): Promise<{ id: string }> =>
    request('POST', '/api/batches', { ...asked, csv, name }),
  batches: (): Promise<readonly BatchSummary[]> =>
    request<{ batches: BatchSummary[] }>('GET', '/api/batches').then((answer) => answer.batches),
  batch: (id: string): Promise<BatchReport> => request('GET', `/api/batches/${at(id)}`),
  batchCsv: (id: string): Promise<string> =>
    request<{ csv: string }>('GET', `/api/batches/${at(id)}/csv`).then((answer) => answer.csv),

  case: (id: string): Promise<CaseView> => request('GET', `/api/cases/${at(id)}`),
  saveDraft: (
    id: string,
    forms: DraftPatch,
    marks: { readonly [form: string]: { readonly [field: string]: Mark } },
    options?: RequestOptions,
  ): Promise<{ savedAt: number }> => request('PATCH', `/api/cases/${at(id)}/draft`, { forms, marks }, options),
  sendEvent: (id: string, event: EventRequest): Promise<CaseView> =>
    request('POST', `/api/cases/${at(id)}/events`, event),
  places: (
    id: string,
    asked: { readonly form: string; readonly field: string; readonly values: JsonObject },
    options?: RequestOptions,
  ): Promise<{ left: { readonly [choice: string]: number } }> =>
    request('POST', `/api/cases/${at(id)}/places`, asked, options),
  fileUrl: (id: string, file: string): string => `/api/cases/${at(id)}/files/${at(file)}`,
  recognise: (id: string, file: string, options?: RequestOptions): Promise<Recognised> =>
    request('POST', `/api/cases/${at(id)}/files/${at(file)}/recognition`, {}, options),
  /** What stands on the pictures beside what was typed; pictures are read now where nobody has. */
  readings: (id: string): Promise<ReadingsView> => request('POST', `/api/cases/${at(id)}/readings`, {}),
  documentUrl: (id: string, document: string): string => `/api/cases/${at(id)}/documents/${at(document)}.pdf`,
  unmask: (id: string, path: string, reason: string): Promise<{ value: Json; read?: readonly string[] }> =>
    request('POST', `/api/cases/${at(id)}/unmask`, { path, reason }),
  talk: (id: string): Promise<TalkView> => request('GET', `/api/cases/${at(id)}/talk`),
  /** @param requestId of one press of the button: sent again, it is the same message */
  write: (id: string, text: string, requestId: string): Promise<TalkView> =>
    request('POST', `/api/cases/${at(id)}/talk`, { text, request: requestId }),
  /** @param until what came later stays unread */
  readTalk: (id: string, until: number): Promise<{ unread: number }> =>
    request('POST', `/api/cases/${at(id)}/talk/read`, { until }),
  evidencePack: (id: string, reason: string): Promise<Blob> => requestFile(`/api/cases/${at(id)}/evidence`, { reason }),
  openLink: (token: string): Promise<{ case: string }> => request('POST', `/api/links/${at(token)}`, {}),

  messages: (filter: MessageFilter = {}): Promise<MessageList> =>
    request('GET', `/api/messages${query({ ...filter })}`),
  markMessages: (keys: readonly string[], read: boolean, options?: RequestOptions): Promise<{ unread: number }> =>
    request('POST', '/api/messages/marks', { keys, read }, options),
  /** @param until what came later stays unread */
  readMessages: (until: number, only?: string): Promise<{ unread: number }> =>
    request('POST', '/api/messages/read', { until, ...(only && { case: only }) }),

  deskQueue: (view: QueueView, page = 1, filter: QueueFilter = {}): Promise<DeskList> =>
    request('GET', `/api/desk/queue${query({ view, ...filter, page })}`),

  deskNotices: (view: 'all' | 'unread', page = 1): Promise<DeskNoticeList> =>
    request('GET', `/api/desk/notices${query({ view, page })}`),
  markDeskNotices: (keys: readonly string[], read: boolean, options?: RequestOptions): Promise<{ unread: number }> =>
    request('POST', '/api/desk/notices/marks', { keys, read }, options),
  /** @param until what came later stays unread */
  readDeskNotices: (until: number): Promise<{ unread: number }> => request('POST', '/api/desk/notices/read', { until }),

  studioProjects: (): Promise<StudioProjectRow[]> =>
    request<{ projects: StudioProjectRow[] }>('GET', '/api/studio/projects').then((answer) => answer.projects),
  studioCreate: (given: { from: string; id: string; title: string; number: string }): Promise<StudioProject> =>
    request('POST', '/api/studio/projects', given),
  studioProject: (id: string): Promise<StudioProject> => request('GET', `/api/studio/projects/${at(id)}`),
  studioCheck: (
    id: string,
    yaml: string,
    options?: RequestOptions,
  ): Promise<{ issues: readonly Issue[]; diagram: Diagram; settings: JsonObject }> =>
    request('POST', `/api/studio/projects/${at(id)}/check`, { yaml }, options),
  studioSave: (id: string, yaml: string, base: number): Promise<StudioProject> =>
    request('PUT', `/api/studio/projects/${at(id)}/draft`, { yaml, base }),
  /** @param stories 'changed': scenarios may come out otherwise than they say */
  studioPublish: (id: string, note: string, base: number, stories?: 'changed'): Promise<StudioProject> =>
    request('POST', `/api/studio/projects/${at(id)}/publish`, stories ? { note, base, stories } : { note, base }),
  studioImpact: (id: string, of: 'draft' | 'release', plan: MigrationPlan = {}): Promise<Impact> =>
    request('POST', `/api/studio/projects/${at(id)}/impact`, { of, plan }),
  studioDifference: (id: string, from: string): Promise<readonly StudioDifference[]> =>
    request<{ differences: StudioDifference[] }>('POST', `/api/studio/projects/${at(id)}/difference`, { from }).then(
      (answer) => answer.differences,
    ),
  studioGoBack: (id: string, hash: string, note: string, base: number): Promise<StudioProject> =>
    request('POST', `/api/studio/projects/${at(id)}/go-back`, { hash, note, base }),
  studioFilesUrl: (id: string, hash: string): string => `/api/studio/projects/${at(id)}/releases/${at(hash)}/files.zip`,
  /** One wave. @returns what became of each case of it; nothing is left when it is empty */
  studioMigrate: (
    id: string,
    given: {
      readonly plan: MigrationPlan;
      readonly most: number;
      readonly except: readonly string[];
      readonly to?: string;
    },
  ): Promise<readonly { number: string; outcome: 'moved' | 'refused'; blockers: readonly string[] }[]> =>
    request<{ cases: { number: string; outcome: 'moved' | 'refused'; blockers: readonly string[] }[] }>(
      'POST',
      `/api/studio/projects/${at(id)}/migrate`,
      { ...given, check: false },
    ).then((answer) => answer.cases),

  labProjects: (): Promise<LabProject[]> =>
    request<{ projects: LabProject[] }>('GET', '/api/lab/projects').then((answer) => answer.projects),
  labScenarios: (): Promise<{ readonly files: { readonly [path: string]: string } }> =>
    request('GET', '/api/lab/scenarios'),
  labRelease: (hash: string): Promise<LabRelease> => request('GET', `/api/lab/releases/${at(hash)}`),
  /** A real case made anonymous. @param reason written down with who had it */
  labCase: (number: string, reason: string): Promise<LabCase> => request('POST', '/api/lab/cases', { number, reason }),
  labDraft: (project: string): Promise<LabRelease> => request('GET', `/api/lab/drafts/${at(project)}`),
  /** The same for a draft; `read` is when, since a browser reads a module of one address once. */
  draftValidatorsUrl: (project: string, read: number): string =>
    `/api/lab/drafts/${at(project)}/validators.js${query({ read })}`,
} as const;

/** A client-made id for one press of a button, so that a repeated request is applied once. */
export function requestId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  // Plain http on another host than localhost is no secure context: getRandomValues is there all the same.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
