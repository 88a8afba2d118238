import type { ConnectorDefinition, Definition } from '../../engine/model/definition.ts';
import type { Effect } from '../../engine/model/effect.ts';
import type { Cases } from '../cases/cases.ts';
import type { DeskNotices } from '../cases/desk-notices.ts';
import type { Drafts } from '../cases/drafts.ts';
import { nextEntry } from '../cases/dues.ts';
import { forgetIndex } from '../cases/saved-index.ts';
import type { Secrets } from '../cases/secrets.ts';
import type { Clock } from '../clock.ts';
import type { Outcome, RequestContext } from '../connectors/connector.ts';
import { checkSame } from '../connectors/contract.ts';
import { ContractViolation, NotYet, OtherAnswer } from '../connectors/failure.ts';
import type { Connectors } from '../connectors/index.ts';
import { HostRefused } from '../connectors/outside/hosts.ts';
import type { Refusals } from '../connectors/outside/refusals.ts';
import type { Readings } from '../files/readings.ts';
import type { Vault } from '../files/vault.ts';
import type { Log } from '../log.ts';
import type { Webhooks } from '../portal/webhooks.ts';
import type { CaseDocument, OutboxEntry, Store, WebhookEffect } from '../store/store.ts';
import { toldOf } from '../told.ts';
import { here, readTraceparent } from '../trace/place.ts';
import { plainTracing, type Tracing, traced } from '../trace/tracing.ts';
import type { DeadLetters } from './dead-letters.ts';
import { withSent } from './sent.ts';

export interface OutboxDeps {
  readonly cases: Cases;
  readonly store: Store;
  readonly connectors: Connectors;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly letters: DeadLetters;
  readonly refusals: Pick<Refusals, 'record'>;
  readonly vault: Vault;
  readonly readings: Pick<Readings, 'erase'>;
  readonly deskNotices: DeskNotices;
  readonly drafts: Drafts;
  /** Nobody keeps traces where it is absent. */
  readonly tracing?: Tracing;
  /** How portals are told; nobody where it is absent. */
  readonly webhooks?: Pick<Webhooks, 'deliver'>;
  /** Shortens a waiting time by chance, so that what failed together is not tried again together. */
  jitter(ms: number): number;
}

type Call = Extract<Effect, { kind: 'call' }>;
type Notice = Extract<Effect, { kind: 'notice' }>;
type Erase = Extract<Effect, { kind: 'erase' }>;

/** Waiting times for notices, which no contract of the workflow speaks about. */
const NOTICE_RETRY = [30_000, 5 * 60_000, 30 * 60_000, 2 * 60 * 60_000] as const;
/** A notice that has waited so long (a night, a full day's cap, a gateway that is down) is one that was not sent. */
const NOTICE_LIMIT = 36 * 60 * 60_000;
const HOUR = 60 * 60_000;
/** A receiver that is down for a night is told in the morning. */
const WEBHOOK_RETRY = [30_000, 5 * 60_000, 30 * 60_000, 2 * HOUR, 8 * HOUR, 24 * HOUR] as const;
/** How often a pending request is asked for; then every five minutes. Answers are told, too. */
const POLL = [5_000, 15_000, 60_000] as const;
const POLL_LATER = 5 * 60_000;
/** What is owed for long is asked for more seldom, each time with a write of the case: after an eighth of the time that it has taken. */
const POLL_SHARE = 8;
const POLL_SELDOM = 12 * 60 * 60_000;
/** After a circuit closes, its requests go out spread over this time. */
const CLEAR = 5_000;

/**
 * Does what is due in a case's outbox, oldest first. At least once: an entry leaves the outbox in the same commit that
 * takes its answer, so after a crash it is sent again under the same key.
 */
export async function workOutbox(deps: OutboxDeps, id: string): Promise<void> {
  for (let n = 0; n < 100; n += 1) {
    const { document, definition } = await deps.cases.read(id);
    const entry = nextEntry(document);
    if (!entry || entry.due > deps.clock.now()) return;
    // What is done for a step belongs to the trace of the step: whoever looks for it finds all that came of a click.
    const asked = { name: `outbox ${entry.effect.kind}`, kind: 'inside', case: id } as const;
    const parent = readTraceparent(entry.trace) ?? here() ?? null;
    await traced(deps.tracing ?? plainTracing, { ...asked, parent }, () => doEntry(deps, document, definition, entry));
  }
}

function doEntry(deps: OutboxDeps, document: CaseDocument, definition: Definition, entry: OutboxEntry): Promise<void> {
  const { effect } = entry;
  switch (effect.kind) {
    case 'call':
      return doCall(deps, document, definition, entry, effect);
    case 'notice':
      return doNotice(deps, document, entry, effect);
    case 'erase':
      return doErase(deps, document, definition, effect);
    case 'webhook':
      return doWebhook(deps, document, entry, effect);
    case 'leave':
    case 'makeSecret':
      return remove(deps, document.state.id, effect.key);
  }
}

async function doCall(
  deps: OutboxDeps,
  document: CaseDocument,
  definition: Definition,
  entry: OutboxEntry,
  effect: Call,
): Promise<void> {
  const { clock, connectors, log } = deps;
  const { id } = document.state;
  const contract = definition.connectors[effect.connector];
  const operation = contract?.operations[effect.operation];
  const where = { case: id, call: `${effect.connector}.${effect.operation}`, generation: effect.generation };
  const waiting = document.state.calls[effect.call];
  const isWaiting = waiting?.generation === effect.generation && waiting.status === 'waiting';
  const overdue = operation?.limit != null && clock.now() >= entry.since + operation.limit;
  // Nobody waits: the other side may still tell, we only stop asking.
  if ((overdue || !operation) && !isWaiting) return remove(deps, id, effect.key);
  if (!contract || !operation) {
    log.warn(where, 'unknown operation');
    return answer(deps, id, effect, { outcome: 'UNAVAILABLE' });
  }
  if (overdue) {
    // A last question, also after a long standstill of ours: the answer may have been there for hours.
    const last = await lastAnswer(deps, document, effect, contract, 'no answer within the limit');
    if (typeof last !== 'string') return answer(deps, id, effect, last);
    log.warn(where, last);
    return giveUp(deps, document, entry, effect, last);
  }
  const input = deps.secrets.fill(document, effect.input);
  if (!input) {
    log.warn(where, 'the secret was made anew before it was sent');
    return isWaiting ? answer(deps, id, effect, { outcome: 'UNAVAILABLE' }) : remove(deps, id, effect.key);
  }
  const request = { ...requestOf(document, effect), ...(entry.tries > 0 || entry.again ? { again: true } : {}) };
  let result: Outcome | 'pending';
  try {
    result =
      entry.pendingSince === undefined
        ? await connectors.perform(contract, effect.operation, input, request)
        : await polled(deps, document, effect, contract);
  } catch (error) {
    const reason = toldOf(error);
    // Nothing was sent: no try is used up, the limit of the operation still counts.
    if (error instanceof NotYet && operation.limit !== null)
      return replace(deps, id, effect.key, (now) => ({
        ...now,
        due: Math.min(error.until + deps.jitter(CLEAR), now.since + (operation.limit ?? 0)),
      }));
    log.warn({ ...where, tries: entry.tries + 1, error: reason }, 'call failed');
    // Not left to the limit: money may have moved otherwise than was asked.
    if (error instanceof OtherAnswer)
      deps.refusals.record({ connector: contract.id, reason: 'other', reference: document.state.number });
    const wait = error instanceof ContractViolation ? undefined : waitFor(deps, entry, operation.retry);
    if (wait === undefined) return exhausted(deps, document, entry, effect, contract, error as Error);
    return replace(deps, id, effect.key, (now) => ({ ...now, tries: now.tries + 1, due: clock.now() + wait }));
  }
  if (result !== 'pending') return answer(deps, id, effect, result);
  return stillPending(deps, id, effect, contract);
}

/** What became of a pending request, when it is about what was asked. */
async function polled(
  { connectors }: OutboxDeps,
  document: CaseDocument,
  effect: Call,
  contract: ConnectorDefinition,
): Promise<Outcome | 'pending'> {
  const result = await connectors.poll(contract, effect.operation, requestOf(document, effect));
  if (result !== 'pending') checkSame(contract, effect.operation, effect.input, result);
  return result;
}

/** The answer to a last question, or why there is none: another answer than was asked for is said, anything else is `otherwise`. */
async function lastAnswer(
  deps: OutboxDeps,
  document: CaseDocument,
  effect: Call,
  contract: ConnectorDefinition,
  otherwise: string,
): Promise<Outcome | string> {
  try {
    const last = await polled(deps, document, effect, contract);
    return last === 'pending' ? otherwise : last;
  } catch (error) {
    return error instanceof OtherAnswer ? error.message : otherwise;
  }
}

function requestOf(document: CaseDocument, effect: Call): RequestContext {
  const { id, number, project } = document.state;
  return {
    key: effect.key,
    caseId: id,
    caseNumber: number,
    project,
    call: effect.call,
    generation: effect.generation,
  };
}

/** Feeds the answer back by the same door as everything else; the commit takes the entry out of the outbox. */
async function answer(deps: OutboxDeps, id: string, effect: Call, { outcome, data }: Outcome): Promise<void> {
  const { call, generation } = effect;
  const result = await deps.cases.apply(id, () => ({
    command: { kind: 'outcome', call, generation, outcome, ...(data ? { data } : {}) },
  }));
  if (result.kind !== 'applied') {
    const blockers = result.kind === 'refused' ? result.blockers.map(({ code }) => code) : [];
    deps.log.error({ case: id, call, outcome, blockers }, 'an outcome was refused');
    const entry = result.document.outbox.find((one) => one.effect.key === effect.key);
    if (entry) await deps.letters.put(result.document, entry, `refused: ${outcome} ${blockers.join(' ')}`.trim());
    await remove(deps, id, effect.key);
  }
}

/** Undefined when the waiting times of the contract are used up. What is pending is asked for as long as it takes. */
function waitFor(deps: OutboxDeps, entry: OutboxEntry, retry: readonly number[]): number | undefined {
  const wait = entry.pendingSince === undefined ? retry[entry.tries] : POLL_LATER;
  return wait === undefined ? undefined : deps.jitter(wait);
}

/** No try is left. A request that may have arrived is asked for once more: an unknown outcome is never guessed. */
async function exhausted(
  deps: OutboxDeps,
  document: CaseDocument,
  entry: OutboxEntry,
  effect: Call,
  contract: ConnectorDefinition,
  error: Error,
): Promise<void> {
  if (error instanceof ContractViolation) return giveUp(deps, document, entry, effect, error.message);
  const last = await lastAnswer(deps, document, effect, contract, toldOf(error));
  if (typeof last !== 'string') return answer(deps, document.state.id, effect, last);
  return giveUp(deps, document, entry, effect, last);
}

/** The process is told that nobody knows; operations see the request and may send it again. */
async function giveUp(
  deps: OutboxDeps,
  document: CaseDocument,
  entry: OutboxEntry,
  effect: Call,
  reason: string,
): Promise<void> {
  await deps.letters.put(document, entry, reason);
  return answer(deps, document.state.id, effect, { outcome: 'UNAVAILABLE' });
}

/** Until it is done: a disk that refuses is tried again like any job that failed. */
async function doErase(deps: OutboxDeps, document: CaseDocument, definition: Definition, effect: Erase): Promise<void> {
  const { id } = document.state;
  // Of a picture that is gone, and of a value that is forgotten, nothing is known any more.
  await deps.readings.erase(id);
  if (effect.what === 'files') await deps.vault.erase(id, deps.clock.now());
  else {
    await deps.drafts.erase(id, Object.keys(definition.roles));
    await deps.letters.erase(id);
    await deps.deskNotices.erase(id);
    await forgetIndex(deps.store);
  }
  deps.log.info({ case: id, what: effect.what }, 'erased');
  return remove(deps, id, effect.key);
}

async function stillPending(deps: OutboxDeps, id: string, effect: Call, contract: ConnectorDefinition): Promise<void> {
  const limit = contract.operations[effect.operation]?.limit ?? null;
  await replace(deps, id, effect.key, (now) => {
    const time = deps.clock.now();
    const asked = now.pendingSince === undefined ? 0 : now.tries + 1;
    const waited = time - (now.pendingSince ?? time);
    const wait = POLL[asked] ?? Math.max(POLL_LATER, Math.min(waited / POLL_SHARE, POLL_SELDOM));
    const next = time + deps.jitter(Math.round(wait));
    return {
      ...now,
      tries: asked,
      pendingSince: now.pendingSince ?? time,
      due: limit === null ? next : Math.min(next, now.since + limit),
    };
  });
}

async function doNotice(deps: OutboxDeps, document: CaseDocument, entry: OutboxEntry, effect: Notice): Promise<void> {
  const { id, number, project } = document.state;
  const { clock, log } = deps;
  if ((effect.by !== 'sms' && effect.by !== 'email') || effect.to === null) {
    await tellDesk(deps, id, effect.key, effect.to, effect.text);
    return remove(deps, id, effect.key);
  }
  const request: RequestContext = {
    key: effect.key,
    caseId: id,
    caseNumber: number,
    project,
    call: `notice.${effect.notice}`,
    generation: 0,
    ...(entry.tries > 0 ? { again: true } : {}),
  };
  try {
    await deps.connectors.send({ by: effect.by, to: effect.to, text: effect.text }, request);
    await deps.cases.adjust(id, (now) => withSent(now, { effect, at: clock.now() }));
    return;
  } catch (error) {
    if (error instanceof NotYet && clock.now() < entry.since + NOTICE_LIMIT)
      return replace(deps, id, effect.key, (now) => ({ ...now, due: error.until + deps.jitter(CLEAR) }));
    const wait = error instanceof ContractViolation ? undefined : NOTICE_RETRY[entry.tries];
    log.warn({ case: id, notice: effect.notice, tries: entry.tries + 1, error: toldOf(error) }, 'not sent');
    if (wait === undefined) {
      // The person was not told: somebody has to know.
      await deps.letters.put(document, entry, toldOf(error));
      await tellDesk(deps, id, effect.key, null, `${number} 的通知没有发出：${effect.notice}`);
      return remove(deps, id, effect.key);
    }
    await replace(deps, id, effect.key, (now) => ({
      ...now,
      tries: now.tries + 1,
      due: clock.now() + deps.jitter(wait),
    }));
  }
}

/** A portal is told. Its receiver may be down, slow or gone: the case goes on all the same. */
async function doWebhook(
  deps: OutboxDeps,
  document: CaseDocument,
  entry: OutboxEntry,
  effect: WebhookEffect,
): Promise<void> {
  const { id } = document.state;
  try {
    await deps.webhooks?.deliver(effect);
    return remove(deps, id, effect.key);
  } catch (error) {
    const reason = toldOf(error);
    const wait = error instanceof HostRefused ? undefined : WEBHOOK_RETRY[entry.tries];
    deps.log.warn({ case: id, portal: effect.portal, tries: entry.tries + 1, error: reason }, 'a portal was not told');
    if (wait === undefined) {
      await deps.letters.put(document, entry, reason);
      return remove(deps, id, effect.key);
    }
    return replace(deps, id, effect.key, (now) => ({
      ...now,
      tries: now.tries + 1,
      due: deps.clock.now() + deps.jitter(wait),
    }));
  }
}

/** Written under the effect's key: telling twice tells once. */
async function tellDesk(deps: OutboxDeps, caseId: string, key: string, to: string | null, text: string): Promise<void> {
  await deps.deskNotices.put({ key, caseId, to, text });
}

async function remove(deps: OutboxDeps, id: string, key: string): Promise<void> {
  await deps.cases.adjust(id, (now) => ({ ...now, outbox: now.outbox.filter(({ effect }) => effect.key !== key) }));
}

async function replace(
  deps: OutboxDeps,
  id: string,
  key: string,
  change: (entry: OutboxEntry) => OutboxEntry,
): Promise<void> {
  await deps.cases.adjust(id, (now) => ({
    ...now,
    outbox: now.outbox.map((entry) => (entry.effect.key === key ? change(entry) : entry)),
  }));
}
