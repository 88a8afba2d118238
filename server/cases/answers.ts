import type { Blocker } from '../../engine/model/blocker.ts';
import type { JournalEntry } from '../../engine/model/case.ts';
import type { Command } from '../../engine/model/command.ts';
import type { CaseDocument } from '../store/store.ts';

/** A command with what the shell has to remember of it. */
export interface Prepared {
  readonly command: Command;
  readonly consumed?: readonly string[];
  readonly burn?: readonly string[];
}

export type Begun =
  | { readonly kind: 'begun'; readonly document: CaseDocument }
  | { readonly kind: 'there'; readonly document: CaseDocument }
  | { readonly kind: 'refused'; readonly blockers: readonly Blocker[] };

export type Applied =
  | { readonly kind: 'applied'; readonly document: CaseDocument; readonly entry: JournalEntry }
  | { readonly kind: 'refused'; readonly document: CaseDocument; readonly blockers: readonly Blocker[] }
  /** `prepare` found that there is nothing to do (a duplicate, a timer that is gone). */
  | { readonly kind: 'nothing'; readonly document: CaseDocument };
