import type { CaseRow, CaseView, TaskView } from '../../engine/contract/view.ts';
import type { Standing } from '../../engine/explain/queue.ts';
import type { CaseState, JournalEntry, StepResult } from '../../engine/model/case.ts';
import type { Actor, Calendar, Command, Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { MigrationPlan } from '../../engine/model/migration.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Webhooks } from '../portal/webhooks.ts';
import type { Releases } from '../releases/releases.ts';
import type { Store } from '../store/store.ts';
import type { Applied } from './answers.ts';
import type { CaseBus } from './bus.ts';
import type { CaseLists } from './case-lists.ts';
import type { DeskNotices } from './desk-notices.ts';
import type { Reservations } from './reservations.ts';
import type { Secrets } from './secrets.ts';

/** The engine as the server uses it; `engine/index.ts` is one. */
export interface Engine {
  start(definition: Definition, identity: { id: string; number: string; owner: string }, env: Environment): StepResult;
  step(definition: Definition, state: CaseState, command: Command, env: Environment): StepResult;
  migrate(
    from: Definition,
    to: Definition,
    state: CaseState,
    given: { readonly plan: MigrationPlan; readonly by: string },
    env: Environment,
  ): StepResult;
  view(
    definition: Definition,
    state: CaseState,
    viewer: Actor,
    journal: readonly JournalEntry[],
    env: Environment,
    notices?: readonly { readonly at: number; readonly text: string }[],
  ): CaseView;
  tasksFor(
    definition: Definition,
    state: CaseState,
    viewer: Actor,
    journal: readonly JournalEntry[],
    env: Environment,
  ): readonly TaskView[];
  row(definition: Definition, state: CaseState, viewer: Actor, env: Environment): CaseRow;
  standings(definition: Definition, state: CaseState, env: Environment): readonly Standing[];
}

export interface CaseDeps {
  readonly store: Store;
  readonly releases: Releases;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly secrets: Secrets;
  readonly reservations: Reservations;
  readonly numbers: (prefix: string, caseId: string) => Promise<string>;
  readonly bus: CaseBus;
  readonly deskNotices: Pick<DeskNotices, 'put'>;
  readonly log: Log;
  /** What others are to be told of a step, to be committed with it; nobody where it is absent. */
  readonly toTell?: Webhooks['toTell'];
  /** Blind keys by which a search finds a case; none where nothing is searched. */
  readonly keysOf?: (definition: Definition, state: CaseState) => readonly string[];
  /** Other nodes make cases, too. */
  readonly isShared?: boolean;
  /** Where the store answers lists itself: no index is kept here. */
  readonly listed?: {
    readonly lists: CaseLists;
    /** Ids of cases that are not described yet, or otherwise. */
    readonly undescribed: () => AsyncIterable<string>;
  };
  /** Whoever counts steps. @param seconds with reading and writing */
  readonly onStep?: (kind: string, outcome: Applied['kind'] | 'failed', seconds: number) => void;
}
