import type { AnyMachineSnapshot } from 'xstate';
import { outcomeEvent } from '../compile/names.ts';
import type { CaseState, JournalEntry, StepResult } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { ChartState } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Effect } from '../model/effect.ts';
import { askedOf } from './asked.ts';
import {
  atOf,
  type Configuration,
  configurationOf,
  historyOf,
  leavesOf,
  restoredSnapshot,
  storedSnapshot,
} from './configuration.ts';
import { effectsOf } from './effects.ts';
import { heldBy } from './held.ts';
import { firstSnapshot, nextSnapshot } from './interpreter.ts';
import { brokenLaws } from './laws.ts';
import { Ledger } from './ledger.ts';
import { scopeOf } from './scope.ts';
import { sharesOf } from './shares.ts';
import { type LogEntry, newTrail, type Trail, type World, worldOf } from './world.ts';

/** What the journal says of the step. */
export interface Trace {
  readonly by: string;
  readonly inPlaceOf?: string;
  readonly part: string;
  readonly what: string;
  readonly title: string;
  readonly changed: readonly string[];
  readonly voided: readonly string[];
}

export type Sent =
  | { readonly kind: 'moved' | 'nothing' }
  | { readonly kind: 'refused-by'; readonly branch: string; readonly text: string; readonly state: string };

/** One step being made: XState's snapshot, the ledger, the effects so far. */
export class Run {
  readonly ledger: Ledger;
  readonly incidents: string[] = [];
  private readonly definition: Definition;
  private readonly before: CaseState;
  private readonly env: Environment;
  private readonly revision: number;
  private readonly secrets: { [secret: string]: CaseState['secrets'][string] };
  private readonly effects: Effect[] = [];
  private readonly log: LogEntry[] = [];
  private snapshot: AnyMachineSnapshot | null = null;
  private world: World | null = null;
  private configuration: Configuration | null = null;

  constructor(definition: Definition, before: CaseState, env: Environment) {
    this.definition = definition;
    this.before = before;
    this.env = env;
    this.revision = before.revision + 1;
    this.ledger = new Ledger(definition, before, this.revision, env);
    this.secrets = { ...before.secrets };
  }

  begin(world: World): void {
    const trail = newTrail(world);
    const snapshot = firstSnapshot(this.definition.machine, { trail });
    if (snapshot.status === 'error') throw snapshot.error;
    this.settle(snapshot, trail);
  }

  /** States that a migration puts the case in: their deadlines and calls begin, their words are not said. [MIG-5] */
  place(states: readonly ChartState[], world: World): void {
    const configuration = configurationOf(this.before.active);
    const log = states.map(({ address }) => ({ kind: 'entered', state: address, returned: false }) as const);
    this.ledger.follow(log, () => scopeOf(this.definition, world, atOf(configuration)));
    this.perform(world, configuration);
  }

  /** Lets XState handle one event, with everything that follows from it at once. */
  send(type: string, world: World): Sent {
    const trail = newTrail(world);
    const before = restoredSnapshot(this.definition, this.current(), { trail });
    const after = nextSnapshot(this.definition.machine, before, type);
    if (after.status === 'error') throw after.error;
    const { log } = trail;
    const refusing = log.find((entry) => entry.kind === 'refuse');
    if (refusing !== undefined) {
      const { address, text, state } = refusing;
      return { kind: 'refused-by', branch: address, text, state };
    }
    if (!log.some((entry) => entry.kind === 'branch')) return { kind: 'nothing' };
    this.settle(after, trail);
    this.deliver();
    return { kind: 'moved' };
  }

  /** Addresses of the branches, obligations and reminders that were taken so far. */
  get taken(): readonly string[] {
    const taken: string[] = [];
    for (const entry of this.log) if (entry.kind === 'branch') taken.push(entry.address);
    return taken;
  }

  /** The call is waiting while the state around it is left: its answer is kept until the case comes back. */
  park(call: string, outcome: CaseState['parked'][string]['outcomes'][number]): void {
    for (const [keep, parked] of Object.entries(this.ledger.parked)) {
      if (call === keep || call.startsWith(`${keep}.`)) {
        // One answer to a request: that nobody knew is forgotten when somebody does.
        const isSame = (one: typeof outcome) => one.call === call && one.generation === outcome.generation;
        const known = parked.outcomes.find((one) => isSame(one) && one.outcome !== 'UNAVAILABLE');
        const others = parked.outcomes.filter((one) => !isSame(one));
        this.ledger.parked[keep] = { ...parked, outcomes: [...others, known ?? outcome] };
        return;
      }
    }
  }

  finish(trace: Trace): StepResult {
    const { definition, before, env } = this;
    const world = this.world ?? worldOf(before, {}, { event: {}, actor: null }, env);
    const snapshot = this.snapshot;
    const configuration = this.configuration ?? configurationOf(before.active);
    const scope = scopeOf(definition, world, atOf(configuration));
    const over = isOver(definition, configuration);
    if (over) {
      this.ledger.dropParked();
      this.perform(world, configuration);
    }
    const { places: _former, ...kept } = before;
    const next: CaseState = {
      ...kept,
      updatedAt: env.now,
      revision: this.revision,
      over,
      snapshot: snapshot === null ? before.snapshot : storedSnapshot(snapshot),
      active: configuration.leaves,
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
      ...(over ? { reservations: {} } : heldBy(definition, scope)),
      ...sharesOf(definition, scope),
      ...(Object.keys(world.erased).length > 0 && { erased: world.erased }),
    };
    const broken = brokenLaws(definition, configuration, scope);
    return {
      kind: 'stepped',
      next,
      effects: this.effects.filter((effect) => this.isWanted(effect)),
      entry: this.entry(trace, next),
      incidents: [...this.incidents, ...this.ledger.incidents, ...broken],
      taken: this.taken,
    };
  }

  /** A call whose state was left later in the step, by an answer that was delivered or by the end, is never made. [RUN-15] */
  private isWanted(effect: Effect): boolean {
    if (effect.kind !== 'call') return true;
    const call = this.ledger.calls[effect.call];
    return call?.status === 'waiting' && call.generation === effect.generation;
  }

  private entry(trace: Trace, next: CaseState): JournalEntry {
    const { log } = this;
    const erased = this.effects.flatMap((effect) => (effect.kind === 'erase' ? [effect.what] : []));
    const told = this.effects.flatMap((effect) => (effect.kind === 'notice' ? [effect.notice] : []));
    return {
      revision: this.revision,
      at: this.env.now,
      by: trace.by,
      ...(trace.inPlaceOf !== undefined && { inPlaceOf: trace.inPlaceOf }),
      part: trace.part,
      what: trace.what,
      left: this.before.active.filter((address) => !next.active.includes(address)),
      entered: next.active.filter((address) => !this.before.active.includes(address)),
      proved: named(log, 'proved'),
      voided: [...new Set([...trace.voided, ...named(log, 'voided')])],
      counted: named(log, 'counted'),
      recorded: named(log, 'recorded'),
      // What goes by two ways is told once.
      notified: told.filter((notice, index) => notice !== told[index - 1]),
      ...(erased.length > 0 && { erased }),
      changed: trace.changed,
      title: trace.title,
    };
  }

  /** The case as it stands within this step, for the next macrostep. */
  private current(): CaseState {
    return this.snapshot === null ? this.before : { ...this.before, snapshot: storedSnapshot(this.snapshot) };
  }

  private settle(snapshot: AnyMachineSnapshot, { world, log }: Trail): void {
    this.snapshot = snapshot;
    this.world = world;
    this.log.push(...log);
    const configuration = configurationOf(leavesOf(snapshot.value as never));
    this.configuration = configuration;
    this.ledger.follow(log, () => scopeOf(this.definition, world, atOf(configuration)));
    this.ledger.tidy(configuration.all);
    this.perform(world, configuration);
  }

  private perform(world: World, configuration: Configuration): void {
    const { definition, ledger, env, revision, secrets, incidents } = this;
    if (ledger.intents.length === 0) return;
    const making = { definition, world, configuration, ledger, env, revision, secrets, incidents };
    const intents = ledger.intents;
    ledger.intents = [];
    const effects = effectsOf({ ...making, caseId: this.before.id }, intents, this.effects.length);
    for (const effect of effects) {
      const asked = effect.kind === 'call' ? askedOf(definition, effect) : null;
      if (effect.kind === 'call' && asked !== null) ledger.ask(effect.call, asked);
    }
    this.effects.push(...effects);
  }

  /** Answers that came while their state was parked are taken now that it is back. [RUN-16] */
  private deliver(): void {
    for (let next = this.ledger.delivered.shift(); next !== undefined; next = this.ledger.delivered.shift()) {
      const call = this.ledger.calls[next.call];
      if (call?.status !== 'waiting' || call.generation !== next.generation) continue;
      this.ledger.over(next.call, next.outcome);
      const history = historyOf(this.current());
      this.send(outcomeEvent(next.call, next.outcome), {
        ...(this.world as World),
        history,
        event: next.data ?? {},
        actor: null,
      });
    }
  }
}

/** Nobody has to act, nothing is called, no deadline runs. It still hears events from outside. [RUN-17] */
function isOver(definition: Definition, configuration: Configuration): boolean {
  for (const address of configuration.all) {
    const state = definition.chart.states[address];
    if (state === undefined || state.kind === 'final') continue;
    if (state.task !== null || state.call !== null || (state.after.length > 0 && !state.afterwards)) return false;
  }
  return true;
}

/** Names of what the log has of a kind. */
function named(log: readonly LogEntry[], kind: LogEntry['kind']): string[] {
  const names: string[] = [];
  for (const entry of log) if (entry.kind === kind && 'name' in entry) names.push(entry.name);
  return names;
}
