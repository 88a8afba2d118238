import { isDeepStrictEqual } from 'node:util';
import type { CaseState, JournalEntry } from '../../engine/model/case.ts';
import type { Effect } from '../../engine/model/effect.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { isObject } from '../json.ts';
import type { CaseDocument, InboxMessage, OutboxEntry, ShellEffect, WebhookEffect } from '../store/store.ts';
import { nextSecrets, type Secrets } from './secrets.ts';

/** One accepted step with all that has to change together with it. */
export interface Step {
  readonly next: CaseState;
  readonly effects: readonly Effect[];
  /** What the shell itself has to do beside them. */
  readonly more: readonly WebhookEffect[];
  readonly entry: JournalEntry;
  readonly now: number;
  /** Ids of the message or request that caused it. */
  readonly consumed: readonly string[];
  /** Secrets that were right. */
  readonly burn: readonly string[];
  /** Whether what an operation does must not be done twice (`once` of its contract). */
  readonly once: (connector: string, operation: string) => boolean;
  /** The trace in which it was made; what has to be done for it goes on in it. */
  readonly trace?: string;
  /** A call that this step answered. */
  readonly answered: { readonly call: string; readonly generation: number; readonly outcome: string } | null;
}

/** Bounds of the lists that outside senders and clients could otherwise grow. */
const MOST_CONSUMED = 500;
const MOST_NOTICES = 200;

/** The document after a step: state, journal, outbox, secrets, notices and consumed ids, to be written as one. */
export function assemble(document: CaseDocument, step: Step, secrets: Secrets): CaseDocument {
  const { next, effects, entry, now } = step;
  const pages = effects.flatMap((effect) =>
    effect.kind === 'notice' && effect.by === 'page' ? [{ at: now, text: effect.text }] : [],
  );
  const unknown = erases(effects) ? [] : nextUnknown(document, step);
  const { outbox, again } = nextOutbox(document.outbox, unknown, step);
  const tell = step.more.map((effect) => entryOf(effect, step));
  const left = unknown.filter(({ effect }) => !again.has(effect.key));
  const inbox = nextInbox(document, effects, now);
  return {
    state: next,
    ...(document.company !== undefined && { company: document.company }),
    journal: [...document.journal, entry],
    outbox: [...outbox, ...tell],
    ...(left.length > 0 && { unknown: left }),
    secrets: nextSecrets(secrets, document, next, effects, step.burn, now),
    // What the page told may hold values that are to be forgotten.
    notices: [...(erases(effects) ? [] : document.notices), ...pages].slice(-MOST_NOTICES),
    ...(inbox.length > 0 && { inbox }),
    ...(document.sent && !erases(effects) && { sent: document.sent }),
    // Like what the page told.
    ...(document.talk && !erases(effects) && { talk: document.talk }),
    consumed: [...document.consumed, ...step.consumed].slice(-MOST_CONSUMED),
  };
}

/**
 * Messages stand in the document of the case: told in the commit that had the news, gone in the one that erases. Nothing is
 * left to send, and nothing can be sent twice.
 */
function nextInbox(document: CaseDocument, effects: readonly Effect[], now: number): readonly InboxMessage[] {
  const before = erases(effects) ? [] : (document.inbox ?? []);
  const known = new Set(before.map(({ key }) => key));
  const told = effects.flatMap((effect) =>
    effect.kind === 'notice' && effect.by === 'inbox' && !known.has(effect.key)
      ? [{ key: effect.key, at: now, text: effect.text }]
      : [],
  );
  return [...before, ...told].slice(-MOST_NOTICES);
}

function erases(effects: readonly Effect[]): boolean {
  return effects.some((effect) => effect.kind === 'erase' && effect.what === 'values');
}

/** With the request that this step gives up, without those of a call whose outcome is known now. */
function nextUnknown(document: CaseDocument, { answered, once }: Step): readonly OutboxEntry[] {
  const before = document.unknown ?? [];
  if (answered === null) return before;
  // What comes too late is noted and changes nothing: the request is still one that nobody knows of.
  const call = document.state.calls[answered.call];
  if (call?.generation !== answered.generation || call.status === 'over') return before;
  const others = before.filter(({ effect }) => effect.kind !== 'call' || effect.call !== answered.call);
  if (answered.outcome !== 'UNAVAILABLE') return others;
  const given = document.outbox.find(
    ({ effect }) =>
      effect.kind === 'call' &&
      effect.call === answered.call &&
      effect.generation === answered.generation &&
      once(effect.connector, effect.operation),
  );
  return given ? [...others, given] : before;
}

/**
 * What has to be done after a step. A call of which an earlier request is unknown asks for that request again, under its
 * key and as it was: whoever was asked has perhaps done it, and does it once. `again`: the keys that were taken over.
 */
function nextOutbox(
  outbox: readonly OutboxEntry[],
  unknown: readonly OutboxEntry[],
  step: Step,
): { readonly outbox: readonly OutboxEntry[]; readonly again: ReadonlySet<string> } {
  const { effects, answered } = step;
  const again = new Set<string>();
  let after = outbox;
  const drop = (call: string, generation: number, which: (entry: OutboxEntry) => boolean): void => {
    after = after.filter(
      (entry) =>
        !(
          entry.effect.kind === 'call' &&
          entry.effect.call === call &&
          entry.effect.generation === generation &&
          which(entry)
        ),
    );
  };
  if (answered) drop(answered.call, answered.generation, () => true);
  for (const effect of effects) {
    switch (effect.kind) {
      case 'call': {
        const former = unknown.find((entry) => isAskedAgain(entry.effect, effect));
        // Sent again by hand meanwhile: it is on its way.
        after = after.filter((entry) => entry.effect.key !== former?.effect.key);
        if (former) again.add(former.effect.key);
        const asked = former?.effect.kind === 'call' ? { ...former.effect, generation: effect.generation } : effect;
        after = [...after, { ...entryOf(asked, step), ...(former && { again: true }) }];
        break;
      }
      case 'leave':
        // Nobody waits for it any more: what was not sent yet is not sent; what the other side owes is still heard.
        drop(effect.call, effect.generation, (entry) => entry.pendingSince === undefined);
        break;
      case 'notice':
        if (effect.by !== 'page' && effect.by !== 'inbox') after = [...after, entryOf(effect, step)];
        break;
      case 'erase':
        after = [...after, entryOf(effect, step)];
        break;
      case 'makeSecret':
        break;
    }
  }
  return { outbox: after, again };
}

function entryOf(effect: ShellEffect, { now, trace }: Pick<Step, 'now' | 'trace'>): OutboxEntry {
  return { effect, since: now, tries: 0, due: now, ...(trace !== undefined && { trace }) };
}

/** What it says may be another sum or address meanwhile; a secret that was made anew is another thing that is wanted. */
function isAskedAgain(one: ShellEffect, other: Extract<Effect, { kind: 'call' }>): boolean {
  if (one.kind !== 'call') return false;
  const isSame = one.call === other.call && one.connector === other.connector && one.operation === other.operation;
  return isSame && isDeepStrictEqual(secretsIn(one.input), secretsIn(other.input));
}

function secretsIn(input: JsonObject): readonly [string, Json][] {
  return Object.entries(input).filter(([, value]) => isObject(value) && '$secret' in value);
}

/** The first document of a case. */
export function firstDocument(step: Step, secrets: Secrets): CaseDocument {
  const empty = { state: step.next, journal: [], outbox: [], secrets: {}, notices: [], consumed: [] };
  return assemble(empty, step, secrets);
}
