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

/** More than this, of which each was asked for by what came of the one before, is a definition that runs in a circle. */
const AT_ONCE = 100;

/**
 * Does what is due in a case's outbox, oldest first. At least once: an entry leaves the outbox in the same commit that
 * takes its answer, so after a crash it is sent again under the same key.
 * @throws JobFailure when an entry is due as it was after it was done, or new ones come without end
 */
export async function workOutbox(deps: OutboxDeps, id: string): Promise<void> {
  const begun = deps.clock.now();
  let done: Due | null = null;
  let asked = 0;
  for (let n = 0; n < AT_ONCE; n += 1) {
    const { document, definition } = await deps.cases.read(id);
    const entry = nextEntry(document);
    if (!entry || entry.due > deps.clock.now()) return;
    const due = { entry, revision: document.state.revision };
    // Whatever is done changes its entry. The caller tries again later: to do it again at once would never end.
    if (done !== null && isUnchanged(done, due)) throw new JobFailure(`what was done stays due: ${entry.effect.kind}`);
    done = due;
    if (entry.since >= begun) asked += 1;
    // What is done for a step belongs to the trace of the step: whoever looks for it finds all that came of a click.
    const span = { name: `outbox ${entry.effect.kind}`, kind: 'inside', case: id } as const;
    const parent = readTraceparent(entry.trace) ?? here() ?? null;
    await traced(deps.tracing ?? plainTracing, { ...span, parent }, () => doEntry(deps, document, definition, entry));
  }
  // The rest of what has waited for long is done at once; this would be for ever.
  if (asked >= AT_ONCE - 1) throw new JobFailure('what is done asks for more without end');
}

interface Due {
  readonly entry: OutboxEntry;
  /** Of its case: a step may ask for the same once more. */
  readonly revision: number;
}

function isUnchanged({ entry: one, revision }: Due, { entry: other, revision: now }: Due): boolean {
  return (
    revision === now &&
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
