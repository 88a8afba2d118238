import type { Definition } from '../../../engine/model/definition.ts';
import { nextEntry } from '../../cases/dues.ts';
import type { CaseDocument, OutboxEntry } from '../../store/store.ts';
import { here, readTraceparent } from '../../trace/place.ts';
import { plainTracing, traced } from '../../trace/tracing.ts';
import { JobFailure } from '../failure.ts';
import { doCall } from './call.ts';
import { type OutboxDeps, remove } from './entry.ts';
import { doErase } from './erase.ts';
import { doNotice } from './notice.ts';
import { doWebhook } from './webhook.ts';

/**
 * Does what is due in a case's outbox, oldest first. At least once: an entry leaves the outbox in the same commit that
 * takes its answer, so after a crash it is sent again under the same key.
 * @throws JobFailure when an entry is due as it was after it was done
 */
export async function workOutbox(deps: OutboxDeps, id: string): Promise<void> {
  let done: OutboxEntry | null = null;
  for (let n = 0; n < 100; n += 1) {
    const { document, definition } = await deps.cases.read(id);
    const entry = nextEntry(document);
    if (!entry || entry.due > deps.clock.now()) return;
    // Whatever is done changes its entry. The caller tries again later: to do it again at once would never end.
    if (done !== null && isUnchanged(done, entry))
      throw new JobFailure(`what was done stays due: ${entry.effect.kind}`);
    done = entry;
    // What is done for a step belongs to the trace of the step: whoever looks for it finds all that came of a click.
    const asked = { name: `outbox ${entry.effect.kind}`, kind: 'inside', case: id } as const;
    const parent = readTraceparent(entry.trace) ?? here() ?? null;
    await traced(deps.tracing ?? plainTracing, { ...asked, parent }, () => doEntry(deps, document, definition, entry));
  }
}

function isUnchanged(one: OutboxEntry, other: OutboxEntry): boolean {
  return (
    one.effect.key === other.effect.key &&
    one.since === other.since &&
    one.tries === other.tries &&
    one.due === other.due &&
    one.pendingSince === other.pendingSince
  );
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
