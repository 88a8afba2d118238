import { outcomeEvent, timerEvent } from '../compile/names.ts';
import { type ErrorCode, type Locale, sentence } from '../errors/index.ts';
import type { Blocker } from '../model/blocker.ts';
import type { CaseState, StepResult } from '../model/case.ts';
import type { Actor, Command, Environment } from '../model/command.ts';
import type { Branch } from '../model/composed.ts';
import type { Definition, EventDefinition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { own } from '../model/own.ts';
import { otherThanAsked } from './asked.ts';
import { blocker } from './blockers.ts';
import { environmentFor } from './calendar.ts';
import { acceptDialogue, commitForms, untouchedFields } from './commit.ts';
import { atOf, configurationOf, historyOf } from './configuration.ts';
import { isHandedOn } from './handing.ts';
import { type Heard, hearingsAt } from './hearing.ts';
import { authorise, available, type Judging, judge, refusal, titleOf } from './offers.ts';
import { scopeOf } from './scope.ts';
import { Run } from './stepping.ts';
import { titleOfOutcome, titleOfTimer } from './titles.ts';
import { worldOf } from './world.ts';

type Refused = Extract<StepResult, { readonly kind: 'refused' }>;
const refused = (...blockers: readonly Blocker[]): Refused => ({ kind: 'refused', blockers });

/** Begins a case. `id` and `number` are made by the shell; `owner` is the person who starts it. [RUN-1] */
export function start(
  definition: Definition,
  identity: { readonly id: string; readonly number: string; readonly owner: string },
  given: Environment,
): StepResult {
  const env = environmentFor(definition, given);
  const blank: CaseState = {
    ...identity,
    project: definition.project.id,
    workflow: definition.workflow.id,
    release: definition.hash,
    createdAt: env.now,
    updatedAt: env.now,
    revision: 0,
    over: false,
    snapshot: { value: {}, historyValue: {} },
    active: [],
    forms: {},
    facts: {},
    counters: {},
    records: {},
    people: {},
    secrets: {},
    timers: {},
    calls: {},
    entered: {},
    parked: {},
    reservations: {},
  };
  const world = worldOf(blank, {}, { event: {}, actor: identity.owner }, env);
  return guarded(() => {
    const run = new Run(definition, blank, env);
    run.begin(world);
    return run.finish({
      by: identity.owner,
      part: 'start',
      what: 'start',
      title: sentence('history-start'),
      changed: [],
      voided: [],
    });
  });
}

/**
 * One command. Pure: the same arguments give the same result, and nothing that was given is changed.
 * Never throws for bad input: it refuses, and a refusal changes nothing. [RUN-2]
 */
export function step(definition: Definition, state: CaseState, command: Command, given: Environment): StepResult {
  const env = environmentFor(definition, given);
  return guarded(() => {
    switch (command.kind) {
      case 'event':
        return byPerson(definition, state, command, env);
      case 'outside':
        return fromOutside(definition, state, command, env);
      case 'outcome':
        return answered(definition, state, command, env);
      case 'timer':
        return due(definition, state, command, env);
    }
  }, localeOf(command));
}

/** The language of whoever is answered: a person's, the first one for what comes by itself. */
function localeOf(command: Command): Locale | undefined {
  return command.kind === 'event' ? command.actor.locale : undefined;
}

/** A chart that goes in circles, or any other mistake that the checks let through, refuses the step. [RUN-3] */
export function guarded(run: () => StepResult, locale?: Locale): StepResult {
  try {
    return run();
  } catch (error) {
    const said = error instanceof Error ? error.message : 'error';
    const reason = said.startsWith('Infinite loop') ? sentence('definition-circles', {}, locale) : said;
    return refused(blocker('definition-broken', { reason }, undefined, locale));
  }
}

/** Authorise, validate, compare with `edit`, commit, void, conditions, transition, words: in this order. [RUN-5] */
function byPerson(
  definition: Definition,
  state: CaseState,
  command: Extract<Command, { kind: 'event' }>,
  env: Environment,
): StepResult {
  const { event, actor: given } = command;
  const actor = given.inPlaceOf === undefined ? given : { ...given, id: given.inPlaceOf };
  const declared = own(definition.declared.events, event);
  if (declared === undefined) {
    return no(actor, 'event-unknown', { event, possible: possibleNow(definition, state, actor, env) });
  }
  if (declared.by === undefined) return no(actor, 'event-from-outside', { title: declared.title });
  const configuration = configurationOf(state.active);
  const heard = hearingsAt(definition, state.active).find((each) => each.event === event)?.heard;
  if (heard === undefined) {
    if (state.over) return no(actor, 'case-over');
    return no(actor, 'event-not-here', { title: declared.title, possible: possibleNow(definition, state, actor, env) });
  }
  const who = definition.roles[declared.by]?.title ?? declared.by;
  if (!actor.roles.includes(declared.by)) return no(actor, 'role-missing', { title: declared.title, who });
  if (given.inPlaceOf !== undefined && !isHandedOn(definition, heard.task?.state.address, event))
    return no(actor, 'not-handed-on', { title: declared.title });

  let world = worldOf(state, historyOf(state), { event: {}, actor: actor.id }, env);
  const judging: Judging = {
    definition,
    state,
    actor,
    env,
    world,
    scope: scopeOf(definition, world, atOf(configuration)),
  };
  const forbidden = authorise(judging, declared.title, declared, heard);
  if (forbidden.length > 0) return refused(...forbidden);

  let changed: readonly string[] = [];
  let voided: readonly string[] = [];
  if (heard.saves === 'complete' && heard.task !== null) {
    const committed = commitForms(definition, world, heard.task.task, command.forms ?? {}, actor.locale);
    if (committed.kind === 'refused') return committed;
    const { edit } = heard.task.task;
    const untouched = edit === null ? [] : untouchedFields(definition, world, edit, committed.changed);
    ({ world, changed, voided } = committed);
    if (edit !== null) world = { ...world, event: { untouched: [...untouched] } };
  }
  if (declared.form !== undefined) {
    const dialogue = acceptDialogue(definition, world, declared.form, command.data ?? {}, actor.locale);
    if (dialogue.kind === 'refused') return dialogue;
    world = { ...world, event: dialogue.data };
  }

  const run = new Run(definition, state, env);
  const outcome = run.send(event, world);
  if (outcome.kind === 'refused-by') {
    const scope = scopeOf(definition, world, atOf(configuration));
    const blockers = [refusal({ ...judging, world, scope }, { refuse: outcome.text }, outcome.state)];
    return { kind: 'refused', blockers, branch: outcome.branch };
  }
  if (outcome.kind === 'nothing') {
    const scope = scopeOf(definition, world, atOf(configuration));
    return refused(...judge({ ...judging, world, scope }, heard, () => false).blockers);
  }
  const { taken } = run;
  const branch = heard.candidates
    .flatMap((each) => each.transition.branches)
    .find((each) => taken.includes(each.address));
  return run.finish({
    by: given.id,
    ...(given.inPlaceOf !== undefined && { inPlaceOf: given.inPlaceOf }),
    part: declared.by,
    what: `event:${event}`,
    title: doneTitle(definition, declared, heard, branch ?? null),
    changed,
    voided,
  });
}

function no(actor: Actor, code: ErrorCode, params: JsonObject = {}): Refused {
  return refused(blocker(code, params, undefined, actor.locale));
}

/**
 * What the history says of a person's step. Where a task has one way to be finished, the task itself says more than the
 * button (下一步); where it has several, the button says which.
 */
function doneTitle(definition: Definition, declared: EventDefinition, heard: Heard, branch: Branch | null): string {
  const title = titleOf(declared, branch);
  const task = heard.own && heard.saves === 'complete' ? heard.task : null;
  if (task === null || task.task.title === null || declared.form !== undefined) return title;
  const finishing = Object.keys(task.state.on).filter((event) => {
    const other = definition.declared.events[event];
    return other !== undefined && other.by === declared.by && other.saves === 'complete';
  });
  return finishing.length === 1 ? task.task.title : title;
}

/** Titles of what the actor could do instead, for the sentence that refuses. */
function possibleNow(definition: Definition, state: CaseState, actor: Actor, env: Environment): string {
  const titles = available(definition, state, actor, env)
    .filter((offer) => offer.blockers.length === 0)
    .map((offer) => offer.title);
  if (titles.length === 0) return sentence('nothing-possible', {}, actor.locale);
  return titles.join(actor.locale === 'en' ? ', ' : '、');
}

function fromOutside(
  definition: Definition,
  state: CaseState,
  command: Extract<Command, { kind: 'outside' }>,
  env: Environment,
): StepResult {
  const { event, data } = command;
  const declared = own(definition.declared.events, event);
  if (declared?.from === undefined) {
    return refused(blocker('event-unknown', { event, possible: '' }));
  }
  const world = worldOf(state, historyOf(state), { event: data, actor: null }, env);
  const run = new Run(definition, state, env);
  const heard = run.send(event, world).kind === 'moved';
  if (!heard && declared.heard === 'always') run.incidents.push(`unheard:${event}`);
  const part = declared.from.split('.')[0] as string;
  const title = heard ? declared.title : sentence('history-unheard', { title: declared.title });
  return run.finish({
    by: declared.from,
    part,
    what: `${heard ? 'outside' : 'unheard'}:${event}`,
    title,
    changed: [],
    voided: [],
  });
}

/** An answer of a call: taken, parked, late or stale. [RUN-15] [RUN-16] */
function answered(
  definition: Definition,
  state: CaseState,
  command: Extract<Command, { kind: 'outcome' }>,
  env: Environment,
): StepResult {
  const { call, generation, outcome } = command;
  const declared = definition.chart.states[call];
  const known = state.calls[call];
  if (declared?.call == null || known === undefined) return refused(blocker('outcome-unknown', { call, outcome }));
  const operation = definition.connectors[declared.call.connector]?.operations[declared.call.operation];
  if (outcome !== 'UNAVAILABLE' && operation !== undefined && operation.outcomes[outcome] === undefined) {
    return refused(blocker('outcome-unknown', { call, outcome }));
  }
  const field = generation === known.generation ? otherThanAsked(operation, outcome, known.asked, command.data) : null;
  if (field !== null) return refused(blocker('outcome-other', { call, outcome, field }));
  const run = new Run(definition, state, env);
  const world = worldOf(state, historyOf(state), { event: command.data ?? {}, actor: null }, env);
  const title = titleOfOutcome(definition, call, outcome);
  const stale = sentence('history-stale', { title });
  const entry = { by: `${known.connector}.${known.operation}`, part: known.connector, changed: [], voided: [] };

  if (generation !== known.generation || known.status === 'over') {
    return run.finish({ ...entry, what: `stale:${call}:${outcome}`, title: stale });
  }
  if (known.status === 'left') {
    run.ledger.over(call, outcome);
    const event = declared.late[outcome];
    const heard = event !== undefined && run.send(event, world).kind === 'moved';
    const what = heard ? `late:${call}:${outcome}` : `stale:${call}:${outcome}`;
    return run.finish({ ...entry, what, title: heard ? sentence('history-late', { title }) : stale });
  }
  if (!configurationOf(state.active).all.has(call)) {
    run.park(call, { call, generation, outcome, ...(command.data === undefined ? {} : { data: command.data }) });
    return run.finish({ ...entry, what: `parked:${call}:${outcome}`, title: sentence('history-parked', { title }) });
  }
  run.ledger.over(call, outcome);
  const heard = run.send(outcomeEvent(call, outcome), world).kind === 'moved';
  if (!heard) run.incidents.push(`unheard:${call}:${outcome}`);
  return run.finish({ ...entry, what: `${heard ? 'outcome' : 'unheard'}:${call}:${outcome}`, title });
}

/** A deadline or a reminder. [RUN-14] */
function due(
  definition: Definition,
  state: CaseState,
  command: Extract<Command, { kind: 'timer' }>,
  env: Environment,
): StepResult {
  const timer = own(state.timers, command.timer);
  if (timer === undefined || timer.generation !== command.generation) return refused(blocker('timer-stale'));
  if (env.now < timer.due) return refused(blocker('timer-early'));
  const run = new Run(definition, state, env);
  delete run.ledger.timers[command.timer];
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  run.send(timerEvent(command.timer), world);
  const title = titleOfTimer(definition, command.timer);
  return run.finish({ by: 'timer', part: 'timer', what: `timer:${command.timer}`, title, changed: [], voided: [] });
}
