import { HostRefused } from '../../connectors/outside/hosts.ts';
import type { CaseDocument, OutboxEntry, WebhookEffect } from '../../store/store.ts';
import { toldOf } from '../../told.ts';
import { type OutboxDeps, remove, replace } from './entry.ts';

const HOUR = 60 * 60_000;
/** A receiver that is down for a night is told in the morning. */
const WEBHOOK_RETRY = [30_000, 5 * 60_000, 30 * 60_000, 2 * HOUR, 8 * HOUR, 24 * HOUR] as const;

/** A portal is told. Its receiver may be down, slow or gone: the case goes on all the same. */
export async function doWebhook(
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
