import type { Calendar, ScenarioFailure, Session } from '../../../engine/index.ts';
import type { Files } from '../../../engine/model/definition.ts';
import type { Assumptions, LoadReport } from '../../../engine/simulate/load/index.ts';
import type { Unnoticed } from '../mutants.ts';
import type { ShownReport, Written } from '../shown.ts';
import type { Destination } from '../travel.ts';

/** Files of a project as the lab got them, and where the validators of its forms are. */
export interface Source {
  readonly project: string;
  readonly files: Files;
  readonly validators: string;
  readonly calendar: Calendar;
  /** They were published: no rule is asked again, so that an older release is played as it runs. */
  readonly released: boolean;
}

/** A case on its way to the worker and back: the definition is there already. */
export type Travelling = Omit<Session, 'definition'>;

/** A scenario file to be played on every project that runs the workflow of one that it names. */
export interface StoryFile {
  readonly path: string;
  readonly text: string;
}

/** How a scenario came out on a project. */
export interface Cell {
  readonly path: string;
  readonly title: string;
  readonly project: string;
  /** Played on the project's draft. */
  readonly draft: boolean;
  /** The scenario names this project: there it has to pass. */
  readonly named: boolean;
  readonly passed: boolean;
  /** What went otherwise; step from 0. */
  readonly failure: Pick<ScenarioFailure, 'step' | 'expected' | 'found' | 'english'> | null;
}

export interface TravelJob {
  readonly kind: 'travel';
  readonly session: Travelling;
  readonly destination: Destination;
}

export interface MatrixJob {
  readonly kind: 'matrix';
  readonly sources: readonly Source[];
  readonly stories: readonly StoryFile[];
}

/** What the project's scenarios among these show of it. */
export interface CoverageJob {
  readonly kind: 'coverage';
  readonly stories: readonly StoryFile[];
}

/** A scenario that shows the element with this key. */
export interface MissingJob {
  readonly kind: 'missing';
  readonly key: string;
}

/** A crowd through the process. */
export interface LoadJob {
  readonly kind: 'load';
  readonly given: Assumptions;
}

/** What the process suggests for one. */
export interface AssumeJob {
  readonly kind: 'assume';
}

/** What could be changed in the process without any of these noticing. `at`: in this state; '' everywhere. */
export interface MutantsJob {
  readonly kind: 'mutants';
  readonly stories: readonly StoryFile[];
  readonly at: string;
}

/** A scenario that notices such a change. */
export interface NoticingJob {
  readonly kind: 'noticing';
  readonly index: number;
}

export type Job = TravelJob | MatrixJob | CoverageJob | MissingJob | MutantsJob | NoticingJob | LoadJob | AssumeJob;

export type Answer =
  | { readonly kind: 'arrived'; readonly session: Travelling; readonly world: { readonly [operation: string]: string } }
  /** `unwalkable`: the chart has no edges that lead there. */
  | { readonly kind: 'lost'; readonly unwalkable: boolean; readonly looked: number }
  | { readonly kind: 'shown'; readonly report: ShownReport }
  | { readonly kind: 'written'; readonly written: Written }
  | { readonly kind: 'judged'; readonly judged: number; readonly unnoticed: readonly Unnoticed[] }
  | { readonly kind: 'loaded'; readonly report: LoadReport }
  | { readonly kind: 'assumed'; readonly given: Assumptions }
  /** `broken`: paths of scenarios, `drafts`: projects whose draft, do not read. */
  | { readonly kind: 'played'; readonly broken: readonly string[]; readonly drafts: readonly string[] };

/** `source`: what a case is played by; none where the job brings all. */
export interface ToWorker {
  readonly job: Job;
  readonly source: Source | null;
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly done: number; readonly of?: number }
  | { readonly kind: 'cell'; readonly cell: Cell }
  | { readonly kind: 'unnoticed'; readonly unnoticed: Unnoticed }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly message: string };
