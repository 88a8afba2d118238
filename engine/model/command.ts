import type { Locale } from '../errors/index.ts';
import type { Json, JsonObject } from './json.ts';

/** Who acts. `roles` are role ids of the workflow; scenario actors are `operations/two` with role `operations`. */
export interface Actor {
  readonly id: string;
  readonly roles: readonly string[];
  /** Set when the person came by a one-time link: the secret's name. Such an actor may do tasks `via` it, nothing else. */
  readonly via?: string;
  /** Stands for the owner, on whose behalf (a company's) the case was started: sees what the owner sees. */
  readonly deputy?: true;
  /**
   * The person as whom it is done: whoever is on leave, or takes over. Only for handing a claimed task on (`handings`); the
   * journal says who did it.
   */
  readonly inPlaceOf?: string;
  /** Language in which they are told things (views, refusals); zh-CN when absent. What is written down does not depend on it. */
  readonly locale?: Locale;
}

/** Whoever is told what the owner is told: the owner, and whoever stands for them. */
export function standsForOwner(actor: Actor, owner: string): boolean {
  return actor.id === owner || actor.deputy === true;
}

/** Everything that can happen to a case. There is no other way to change one. */
export type Command =
  /** A person presses a button. `forms` are the task's working copies, `data` is the event's own dialogue form. */
  | {
      readonly kind: 'event';
      readonly event: string;
      readonly actor: Actor;
      readonly forms?: { readonly [form: string]: JsonObject };
      readonly data?: JsonObject;
    }
  /** Something arrives from a connector unasked (a payment notice, a parcel's tracking). Already authenticated and deduplicated. */
  | { readonly kind: 'outside'; readonly event: string; readonly data: JsonObject }
  /** The result of a call. Stale generations are journalled and change nothing. */
  | {
      readonly kind: 'outcome';
      /** Address of the calling state. */
      readonly call: string;
      readonly generation: number;
      readonly outcome: string;
      readonly data?: JsonObject;
    }
  /** A deadline or a reminder is due (`now` must be at or past its due time). */
  | { readonly kind: 'timer'; readonly timer: string; readonly generation: number };

/** What a step may know of the world. The engine has no clock and no calendar of its own. */
export interface Environment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly calendar: Calendar;
}

/** Working days as data. Saturday and Sunday are off unless listed; `until` is the last date that is known for sure. */
export interface Calendar {
  /** Minutes east of UTC in which dates are counted: `zoneMinutes` of engine/zone.ts. */
  readonly offsetMinutes: number;
  /** `YYYY-MM-DD` -> true when it is off (a holiday), false when it is worked (a make-up day). */
  readonly exceptions: { readonly [date: string]: boolean };
  readonly until: string;
  /** Calendars of others, by the id of the connector: a bank may work on other days. One that is not here counts as this. */
  readonly others?: { readonly [connector: string]: Pick<Calendar, 'exceptions' | 'until'> };
}

export type SecretVerdict = 'right' | 'wrong' | 'expired' | 'used';
export type { Json };
