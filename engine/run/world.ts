import type { CaseState, Erasures, RecordEntry } from '../model/case.ts';
import type { Calendar, Environment } from '../model/command.ts';
import type { Erased } from '../model/composed.ts';
import type { JsonObject } from '../model/json.ts';
import { dayOf } from './calendar.ts';

/**
 * What conditions see and what words change while one command is handled. It lives for one step only; the case keeps the
 * data, never this object.
 */
export interface World {
  readonly identity: {
    readonly number: string;
    readonly project: string;
    readonly created: number;
    readonly owner: string;
  };
  readonly forms: CaseState['forms'];
  readonly facts: CaseState['facts'];
  readonly counters: CaseState['counters'];
  readonly records: { readonly [record: string]: readonly RecordEntry[] };
  readonly people: CaseState['people'];
  readonly erased: Erasures;
  /** Data of the event being handled. */
  readonly event: JsonObject;
  /** Person who sent it; null when it came from outside or from a timer. */
  readonly actor: string | null;
  readonly now: number;
  /** Date of `now` in the calendar's zone, `YYYY-MM-DD`. */
  readonly today: string;
  /** The project's own working days. */
  readonly calendar: Calendar;
  /** As XState keeps it: id of a way back -> the nodes that were active when its state was left. */
  readonly history: { readonly [id: string]: readonly { readonly id: string }[] };
}

/**
 * XState's context: the trail of one macrostep. Null when XState works out a configuration for itself, in no world.
 */
export interface Context {
  readonly trail: Trail | null;
}

/**
 * What happens in one macrostep. It is made for it and written in place by actions that XState hands on in their order;
 * `assign` would have XState make a new snapshot, with all its states, for each word that changes something.
 */
export interface Trail {
  /** As it is now. Words replace it; what they replaced stays as it was. */
  world: World;
  /** In order. */
  readonly log: LogEntry[];
  /** Addresses that are being entered again by a return: their `enter` words are not repeated. */
  readonly returning: Set<string>;
}

export type LogEntry =
  /** A branch was taken; `state` is where it stands. */
  | { readonly kind: 'branch'; readonly address: string; readonly state: string }
  | { readonly kind: 'refuse'; readonly address: string; readonly state: string; readonly text: string }
  | { readonly kind: 'left'; readonly state: string }
  /** `returned`: by a return to where it was. */
  | { readonly kind: 'entered'; readonly state: string; readonly returned: boolean }
  | { readonly kind: 'proved' | 'voided' | 'counted' | 'recorded' | 'signed'; readonly name: string }
  | { readonly kind: 'make'; readonly secret: string; readonly state: string }
  | { readonly kind: 'notify'; readonly notice: string; readonly state: string }
  | { readonly kind: 'erase'; readonly what: Erased }
  /** An expression could not be evaluated; its condition counted as false. */
  | { readonly kind: 'failed'; readonly address: string; readonly reason: string };

/** The world as a command finds it. */
export function worldOf(
  state: CaseState,
  history: World['history'],
  command: { readonly event: JsonObject; readonly actor: string | null },
  env: Environment,
): World {
  return {
    identity: { number: state.number, project: state.project, created: state.createdAt, owner: state.owner },
    forms: state.forms,
    facts: state.facts,
    counters: state.counters,
    records: state.records,
    people: state.people,
    erased: state.erased ?? {},
    event: command.event,
    actor: command.actor,
    now: env.now,
    today: dayOf(env.now, env.calendar),
    calendar: env.calendar,
    history,
  };
}

export function newTrail(world: World): Trail {
  return { world, log: [], returning: new Set() };
}

/** The value of a counter today: one that counts per day starts anew. */
export function countOf(
  counter: { readonly count: number; readonly day?: string } | undefined,
  per: 'day' | undefined,
  today: string,
): number {
  if (counter === undefined) return 0;
  return per === 'day' && counter.day !== today ? 0 : counter.count;
}

export type { Calendar };
