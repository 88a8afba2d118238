import type { Diagram } from '../../../engine/contract/routes.ts';
import type { ApplicantDifference, DiagramDifference } from '../../../engine/diff/index.ts';
import type { EffectiveLine } from '../../../engine/effective/index.ts';
import type { Files } from '../../../engine/model/definition.ts';
import type { Issue } from '../../../engine/model/issue.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the page asks its worker. */
export type ToWorker =
  /** Everything but the text that is being written; sent once, and again when other files changed. */
  | { readonly kind: 'open'; readonly project: string; readonly files: Files }
  /** Only the newest is checked: one that waits is forgotten when another comes. */
  | { readonly kind: 'check'; readonly version: number; readonly text: string }
  /** Two sets of files side by side. */
  | {
      readonly kind: 'compare';
      readonly id: number;
      readonly project: string;
      readonly before: Files | null;
      readonly after: Files;
    };

/** What it answers. */
export type FromWorker =
  | { readonly kind: 'issues'; readonly version: number; readonly issues: readonly Issue[] }
  | ({ readonly kind: 'rest' } & Rest)
  | { readonly kind: 'compared'; readonly id: number; readonly compared: Compared }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** What follows the issues; null = as it was. */
export interface Rest {
  readonly diagram: Diagram | null;
  readonly settings: JsonObject | null;
  readonly vocabulary: Vocabulary | null;
}

/** What two definitions show otherwise; sides that do not load are missing. */
export interface Compared {
  readonly effective: readonly EffectiveLine[];
  readonly issues: readonly Issue[];
  readonly before: Diagram | null;
  readonly after: Diagram | null;
  readonly difference: DiagramDifference | null;
  readonly applicant: ApplicantDifference | null;
  readonly sides: Sides | null;
}

/** What the forms of each side live among. */
export interface Sides {
  readonly before: FormSide;
  readonly after: FormSide;
}

export interface FormSide {
  readonly settings: JsonObject;
  /** Agreements and articles that forms name. */
  readonly articles: { readonly [id: string]: { readonly title: string; readonly text: string } };
}
