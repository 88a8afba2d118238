import type { Diagram } from '../contract/routes.ts';
import type { CaseRow, CaseView } from '../contract/view.ts';
import type { CaseState, JournalEntry } from '../model/case.ts';
import type { Actor, Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';

/** Who looks. The roles decide what is offered and what is masked. */
export type Viewer = Actor;

export interface Notice {
  readonly at: number;
  readonly text: string;
}

/** What this viewer may see of the case. `notices`: page notices of the case, any order. */
export function view(
  _definition: Definition,
  _state: CaseState,
  _viewer: Viewer,
  _journal: readonly JournalEntry[],
  _env: Environment,
  _notices: readonly Notice[] = [],
): CaseView {
  throw new Error('not built yet');
}

/** A row of a list. */
export function row(_definition: Definition, _state: CaseState, _viewer: Viewer, _env: Environment): CaseRow {
  throw new Error('not built yet');
}

/** The effective workflow as drawn; what the project removed is there and marked. */
export function diagram(_definition: Definition): Diagram {
  throw new Error('not built yet');
}
