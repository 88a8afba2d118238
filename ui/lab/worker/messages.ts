import type { Calendar, Session } from '../../../engine/index.ts';
import type { Files } from '../../../engine/model/definition.ts';
import type { Destination } from '../travel.ts';

/** Files of a project as the lab got them, and where the validators of its forms are. */
export interface Source {
  readonly project: string;
  readonly files: Files;
  readonly validators: string;
  readonly calendar: Calendar;
}

/** A case on its way to the worker and back: the definition is there already. */
export type Travelling = Omit<Session, 'definition'>;

export type Job = { readonly kind: 'travel'; readonly session: Travelling; readonly destination: Destination };

export type Answer =
  /** What the search came to; `unwalkable`: the chart has no edges that lead there. */
  | { readonly kind: 'arrived'; readonly session: Travelling; readonly world: { readonly [operation: string]: string } }
  | { readonly kind: 'lost'; readonly unwalkable: boolean; readonly looked: number };

export type ToWorker = { readonly kind: 'open'; readonly source: Source } | { readonly kind: 'job'; readonly job: Job };

export type FromWorker =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly message: string };
