import { delayName, timerId } from '../compile/names.ts';
import { addDuration, calendarOf, workingTimeBetween } from '../compose/duration.ts';
import type { Scope } from '../expressions/index.ts';
import type { CallState, CaseState, Parked, Timer } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { ChartState, Delay, Erased } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { within } from './configuration.ts';
import { dueOf } from './due.ts';
import type { LogEntry } from './world.ts';

const day = 86_400_000;
const nothing = (): Scope => ({ values: {} });

/** What the shell will have to do, before texts and inputs are worked out. */
export type Intent =
  | { readonly kind: 'call'; readonly call: string; readonly generation: number }
  | { readonly kind: 'leave'; readonly call: string; readonly generation: number }
  | { readonly kind: 'make'; readonly secret: string; readonly state: string }
  | { readonly kind: 'notice'; readonly notice: string; readonly state: string }
  | { readonly kind: 'erase'; readonly what: Erased };

/**
 * Keeps timers, calls and parking in step with what XState entered and left. XState's own delays and children are not
 * used: here everything is data with a generation, and survives any restart. [RUN-14] [RUN-15] [RUN-16]
 */
export class Ledger {
  readonly timers: { [id: string]: Timer };
  readonly calls: { [call: string]: CallState };
  readonly entered: { [address: string]: number };
  readonly parked: { [address: string]: Parked };
  intents: Intent[] = [];
  /** Parked outcomes of calls that go on: to be delivered before the step ends. */
  readonly delivered: Parked['outcomes'][number][] = [];
  /** Deadlines that never come, because the case does not hold their date. */
  readonly incidents: string[] = [];
  private readonly definition: Definition;
  private readonly env: Environment;
  private readonly revision: number;
  private readonly madeNow = new Set<string>();
  private scope: () => Scope = nothing;

  constructor(definition: Definition, state: CaseState, revision: number, env: Environment) {
    this.definition = definition;
    this.env = env;
    this.revision = revision;
    this.timers = { ...state.timers };
    this.calls = { ...state.calls };
    this.entered = { ...state.entered };
    this.parked = { ...state.parked };
  }

  /** Follows the log of one macrostep. @param scope what delays that count from a date or by a counter read */
  follow(log: readonly LogEntry[], scope: () => Scope): void {
    this.scope = scope;
    for (let index = 0; index < log.length; index++) {
      const entry = log[index] as LogEntry;
      if (entry.kind === 'left') {
        // What is left together stands together: the states of one move, innermost first.
        const run = [entry.state];
        for (let next = log[index + 1]; next?.kind === 'left'; next = log[index + 1]) {
          run.push(next.state);
          index++;
        }
        this.leave(run);
      } else if (entry.kind === 'entered') {
        const state = this.definition.chart.states[entry.state];
        if (state !== undefined) this.enter(state, entry.returned);
      } else if (entry.kind === 'make') {
        this.intents.push({ kind: 'make', secret: entry.secret, state: entry.state });
      } else if (entry.kind === 'notify') {
        this.intents.push({ kind: 'notice', notice: entry.notice, state: entry.state });
      } else if (entry.kind === 'erase') {
        this.intents.push({ kind: 'erase', what: entry.what });
      }
    }
  }

  /** Arms the named delays of a state in which the case already is: a newer release has them. [MIG-3] */
  add(state: ChartState, names: ReadonlySet<string>, scope: () => Scope): void {
    this.scope = scope;
    for (const { key, duration } of state.after)
      if (names.has(delayName('after', key))) this.arm(state.address, 'after', key, duration);
    for (const { key, duration } of state.remind)
      if (names.has(delayName('remind', key))) this.arm(state.address, 'remind', key, duration);
  }

  /** The call is answered, or given up: then it may be unknown whether it was done. [RUN-31] */
  over(call: string, outcome: string): void {
    const now = this.calls[call];
    if (now === undefined) return;
    const isOnce = this.definition.connectors[now.connector]?.operations[now.operation]?.once === true;
    // What was asked is needed only for asking the same again.
    const { asked: _, unknown: __, ...rest } = now;
    const kept = isOnce && outcome === 'UNAVAILABLE' ? unknownOf(now) : {};
    this.calls[call] = { ...rest, ...kept, status: 'over' };
  }

  /** Nothing is expected any more: parked calls are left. */
  dropParked(): void {
    for (const keep of Object.keys(this.parked)) this.forget(keep);
  }

  private leave(run: readonly string[]): void {
    const keeps = run.filter((address) => this.definition.chart.states[address]?.keep === true);
    for (const each of keeps) if (outermost(keeps, each) === each) this.parked[each] = { timers: {}, outcomes: [] };
    for (const address of run) {
      delete this.entered[address];
      const into = outermost(keeps, address);
      const state = this.definition.chart.states[address];
      for (const id of Object.keys(this.timers)) {
        const timer = this.timers[id];
        if (timer?.state !== address) continue;
        delete this.timers[id];
        if (into !== undefined) this.park(into, id, timer);
      }
      if (state?.call != null && into === undefined) this.leaveCall(address);
    }
  }

  private park(keep: string, id: string, timer: Timer): void {
    const parked = this.parked[keep] as Parked;
    const delay = this.delayOf(timer.state, id);
    const remaining =
      delay?.kind === 'working'
        ? workingTimeBetween(this.env.now, timer.due, calendarOf(delay, this.env.calendar))
        : Math.max(0, timer.due - this.env.now);
    const entry = { remaining, kind: timer.kind, state: timer.state };
    this.parked[keep] = { ...parked, timers: { ...parked.timers, [id]: entry } };
  }

  private leaveCall(address: string): void {
    const call = this.calls[address];
    if (call?.status !== 'waiting') return;
    if (this.madeNow.has(address)) {
      // Entered and left in one step: the other side never hears of it.
      this.intents = this.intents.filter((intent) => !(intent.kind === 'call' && intent.call === address));
      this.calls[address] = { ...call, status: 'over' };
      return;
    }
    this.calls[address] = { ...call, status: 'left' };
    this.intents.push({ kind: 'leave', call: address, generation: call.generation });
  }

  private enter(state: ChartState, returned: boolean): void {
    this.entered[state.address] = this.env.now;
    if (returned) {
      this.resume(state);
      return;
    }
    if (state.keep) this.forget(state.address);
    for (const deadline of state.after) this.arm(state.address, 'after', deadline.key, deadline.duration);
    for (const reminder of state.remind) this.arm(state.address, 'remind', reminder.key, reminder.duration);
    if (state.call !== null) {
      const before = this.calls[state.address];
      const generation = (before?.generation ?? 0) + 1;
      const { connector, operation } = state.call;
      const isSame = before?.unknown && before.connector === connector && before.operation === operation;
      const kept = isSame ? unknownOf(before) : {};
      const since = this.env.now;
      this.calls[state.address] = { generation, connector, operation, status: 'waiting', since, ...kept };
      this.madeNow.add(state.address);
      this.intents.push({ kind: 'call', call: state.address, generation });
    }
  }

  /** What was asked of the fields that an answer has to repeat. [RUN-29] */
  ask(call: string, asked: JsonObject): void {
    const now = this.calls[call];
    if (now !== undefined) this.calls[call] = { ...now, asked };
  }

  private arm(state: string, kind: 'after' | 'remind', key: string, delay: Delay): void {
    const due = dueOf(delay, this.scope(), this.env);
    // A date that the case does not hold arms nothing; a reminder of what lies in the past would only confuse.
    if (due === null && kind === 'after') this.incidents.push(`deadline:${state}`);
    if (due === null || (kind === 'remind' && due < this.env.now)) return;
    this.timers[timerId(state, kind, key)] = { due, generation: this.revision, kind, state };
  }

  /** Deadlines go on with the time that was left; a call that was answered meanwhile is delivered. */
  private resume(state: ChartState): void {
    for (const [keep, parked] of Object.entries(this.parked)) {
      if (!within(state.address, keep)) continue;
      const timers = { ...parked.timers };
      for (const [id, timer] of Object.entries(timers)) {
        if (timer.state !== state.address) continue;
        delete timers[id];
        const due = this.resumed(this.delayOf(timer.state, id), timer.remaining);
        this.timers[id] = { due, generation: this.revision, kind: timer.kind, state: timer.state };
      }
      const mine = parked.outcomes.filter((outcome) => outcome.call === state.address);
      this.delivered.push(...mine);
      this.parked[keep] = { timers, outcomes: parked.outcomes.filter((outcome) => outcome.call !== state.address) };
    }
  }

  /** A date does not wait for anybody; any other delay goes on with what was left of it. */
  private resumed(delay: Delay | null, remaining: number): number {
    const moment = delay?.kind === 'moment' ? dueOf(delay, this.scope(), this.env) : null;
    if (moment !== null) return moment;
    if (delay?.kind !== 'working') return this.env.now + remaining;
    return addDuration(this.env.now, { ...delay, days: remaining / day }, this.env.calendar);
  }

  /** Drops the parking places that a return emptied. Called when a macrostep is followed. */
  tidy(active: ReadonlySet<string>): void {
    for (const keep of Object.keys(this.parked)) if (active.has(keep)) delete this.parked[keep];
  }

  private forget(keep: string): void {
    if (this.parked[keep] === undefined) return;
    delete this.parked[keep];
    for (const call of Object.keys(this.calls)) if (within(call, keep)) this.leaveCall(call);
  }

  private delayOf(address: string, timer: string): Delay | null {
    const state = this.definition.chart.states[address];
    const after = state?.after.find((each) => timerId(address, 'after', each.key) === timer);
    const remind = state?.remind.find((each) => timerId(address, 'remind', each.key) === timer);
    return after?.duration ?? remind?.duration ?? null;
  }
}

/** What is kept of a request of which nobody knows whether it was done. */
function unknownOf({ asked }: CallState): Pick<CallState, 'asked' | 'unknown'> {
  return { ...(asked && { asked }), unknown: true };
}

/** The outermost state that is kept and left now takes everything below it. */
function outermost(keeps: readonly string[], address: string): string | undefined {
  if (keeps.length === 0) return undefined;
  return keeps.filter((each) => within(address, each)).sort((a, b) => a.length - b.length)[0];
}
