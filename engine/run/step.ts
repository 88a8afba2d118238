import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import { outcomeEvent, timerEvent } from '../compile/names.ts';
import { evaluateText } from '../expressions/index.ts';
import type { Blocker } from '../model/blocker.ts';
import type { CaseState, JournalEntry, StepResult } from '../model/case.ts';
import type { Actor, Command, Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import type { Effect } from '../model/effect.ts';
import type { JsonObject } from '../model/json.ts';
import { blocker } from './blockers.ts';
import { acceptDialogue, commitForms } from './commit.ts';
import { atOf, configurationOf, historyOf, leavesOf, restoredSnapshot, storedSnapshot } from './configuration.ts';
import { effectsOf } from './effects.ts';
import { brokenLaws } from './laws.ts';
import { Ledger } from './ledger.ts';
import { authorise, available, hear, type Judging, judge, refusal, titleOf } from './offers.ts';
import { scopeOf } from './scope.ts';
import { titleOfCommand } from './titles.ts';
import { type World, worldOf } from './world.ts';

type Refused = Extract<StepResult, { readonly kind: 'refused' }>;
const refused = (...blockers: readonly Blocker[]): Refused => ({ kind: 'refused', blockers });

/** Begins a case. `id` and `number` are made by the shell; `owner` is the person who starts it. [RUN-1] */
export function start(
  definition: Definition,
  identity: { readonly id: string; readonly number: string; readonly owner: string },
  env: Environment,
): StepResult {
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
    return run.finish({ by: identity.owner, part: 'start', what: 'start', title: '开始办理', changed: [], voided: [] });
  });
}

/**
 * One command. Pure: the same arguments give the same result, and nothing that was given is changed.
 * Never throws for bad input: it refuses, and a refusal changes nothing. [RUN-2]
 */
export function step(definition: Definition, state: CaseState, command: Command, env: Environment): StepResult {
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
  });
}

/** A chart that goes in circles, or any other mistake that the checks let through, refuses the step. [RUN-3] */
function guarded(run: () => StepResult): StepResult {
  try {
    return run();
  } catch (error) {
    return refused(blocker('definition-broken', { reason: error instanceof Error ? error.message : 'error' }));
  }
}

/** Authorise, validate, compare with `edit`, commit, void, conditions, transition, words: in this order. [RUN-5] */
function byPerson(
  definition: Definition,
  state: CaseState,
  command: Extract<Command, { kind: 'event' }>,
  env: Environment,
): StepResult {
  const { event, actor } = command;
  const declared = Object.hasOwn(definition.declared.events, event) ? definition.declared.events[event] : undefined;
  const possible = () => possibleNow(definition, state, actor, env);
  if (declared === undefined) return refused(blocker('event-unknown', { event, possible: possible() }));
  if (declared.by === undefined) return refused(blocker('event-from-outside', { title: declared.title }));
  const configuration = configurationOf(state.active);
  const heard = hear(definition, configuration, event, declared);
  if (heard === null) {
    return refused(
      state.over ? blocker('case-over') : blocker('event-not-here', { title: declared.title, possible: possible() }),
    );
  }
  const who = definition.roles[declared.by]?.title ?? declared.by;
  if (!actor.roles.includes(declared.by)) return refused(blocker('role-missing', { title: declared.title, who }));

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
    const committed = commitForms(definition, world, heard.task.task, command.forms ?? {});
    if (committed.kind === 'refused') return committed;
    ({ world, changed, voided } = committed);
  }
  if (declared.form !== undefined) {
    const dialogue = acceptDialogue(definition, world, declared.form, command.data ?? {});
    if (dialogue.kind === 'refused') return dialogue;
    world = { ...world, event: dialogue.data };
  }

  const run = new Run(definition, state, env);
  const outcome = run.send(event, world);
  if (outcome.kind === 'refused-by') {
    const scope = scopeOf(definition, world, atOf(configuration));
    return refused(refusal({ ...judging, world, scope }, { refuse: outcome.text }, outcome.state));
  }
  if (outcome.kind === 'nothing') {
    const scope = scopeOf(definition, world, atOf(configuration));
    return refused(...judge({ ...judging, world, scope }, heard, () => false).blockers);
  }
  const branch = heard.candidates.flatMap((each) => each.transition.branches).find((each) => run.took(each.address));
  return run.finish({
    by: actor.id,
    part: declared.by,
    what: `event:${event}`,
    title: titleOf(declared, branch ?? null),
    changed,
    voided,
  });
}

/** Titles of what the actor could do instead, for the sentence that refuses. */
function possibleNow(definition: Definition, state: CaseState, actor: Actor, env: Environment): string {
  const titles = available(definition, state, actor, env)
    .filter((offer) => offer.blockers.length === 0)
    .map((offer) => offer.title);
  return titles.length === 0 ? '没有可做的操作' : titles.join('、');
}

function fromOutside(
  definition: Definition,
  state: CaseState,
  command: Extract<Command, { kind: 'outside' }>,
  env: Environment,
): StepResult {
  const { event, data } = command;
  const declared = Object.hasOwn(definition.declared.events, event) ? definition.declared.events[event] : undefined;
  if (declared?.from === undefined) {
    return refused(blocker('event-unknown', { event, possible: '' }));
  }
  const world = worldOf(state, historyOf(state), { event: data, actor: null }, env);
  const run = new Run(definition, state, env);
  const heard = run.send(event, world).kind === 'moved';
  if (!heard && declared.heard === 'always') run.incidents.push(`unheard:${event}`);
  const part = declared.from.split('.')[0] as string;
  const title = heard ? declared.title : `${declared.title}（没有引起变化）`;
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
  const run = new Run(definition, state, env);
  const world = worldOf(state, historyOf(state), { event: command.data ?? {}, actor: null }, env);
  const title = titleOfCommand(definition, command);
  const entry = { by: `${known.connector}.${known.operation}`, part: known.connector, changed: [], voided: [] };

  if (generation !== known.generation || known.status === 'over') {
    return run.finish({ ...entry, what: `stale:${call}:${outcome}`, title: `${title}（已过时，没有引起变化）` });
  }
  if (known.status === 'left') {
    run.ledger.over(call);
    const event = declared.late[outcome];
    const heard = event !== undefined && run.send(event, world).kind === 'moved';
    const what = heard ? `late:${call}:${outcome}` : `stale:${call}:${outcome}`;
    return run.finish({ ...entry, what, title: heard ? `${title}（迟到）` : `${title}（已过时，没有引起变化）` });
  }
  if (!configurationOf(state.active).all.has(call)) {
    run.park(call, { call, generation, outcome, ...(command.data === undefined ? {} : { data: command.data }) });
    return run.finish({ ...entry, what: `parked:${call}:${outcome}`, title: `${title}（恢复办理后处理）` });
  }
  run.ledger.over(call);
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
  const timer = Object.hasOwn(state.timers, command.timer) ? state.timers[command.timer] : undefined;
  if (timer === undefined || timer.generation !== command.generation) return refused(blocker('timer-stale'));
  if (env.now < timer.due) return refused(blocker('timer-early'));
  const run = new Run(definition, state, env);
  delete run.ledger.timers[command.timer];
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  run.send(timerEvent(command.timer), world);
  const title = titleOfCommand(definition, command);
  return run.finish({ by: 'timer', part: 'timer', what: `timer:${command.timer}`, title, changed: [], voided: [] });
}

interface Trace {
  readonly by: string;
  readonly part: string;
  readonly what: string;
  readonly title: string;
  readonly changed: readonly string[];
  readonly voided: readonly string[];
}

type Sent =
  | { readonly kind: 'moved' | 'nothing' }
  | { readonly kind: 'refused-by'; readonly text: string; readonly state: string };

/** One step being made: XState's snapshot, the ledger, the effects so far. */
class Run {
  readonly ledger: Ledger;
  readonly incidents: string[] = [];
  private readonly definition: Definition;
  private readonly before: CaseState;
  private readonly env: Environment;
  private readonly revision: number;
  private readonly secrets: { [secret: string]: CaseState['secrets'][string] };
  private readonly effects: Effect[] = [];
  private readonly log: World['log'][number][] = [];
  private snapshot: AnyMachineSnapshot | null = null;
  private world: World | null = null;

  constructor(definition: Definition, before: CaseState, env: Environment) {
    this.definition = definition;
    this.before = before;
    this.env = env;
    this.revision = before.revision + 1;
    this.ledger = new Ledger(definition, before, this.revision, env);
    this.secrets = { ...before.secrets };
  }

  begin(world: World): void {
    const [snapshot] = initialTransition(this.definition.machine, world);
    if (snapshot.status === 'error') throw snapshot.error;
    this.settle(snapshot as AnyMachineSnapshot);
  }

  /** Lets XState handle one event, with everything that follows from it at once. */
  send(type: string, world: World): Sent {
    const before = restoredSnapshot(this.definition, this.current(), world);
    const [after] = transition(this.definition.machine, before, { type });
    if (after.status === 'error') throw after.error;
    const log = (after.context as World).log;
    const refusing = log.find((entry) => entry.kind === 'refuse');
    if (refusing !== undefined) return { kind: 'refused-by', text: refusing.text, state: refusing.state };
    if (!log.some((entry) => entry.kind === 'branch')) return { kind: 'nothing' };
    this.settle(after as AnyMachineSnapshot);
    this.deliver();
    return { kind: 'moved' };
  }

  took(address: string): boolean {
    return this.log.some((entry) => entry.kind === 'branch' && entry.address === address);
  }

  /** The call is waiting while the state around it is left: its answer is kept until the case comes back. */
  park(call: string, outcome: CaseState['parked'][string]['outcomes'][number]): void {
    for (const [keep, parked] of Object.entries(this.ledger.parked)) {
      if (call === keep || call.startsWith(`${keep}.`)) {
        this.ledger.parked[keep] = { ...parked, outcomes: [...parked.outcomes, outcome] };
        return;
      }
    }
  }

  finish(trace: Trace): StepResult {
    const { definition, before, env } = this;
    const world = this.world ?? worldOf(before, {}, { event: {}, actor: null }, env);
    const snapshot = this.snapshot;
    const leaves = snapshot === null ? before.active : leavesOf(snapshot.value as never);
    const configuration = configurationOf(leaves);
    const scope = scopeOf(definition, world, atOf(configuration));
    const over = isOver(definition, leaves);
    if (over) {
      this.ledger.dropParked();
      this.perform(world, configuration);
    }
    const next: CaseState = {
      ...before,
      updatedAt: env.now,
      revision: this.revision,
      over,
      snapshot: snapshot === null ? before.snapshot : storedSnapshot(snapshot),
      active: leaves,
      forms: world.forms,
      facts: world.facts,
      counters: world.counters,
      records: world.records,
      people: world.people,
      secrets: this.secrets,
      timers: this.ledger.timers,
      calls: this.ledger.calls,
      entered: this.ledger.entered,
      parked: this.ledger.parked,
      reservations: over ? {} : reservationsOf(definition, scope),
    };
    const broken = brokenLaws(definition, configuration, scope);
    return {
      kind: 'stepped',
      next,
      effects: this.effects,
      entry: this.entry(trace, next),
      incidents: [...this.incidents, ...broken],
    };
  }

  private entry(trace: Trace, next: CaseState): JournalEntry {
    const named = (kind: string) =>
      this.log.flatMap((entry) => (entry.kind === kind && 'name' in entry ? [entry.name] : []));
    const notified = this.effects.flatMap((effect) => (effect.kind === 'notice' ? [effect.notice] : []));
    return {
      revision: this.revision,
      at: this.env.now,
      by: trace.by,
      part: trace.part,
      what: trace.what,
      left: this.before.active.filter((address) => !next.active.includes(address)),
      entered: next.active.filter((address) => !this.before.active.includes(address)),
      proved: named('proved'),
      voided: [...new Set([...trace.voided, ...named('voided')])],
      counted: named('counted'),
      recorded: named('recorded'),
      notified,
      changed: trace.changed,
      title: trace.title,
    };
  }

  /** The case as it stands within this step, for the next macrostep. */
  private current(): CaseState {
    return this.snapshot === null ? this.before : { ...this.before, snapshot: storedSnapshot(this.snapshot) };
  }

  private settle(snapshot: AnyMachineSnapshot): void {
    const world = snapshot.context as World;
    this.snapshot = snapshot;
    this.world = world;
    this.log.push(...world.log);
    this.ledger.follow(world.log);
    const configuration = configurationOf(leavesOf(snapshot.value as never));
    this.ledger.tidy(configuration.all);
    this.perform(world, configuration);
  }

  private perform(world: World, configuration: ReturnType<typeof configurationOf>): void {
    const { definition, ledger, env, revision, secrets, incidents } = this;
    const making = { definition, world, configuration, ledger, env, revision, secrets, incidents };
    const intents = ledger.intents;
    ledger.intents = [];
    this.effects.push(...effectsOf({ ...making, caseId: this.before.id }, intents, this.effects.length));
  }

  /** Answers that came while their state was parked are taken now that it is back. [RUN-16] */
  private deliver(): void {
    for (let next = this.ledger.delivered.shift(); next !== undefined; next = this.ledger.delivered.shift()) {
      const call = this.ledger.calls[next.call];
      if (call?.status !== 'waiting' || call.generation !== next.generation) continue;
      this.ledger.over(next.call);
      const history = historyOf(this.current());
      const { returning: _r, log: _l, ...rest } = this.world as World;
      this.send(outcomeEvent(next.call, next.outcome), {
        ...rest,
        history,
        returning: [],
        log: [],
        event: next.data ?? {},
        actor: null,
      });
    }
  }
}

/** Nobody has to act, nothing is called, no deadline runs. It still hears events from outside. [RUN-17] */
function isOver(definition: Definition, leaves: readonly string[]): boolean {
  for (const address of configurationOf(leaves).all) {
    const state = definition.chart.states[address];
    if (state === undefined || state.kind === 'final') continue;
    if (state.task !== null || state.call !== null || state.after.length > 0) return false;
  }
  return true;
}

/** Keys that the case holds while it is open, worked out from committed data. [RUN-19] */
function reservationsOf(definition: Definition, scope: ReturnType<typeof scopeOf>): { [reservation: string]: string } {
  const held: { [reservation: string]: string } = {};
  for (const [id, reservation] of Object.entries(definition.declared.reservations)) {
    const result = evaluateText(reservation.key, scope);
    if (result.kind === 'value' && result.value !== null && result.value !== '') held[id] = String(result.value);
  }
  return held;
}

export type { JsonObject };
