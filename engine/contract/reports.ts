import type { CaseName } from './routes.ts';
import type { PartView } from './view.ts';

/** What happened on a day, in a project, or in all: counted from journals, nothing of a person. */
export interface Counts {
  readonly begun: number;
  readonly reached: number;
  /** Ended without the goal. */
  readonly ended: number;
  /** Decisions: found right, sent back; then the first decision of each case. */
  readonly right: number;
  readonly back: number;
  readonly firstRight: number;
  readonly firstBack: number;
  /** Promises that ended: in time, after the first reminder, too late. */
  readonly kept: number;
  readonly warned: number;
  readonly late: number;
}

/** Reports over days (YYYY-MM-DD, both inclusive) of the projects that the viewer leads. Times in ms. */
export interface ReportView {
  readonly from: string;
  readonly to: string;
  /** Id of the project that it is narrowed to, or empty. */
  readonly project: string;
  readonly projects: readonly { readonly id: string; readonly title: string }[];
  readonly sums: Counts;
  readonly days: readonly ({ readonly day: string } & Counts)[];
  readonly byProject: readonly ({ readonly id: string; readonly title: string } & Counts)[];
  readonly states: readonly StateReport[];
  readonly reasons: readonly ReasonReport[];
  readonly promises: readonly PromiseReport[];
  /** Of cases that are open now: promises that press or are broken. */
  readonly now: { readonly open: number; readonly warn: number; readonly late: number };
}

export interface StateReport {
  readonly project: string;
  readonly state: string;
  readonly title: string;
  readonly who: PartView;
  readonly n: number;
  readonly average: number;
  /** Half of them, and nineteen of twenty, took no longer; read off classes of times. */
  readonly half: number;
  readonly most: number;
}

export interface ReasonReport {
  /** `<form>.<field>`. */
  readonly field: string;
  readonly title: string;
  readonly form: string;
  /** What the form says beside the field; empty where nothing. */
  readonly hint: string;
  /** Of the library; empty = in somebody's own words. */
  readonly reason: string;
  readonly n: number;
  /** The newest cases of which the viewer may know. */
  readonly cases: readonly CaseName[];
}

export interface PromiseReport {
  readonly project: string;
  readonly state: string;
  readonly title: string;
  readonly kept: number;
  readonly warned: number;
  readonly late: number;
}

/** Tables of a report that can be taken away as a file. */
export const reportTables = ['days', 'projects', 'states', 'reasons', 'promises'] as const;
export type ReportTable = (typeof reportTables)[number];
