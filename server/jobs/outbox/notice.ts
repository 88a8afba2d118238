import type { Effect } from '../../../engine/model/effect.ts';
import type { RequestContext } from '../../connectors/connector.ts';
import { ContractViolation, NotYet } from '../../connectors/failure.ts';
import type { CaseDocument, OutboxEntry } from '../../store/store.ts';
import { toldOf } from '../../told.ts';
import { withSent } from '../sent.ts';
import { CLEAR, type OutboxDeps, remove, replace, tellDesk } from './entry.ts';

type Notice = Extract<Effect, { kind: 'notice' }>;

/** Waiting times for notices, which no contract of the workflow speaks about. */
const NOTICE_RETRY = [30_000, 5 * 60_000, 30 * 60_000, 2 * 60 * 60_000] as const;
/** A notice that has waited so long (a night, a full day's cap, a gateway that is down) is one that was not sent. */
const NOTICE_LIMIT = 36 * 60 * 60_000;
/** Tells a person, by whatever the notice says. */
export async function doNotice(
  deps: OutboxDeps,
  document: CaseDocument,
  entry: OutboxEntry,
  effect: Notice,
): Promise<void> {
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
