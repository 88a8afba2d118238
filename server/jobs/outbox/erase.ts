import type { Definition } from '../../../engine/model/definition.ts';
import type { Effect } from '../../../engine/model/effect.ts';
import { forgetIndex } from '../../cases/saved-index.ts';
import type { CaseDocument } from '../../store/store.ts';
import { type OutboxDeps, remove } from './entry.ts';

type Erase = Extract<Effect, { kind: 'erase' }>;

/** Until it is done: a disk that refuses is tried again like any job that failed. */
export async function doErase(
  deps: OutboxDeps,
  document: CaseDocument,
  definition: Definition,
  effect: Erase,
): Promise<void> {
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
