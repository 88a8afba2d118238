import type { CaseRow, CaseView, StatusView, StepView, TaskView, WaitingView } from '../contract/view.ts';
import { evaluateText, type Scope } from '../expressions/index.ts';
import type { CaseState, JournalEntry } from '../model/case.ts';
import { type Actor, type Environment, standsForOwner } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import { once } from '../model/once.ts';
import { environmentFor } from '../run/calendar.ts';
import { atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { type Judging, type Offer, offersOf } from '../run/offers.ts';
import { scopeOf } from '../run/scope.ts';
import { worldOf } from '../run/world.ts';
import { changedSince } from './changed.ts';
import { withErasedFiles } from './erased.ts';
import { evidenceOf } from './evidence.ts';
import { standings } from './queue.ts';
import { tasksOf } from './tasks.ts';
import { renderText } from './text.ts';
import { timelineOf } from './timeline.ts';
import { isMine, waitingOf } from './waiting.ts';
import { waysBack } from './ways-back.ts';

/** Who looks. The roles decide what is offered and what is masked. */
export type Viewer = Actor;

export interface Notice {
  readonly at: number;
  readonly text: string;
}

/** What this viewer may see of the case, masked for them. `notices`: page notices of the case, in any order. */
export function view(
  definition: Definition,
  state: CaseState,
  viewer: Viewer,
  journal: readonly JournalEntry[],
  given: Environment,
  notices: readonly Notice[] = [],
): CaseView {
  const env = environmentFor(definition, given);
  const judging = seen(definition, state, viewer, env);
  const { scope } = judging;
  const offers = offersOf(judging);
  const waiting = waitingOf(definition, state, viewer, scope, env);
  const { id, number, project, workflow, subject, amount, status, createdAt, updatedAt, over } = head(judging, waiting);
  // Set one after another: to spread its parts costs more than to work some of them out.
  const begun: Begun = {
    id,
    number,
    project,
    workflow,
    subject,
    amount,
    status,
    createdAt,
    updatedAt,
    over,
    release: state.release,
    revision: state.revision,
    steps: stepsOf(definition, state, scope, offers),
    waiting,
    tasks: tasksSeen(judging, journal, offers),
    facts: factsOf(definition).map((fact) => ({
      id: fact.id,
      title: fact.title,
      provenAt: state.facts[fact.id]?.at ?? null,
      about: fact.about,
    })),
    timeline: timelineOf(definition, state, viewer, journal),
  };
  if (worksOn(state, viewer)) begun.evidence = evidenceOf(definition, state, viewer, journal);
  if (state.erased !== undefined) begun.erased = state.erased;
  if (isReached(definition, state)) begun.reached = true;
  const said = [...notices].sort((a, b) => b.at - a.at).map(({ at, text }) => ({ at, text }));
  const whole: CaseView = Object.assign(begun, { notices: said });
  return viewer.via === undefined ? whole : throughLink(whole, state);
}

/** The tasks of `view`, for whoever needs nothing else of it: the same, in the same order, with the same masks. */
export function tasksFor(
  definition: Definition,
  state: CaseState,
  viewer: Viewer,
  journal: readonly JournalEntry[],
  env: Environment,
): readonly TaskView[] {
  const judging = seen(definition, state, viewer, environmentFor(definition, env));
  const tasks = tasksSeen(judging, journal, offersOf(judging));
  return viewer.via === undefined ? tasks : throughTheLink(tasks);
}

function tasksSeen(judging: Judging, journal: readonly JournalEntry[], offers: readonly Offer[]) {
  return tasksOf(judging, judging.actor, offers).map((task) => withChanges(withErasures(task, judging.state), journal));
}

const factsOf = once(({ declared }: Definition) =>
  Object.entries(declared.facts).map(([id, { title, about }]) => ({ id, title, about })),
);

/** Those that the link of whoever came by one opens. */
function throughTheLink(tasks: readonly TaskView[]): readonly TaskView[] {
  return tasks.filter((task) => task.mine);
}

/** A view that is being made: its last parts come after those that not every view has. */
type Begun = { -readonly [Part in keyof Omit<CaseView, 'notices'>]: CaseView[Part] };

/** Neither one of its applicants nor somebody who came by a link. */
function worksOn(state: CaseState, viewer: Viewer): boolean {
  return !standsForOwner(viewer, state.owner) && viewer.via === undefined;
}

function isReached(definition: Definition, state: CaseState): boolean {
  return definition.declared.goals.some((goal) =>
    state.active.some((leaf) => leaf === goal || leaf.startsWith(`${goal}.`)),
  );
}

/**
 * Whoever came by a link: the task that it opens, whom the case is about, what is said on the page since the task began,
 * and nothing else of the case. [XPL-10]
 */
function throughLink(whole: CaseView, state: CaseState): CaseView {
  const tasks = throughTheLink(whole.tasks);
  const since = Math.min(...tasks.map((task) => state.entered[task.state] ?? state.updatedAt));
  return {
    ...whole,
    number: '',
    amount: null,
    status: { label: tasks[0]?.title ?? '', look: tasks.length > 0 ? 'do' : 'plain' },
    steps: [],
    waiting: whole.waiting.filter((each) => tasks.some((task) => task.state === each.state)),
    tasks,
    facts: [],
    timeline: [],
    notices: whole.notices.filter((notice) => notice.at >= since),
  };
}

function withErasures(task: TaskView, state: CaseState): TaskView {
  const at = state.erased?.files;
  return at === undefined ? task : { ...task, sections: task.sections.map((one) => withErasedFiles(one, at)) };
}

/** To whoever works on what others fill in. */
function withChanges(task: TaskView, journal: readonly JournalEntry[]): TaskView {
  const reads = task.mine && task.sections.some((section) => section.kind === 'form' && section.mode !== 'edit');
  const changed = reads ? changedSince(journal, task.by.id) : null;
  return changed === null ? task : { ...task, changed };
}

/** A row of a list. */
export function row(definition: Definition, state: CaseState, viewer: Viewer, given: Environment): CaseRow {
  const env = environmentFor(definition, given);
  const judging = seen(definition, state, viewer, env);
  const { scope } = judging;
  const waiting = waitingOf(definition, state, viewer, scope, env);
  const offers = offersOf(judging, (declared) => declared.list)
    .filter((offer) => offer.blockers.length === 0)
    .map(({ event, title, look }) => ({ event, title, look }));
  const lists = listsOf(definition, state, scope, env);
  const { id, number, project, workflow, subject, amount, status, createdAt, updatedAt, over } = head(judging, waiting);
  return {
    id,
    number,
    project,
    workflow,
    subject,
    amount,
    status,
    createdAt,
    updatedAt,
    over,
    waiting,
    lists,
    offers,
    mark: markOf(definition, state, viewer, env),
  };
}

/** The lists in which a case stands now, each with its cells. [XPL-11] */
function listsOf(definition: Definition, state: CaseState, scope: Scope, env: Environment): CaseRow['lists'] {
  const world = { scope, state: state.active[0] ?? '', deadline: null, now: env.now, calendar: env.calendar };
  return Object.entries(definition.declared.lists).flatMap(([id, list]) => {
    const holds = list.if === undefined ? null : evaluateText(list.if, scope);
    if (holds !== null && !(holds.kind === 'value' && holds.value === true)) return [];
    const cells = Object.entries(list.columns).map(([column, { title, text }]) => {
      return { id: column, title, text: renderText(definition, text, world) };
    });
    return [{ id, title: list.title, cells }];
  });
}

/** What is said about the row's place: the viewer knows the case, or it stands before others. */
function markOf(definition: Definition, state: CaseState, viewer: Viewer, env: Environment): CaseRow['mark'] {
  const mine = standings(definition, state, env).filter((each) => {
    const task = definition.chart.states[each.state]?.task ?? null;
    return task !== null && isMine(state, viewer, task);
  });
  if (mine.some((each) => each.prefer === viewer.id)) return 'known';
  return mine.some((each) => each.first) ? 'first' : null;
}

/** Everything that is asked about the case is asked in one world: what its roots hold is worked out once. */
function seen(definition: Definition, state: CaseState, viewer: Viewer, env: Environment): Judging {
  const world = worldOf(state, historyOf(state), { event: {}, actor: viewer.id }, env);
  const scope = scopeOf(definition, world, atOf(configurationOf(state.active)));
  return { definition, state, actor: viewer, env, world, scope };
}

function head({ definition, state, scope }: Judging, waiting: readonly WaitingView[]) {
  const { id, number, over, createdAt, updatedAt } = state;
  return {
    id,
    number,
    project: { id: definition.project.id, title: definition.project.title },
    workflow: { id: definition.workflow.id, title: definition.workflow.title },
    subject: subjectOf(definition, scope),
    amount: amountOf(definition, scope),
    status: statusOf(definition, state, waiting),
    createdAt,
    updatedAt,
    over,
  };
}

function subjectOf(definition: Definition, scope: Scope): string {
  if (definition.declared.subject === undefined) return '';
  const result = evaluateText(definition.declared.subject, scope);
  return result.kind === 'value' && typeof result.value === 'string' ? result.value : '';
}

function amountOf(definition: Definition, scope: Scope): number | null {
  if (definition.declared.amount === undefined) return null;
  const result = evaluateText(definition.declared.amount, scope);
  return result.kind === 'value' && typeof result.value === 'number' ? result.value : null;
}

/** The state of the first region speaks for the case; where several are active there, the one that waits for the viewer. */
function statusOf(definition: Definition, state: CaseState, waiting: readonly WaitingView[]): StatusView {
  const region = (state.active[0] ?? '').split('.')[0];
  const leaves = state.active.filter((leaf) => leaf.split('.')[0] === region);
  const mine = waiting.find((each) => each.mine && leaves.some((leaf) => leaf === each.state));
  const leaf = definition.chart.states[mine?.state ?? leaves[0] ?? ''];
  const label = leaf?.label ?? leaf?.title ?? '';
  if (leaf?.look != null) return { label, look: leaf.look };
  if (state.over) return { label, look: 'plain' };
  return { label, look: waiting.some((each) => each.mine) ? 'do' : 'wait' };
}

/** The progress bar. */
function stepsOf(
  definition: Definition,
  state: CaseState,
  scope: Scope,
  offers: readonly Offer[],
): readonly StepView[] {
  const stage = definition.chart.states[state.active[0] ?? '']?.stage ?? null;
  if (stage === null) return [];
  const ids = stagesOf(definition);
  const now = ids.indexOf(stage);
  const ways = waysBack(definition, state, scope, offers, ids);
  return ids.map((id, index) => {
    const back = ways.get(id);
    return {
      id,
      title: definition.declared.stages[id] ?? id,
      state: index < now ? 'done' : index === now ? 'now' : 'later',
      ...(back && { back }),
    };
  });
}

/** Stages that some state of this project has, in their order. */
const stagesOf = once(({ chart, declared }: Definition): readonly string[] => {
  const used = new Set(Object.values(chart.states).map((each) => each.stage));
  return Object.keys(declared.stages).filter((id) => used.has(id));
});
