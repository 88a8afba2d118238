import { addDuration, parseDuration } from '../compose/duration.ts';
import type { Duration } from '../model/composed.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Session } from './session.ts';

/** What the world has ready for one call. */
export interface Reply {
  /** Null: it never answers. */
  readonly outcome: string | null;
  /** Values of the outcome's data; the rest is made from the contract. */
  readonly data: JsonObject;
  /** How long after the call the answer comes; null: at once. */
  readonly after: Duration | null;
  /** How often the same answer comes. */
  readonly times: number;
  /** Our own side stands still: neither an answer comes, nor does the contract's limit give up on it. */
  readonly lost: boolean;
}

/**
 * A world as a scenario writes it: an outcome, `none`, `lost`, `{ outcome, data, after, times }`, or a list of these, one
 * for each call in turn, of which the last one stays.
 * @throws when a delay is no duration
 */
export function repliesOf(written: Json): readonly Reply[] {
  return (Array.isArray(written) ? written : [written]).map(replyOf);
}

function replyOf(written: Json): Reply {
  const full = written !== null && typeof written === 'object' && !Array.isArray(written) ? written : null;
  const outcome = full === null ? written : (full.outcome ?? null);
  const data = full?.data;
  const times = full?.times;
  return {
    outcome: typeof outcome === 'string' && outcome !== 'none' && outcome !== 'lost' ? outcome : null,
    data: data !== null && typeof data === 'object' && !Array.isArray(data) ? data : {},
    after: typeof full?.after === 'string' ? durationOf(full.after) : null,
    times: typeof times === 'number' ? times : 1,
    lost: outcome === 'lost',
  };
}

function durationOf(text: string): Duration {
  const duration = parseDuration(text);
  if (duration === null) throw new Error(`${text} 不是时长`);
  return duration;
}

/** The world answers these operations so from now on: calls that wait are answered anew, too. [SIM-5] */
export function withScript(session: Session, operation: string, replies: readonly Reply[]): Session {
  const calls = session.calls.map((call) => {
    if (`${call.connector}.${call.operation}` !== operation || call.givenUp === true) return call;
    const { reply: _before, ...rest } = call;
    return rest;
  });
  return { ...session, calls, script: { ...session.script, [operation]: replies } };
}

/** Gives each call that has none yet the reply that is its turn. */
export function withReplies(session: Session): Session {
  const script = { ...session.script };
  let moved = false;
  const calls = session.calls.map((call) => {
    const replies = script[`${call.connector}.${call.operation}`];
    const reply = replies?.[0];
    if (call.reply !== undefined || replies === undefined || reply === undefined) return call;
    if (replies.length > 1) script[`${call.connector}.${call.operation}`] = replies.slice(1);
    moved = true;
    return { ...call, reply };
  });
  return moved ? { ...session, calls, script } : session;
}

/** When the reply to a call comes, in epoch ms; null when it comes at once or never. */
export function replyAt(session: Pick<Session, 'calendar'>, call: Session['calls'][number]): number | null {
  const after = call.reply?.outcome == null ? null : call.reply.after;
  return after === null ? null : addDuration(call.since, after, session.calendar);
}
