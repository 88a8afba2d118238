import type { BoardList, BoardView } from '../../engine/contract/board.ts';
import type { LedgerView, OpenDifference } from '../../engine/contract/finance.ts';
import type { HealthView } from '../../engine/contract/health.ts';
import type { PortalList } from '../../engine/contract/portals.ts';
import type { ReportTable, ReportView } from '../../engine/contract/reports.ts';
import type {
  BankLineView,
  DifferenceView,
  Imported,
  LetterView,
  OutsideView,
  Proposal,
  SentNoticeView,
  SuspenseView,
} from '../../engine/contract/routes.ts';
import type {
  BulkOffer,
  ClaimedTasks,
  StuckCase,
  WorkAction,
  WorkReport,
  WorkSummary,
} from '../../engine/contract/running.ts';
import type { Board } from '../../engine/explain/board.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { query, request } from './http.ts';

const at = (part: string): string => encodeURIComponent(part);

/** Pages of the desk beside the queue. */
export type Door = 'money' | 'letters' | 'running' | 'reports' | 'board' | 'portals' | 'health';

/** Days YYYY-MM-DD, both inclusive; an empty project asks for all. */
export interface ReportAsked {
  readonly project: string;
  readonly from: string;
  readonly to: string;
}

/** What is to be done with which cases, and of what in them. */
export interface WorkAsked {
  readonly action: WorkAction;
  readonly rows: readonly { readonly id: string; readonly key?: string }[];
  readonly event?: string;
  readonly title?: string;
  readonly data?: JsonObject;
  /** Person who takes over. */
  readonly to?: string;
}

/** Days YYYY-MM-DD, both inclusive; empty texts ask for nothing. */
export interface LedgerAsked {
  readonly from: string;
  readonly to: string;
  readonly q: string;
  readonly view: 'all' | 'open';
  readonly page?: number;
}

/** What only pages of the desk ask: a module of its own, so that nobody else has to load it. */
export const deskApi = {
  ledger: (asked: LedgerAsked): Promise<LedgerView> => request('GET', `/api/operations/ledger${query({ ...asked })}`),
  ledgerCsv: (asked: LedgerAsked): Promise<string> =>
    request<{ csv: string }>('GET', `/api/operations/ledger/csv${query({ ...asked })}`).then((answer) => answer.csv),
  differences: (): Promise<readonly OpenDifference[]> =>
    request<{ differences: OpenDifference[] }>('GET', '/api/operations/differences').then(
      (answer) => answer.differences,
    ),
  settleDifference: (key: string, note: string): Promise<unknown> =>
    request('POST', `/api/operations/differences/${at(key)}/settle`, { note }),
  confirmDifference: (key: string): Promise<unknown> =>
    request('POST', `/api/operations/differences/${at(key)}/confirm`),
  boards: (): Promise<BoardList['projects']> =>
    request<BoardList>('GET', '/api/board').then((answer) => answer.projects),
  board: (project: string): Promise<BoardView> => request('GET', `/api/board/${at(project)}`),
  saveBoard: (project: string, board: Board, note: string, base: number): Promise<BoardView> =>
    request('PUT', `/api/board/${at(project)}`, { board, note, base }),
  portals: (): Promise<PortalList> => request('GET', '/api/portals'),
  createPortal: (given: { id: string; title: string; projects: readonly string[] }): Promise<PortalList> =>
    request('POST', '/api/portals', given),
  changePortal: (
    id: string,
    change: { readonly url?: string; readonly disabled?: boolean; readonly revoke?: string },
  ): Promise<PortalList> => request('PATCH', `/api/portals/${at(id)}`, change),
  newPortalKey: (id: string): Promise<PortalList & { key: string }> => request('POST', `/api/portals/${at(id)}/keys`),
  newPortalSecret: (id: string): Promise<PortalList & { secret: string }> =>
    request('POST', `/api/portals/${at(id)}/secrets`),
  stuck: (): Promise<readonly StuckCase[]> =>
    request<{ cases: StuckCase[] }>('GET', '/api/running/stuck').then((answer) => answer.cases),
  claims: (): Promise<ClaimedTasks> => request<ClaimedTasks>('GET', '/api/running/claims'),
  bulkOffers: (cases: readonly string[]): Promise<readonly BulkOffer[]> =>
    request<{ offers: BulkOffer[] }>('POST', '/api/running/offers', { cases }).then((answer) => answer.offers),
  startWork: (asked: WorkAsked): Promise<string> =>
    request<{ id: string }>('POST', '/api/running/works', asked).then((answer) => answer.id),
  works: (): Promise<readonly WorkSummary[]> =>
    request<{ works: WorkSummary[] }>('GET', '/api/running/works').then((answer) => answer.works),
  work: (id: string): Promise<WorkReport> => request('GET', `/api/running/works/${at(id)}`),
  doors: (): Promise<readonly Door[]> =>
    request<{ doors: Door[] }>('GET', '/api/desk/doors').then((answer) => answer.doors),
  report: (asked: ReportAsked): Promise<ReportView> => request('GET', `/api/reports${query({ ...asked })}`),
  reportTable: (table: ReportTable, asked: ReportAsked): Promise<string> =>
    request<{ csv: string }>('GET', `/api/reports/table${query({ table, ...asked })}`).then((answer) => answer.csv),

  sent: (id: string): Promise<readonly SentNoticeView[]> =>
    request<{ sent: SentNoticeView[] }>('GET', `/api/cases/${at(id)}/sent`).then((answer) => answer.sent),
  sendAgain: (id: string, key: string): Promise<readonly SentNoticeView[]> =>
    request<{ sent: SentNoticeView[] }>('POST', `/api/cases/${at(id)}/sent/again`, { key }).then(
      (answer) => answer.sent,
    ),

  letters: (): Promise<LetterView[]> =>
    request<{ letters: LetterView[] }>('GET', '/api/operations/letters').then((answer) => answer.letters),
  replayLetter: (key: string): Promise<unknown> => request('POST', `/api/operations/letters/${at(key)}/replay`, {}),
  dropLetter: (key: string, note: string): Promise<unknown> =>
    request('POST', `/api/operations/letters/${at(key)}/drop`, { note }),

  health: (): Promise<HealthView> => request('GET', '/api/operations/health'),
  outside: (): Promise<OutsideView> => request('GET', '/api/operations/outside'),
  suspense: (): Promise<SuspenseView[]> =>
    request<{ postings: SuspenseView[] }>('GET', '/api/operations/suspense').then((answer) => answer.postings),
  settle: (id: string, refund: string, note: string): Promise<unknown> =>
    request('POST', '/api/operations/suspense/settle', { id, refund, note }),
  confirmSettlement: (id: string): Promise<unknown> => request('POST', '/api/operations/suspense/confirm', { id }),
  /** @param from ms, `to` exclusive */
  compareStatement: (
    csv: string,
    from: number,
    to: number,
  ): Promise<{ lines: number; differences: DifferenceView[] }> =>
    request('POST', '/api/operations/statements', { csv, from, to }),
  bankLines: (view: 'open' | 'all'): Promise<BankLineView[]> =>
    request<{ lines: BankLineView[] }>('GET', `/api/operations/bank-lines${query({ view })}`).then(
      (answer) => answer.lines,
    ),
  importBankLines: (csv: string): Promise<Imported> => request('POST', '/api/operations/bank-lines', { csv }),
  bankProposals: (id: string, event: string): Promise<Proposal[]> =>
    request<{ proposals: Proposal[] }>('GET', `/api/cases/${at(id)}/bank-lines${query({ event })}`).then(
      (answer) => answer.proposals,
    ),
};
