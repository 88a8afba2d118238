import type { CaseState, JournalEntry, StepResult } from '../../../../engine/model/case.ts';
import type { Command } from '../../../../engine/model/command.ts';

type Answer = Extract<Command, { readonly kind: 'outcome' }>;

/** Whether the entry says that anything but the history changed. */
function isEffect(entry: JournalEntry): boolean {
  const { left, entered, proved, voided, counted, recorded, notified, changed } = entry;
  return [left, entered, proved, voided, counted, recorded, notified, changed].some((list) => list.length > 0);
}

/** The case stands where the part that the call belongs to has failed, beside the call or beside what is around it. */
function hasFailed(state: CaseState, call: string): boolean {
  const parts = call.split('.');
  const around = parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('.')}.failed`);
  return state.active.some((address) => around.some((failed) => `${address}.`.startsWith(`${failed}.`)));
}

/**
 * What an answer may do: nothing when nobody gave it, when it is that to an earlier request, or when the request was
 * answered before; and a transfer that went through after all is taken notice of by whoever was told that it failed. [I4]
 * @param truth what the other side really answered to that request, or null
 */
export function answerProblem(
  before: CaseState,
  command: Answer,
  result: Extract<StepResult, { readonly kind: 'stepped' }>,
  truth: string | null,
): string | null {
  const { call, generation, outcome } = command;
  const { entry, next } = result;
  const known = before.calls[call];
  if (known === undefined) return null;
  if (generation !== known.generation && isEffect(entry))
    return `the answer to request ${generation} of ${call} was taken for that of request ${known.generation}`;
  if (generation !== known.generation) return null;
  if (known.status === 'over' && isEffect(entry))
    return `a second answer to request ${generation} of ${call} was taken`;
  if (outcome !== 'UNAVAILABLE' && truth !== outcome)
    return `${call} was told ${outcome}, and the other side said ${truth ?? 'nothing'}`;
  const told = known.connector === 'bank' && known.operation === 'microDeposit' && outcome === 'OK';
  if (known.status === 'left' && told && hasFailed(before, call) && hasFailed(next, call))
    return 'a transfer went through after all, and the case still says that it failed';
  return null;
}
