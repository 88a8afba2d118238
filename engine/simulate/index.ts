import type { Blocker } from '../model/blocker.ts';
import type { CaseState, JournalEntry } from '../model/case.ts';
import type { Actor, Calendar, Command } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import type { Effect } from '../model/effect.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** A scenario file as data (language.md 14); its shape is checked when the file is read. */
export interface Scenario {
  readonly title: string;
  readonly project: string;
  readonly steps: readonly ScenarioStep[];
}

export type ScenarioStep = JsonObject;

export interface ScenarioResult {
  readonly title: string;
  readonly passed: boolean;
  readonly failure: {
    /** 0-based index of the step. */
    readonly step: number;
    readonly expected: string;
    readonly found: string;
  } | null;
  readonly session: Session;
}

export interface SimulationOptions {
  /** Epoch ms of the start. Default: Monday 2026-01-05 09:00 +08:00. */
  readonly start?: number;
  readonly calendar?: Calendar;
}

/** One played case with its virtual clock and world. Plain JSON but for the definition; every function returns a new one. */
export interface Session {
  readonly definition: Definition;
  readonly state: CaseState;
  readonly journal: readonly JournalEntry[];
  readonly now: number;
  readonly calendar: Calendar;
  /** `connector.operation` -> outcome that the world gives (null: no answer at all). Default: the first that is listed. */
  readonly world: { readonly [operation: string]: string | null };
  /** Calls that wait for an answer, oldest first. */
  readonly calls: readonly Extract<Effect, { readonly kind: 'call' }>[];
  /** What was said so far, oldest first. */
  readonly notices: readonly (Extract<Effect, { readonly kind: 'notice' }> & { readonly at: number })[];
  /** Incidents of all steps (broken laws, expressions that failed). */
  readonly incidents: readonly string[];
}

export type Played =
  | { readonly kind: 'played'; readonly session: Session }
  | { readonly kind: 'refused'; readonly blockers: readonly Blocker[]; readonly session: Session };

/** Begins a case in a virtual world. Nothing outside is touched. */
export function begin(_definition: Definition, _options: SimulationOptions = {}): Session {
  throw new Error('not built yet');
}

/** Gives a command to the case. Calls stay open until `answer` or `settle`. */
export function play(_session: Session, _command: Command): Played {
  throw new Error('not built yet');
}

/** Answers one open call; data is made from the contract's schema where none is given. */
export function answer(_session: Session, _call: string, _outcome: string, _data?: JsonObject): Played {
  throw new Error('not built yet');
}

/** Answers all open calls as the world says, until nothing is open that has an answer. */
export function settleCalls(_session: Session): Session {
  throw new Error('not built yet');
}

/** Moves the clock, firing what falls due in order. */
export function advance(_session: Session, _ms: number): Session {
  throw new Error('not built yet');
}

/** The command of an event with the smallest valid forms (and dialogue) where none are given. */
export function completeCommand(
  _session: Session,
  _event: string,
  _actor: Actor,
  _fill: { readonly [form: string]: Json } = {},
): Command {
  throw new Error('not built yet');
}

/** Plays a scenario on the production interpreter. Never throws. */
export function runScenario(
  _definition: Definition,
  _scenario: Scenario,
  _options: SimulationOptions = {},
): ScenarioResult {
  throw new Error('not built yet');
}
