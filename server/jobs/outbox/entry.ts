import type { Cases } from '../../cases/cases.ts';
import type { DeskNotices } from '../../cases/desk-notices.ts';
import type { Drafts } from '../../cases/drafts.ts';
import type { Secrets } from '../../cases/secrets.ts';
import type { Clock } from '../../clock.ts';
import type { Connectors } from '../../connectors/index.ts';
import type { Refusals } from '../../connectors/outside/refusals.ts';
import type { Readings } from '../../files/readings.ts';
import type { Vault } from '../../files/vault.ts';
import type { Log } from '../../log.ts';
import type { Webhooks } from '../../portal/webhooks.ts';
import type { OutboxEntry, Store } from '../../store/store.ts';
import type { Tracing } from '../../trace/tracing.ts';
import type { DeadLetters } from '../dead-letters.ts';

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

/** After a circuit closes, its requests go out spread over this time. */
export const CLEAR = 5_000;

/** Written under the effect's key: telling twice tells once. */
export async function tellDesk(
  deps: OutboxDeps,
  caseId: string,
  key: string,
  to: string | null,
  text: string,
): Promise<void> {
  await deps.deskNotices.put({ key, caseId, to, text });
}

export async function remove(deps: OutboxDeps, id: string, key: string): Promise<void> {
  await deps.cases.adjust(id, (now) => ({ ...now, outbox: now.outbox.filter(({ effect }) => effect.key !== key) }));
}

export async function replace(
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
