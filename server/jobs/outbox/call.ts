import type { ConnectorDefinition, Definition } from '../../../engine/model/definition.ts';
import type { Effect } from '../../../engine/model/effect.ts';
import type { Outcome, RequestContext } from '../../connectors/connector.ts';
import { checkSame } from '../../connectors/contract.ts';
import { ContractViolation, NotYet, OtherAnswer } from '../../connectors/failure.ts';
import type { CaseDocument, OutboxEntry } from '../../store/store.ts';
import { toldOf } from '../../told.ts';
import { CLEAR, type OutboxDeps, remove, replace } from './entry.ts';

type Call = Extract<Effect, { kind: 'call' }>;

/** How often a pending request is asked for; then every five minutes. Answers are told, too. */
const POLL = [5_000, 15_000, 60_000] as const;
const POLL_LATER = 5 * 60_000;
/** What is owed for long is asked for more seldom, each time with a write of the case: after an eighth of the time that it has taken. */
const POLL_SHARE = 8;
const POLL_SELDOM = 12 * 60 * 60_000;

/** Asks another system, or asks what became of it. */
export async function doCall(
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
