import type { BulkOffer } from '../../engine/contract/running.ts';
import { available } from '../../engine/index.ts';
import type { Person } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import { actorOf } from '../policies/case-access.ts';

/** The buttons that this person could press for at least one of these cases, those that fit most cases first. */
export async function bulkOffers(
  context: Context,
  person: Person,
  ids: readonly string[],
): Promise<readonly BulkOffer[]> {
  const found = new Map<string, BulkOffer>();
  for (const id of ids) {
    const entry = await context.cases.entry(id);
    if (entry === null) continue;
    const { document, definition } = await context.cases.read(id);
    const actor = actorOf({ person, link: null }, entry, definition);
    if (actor === null || actor.id === entry.owner) continue;
    for (const offer of available(definition, document.state, actor, context.cases.env())) {
      if (
        offer.blockers.length > 0 ||
        (offer.saves === 'complete' && hasForms(definition.states[offer.state]?.task?.forms))
      )
        continue;
      const { event, title, look, confirm, form } = offer;
      const known = found.get(event);
      found.set(event, {
        ...{ event, title, look, release: entry.release, count: (known?.count ?? 0) + 1 },
        ...(confirm !== undefined && { confirm }),
        ...(form !== undefined && { form }),
      });
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** What is filled in for one case cannot be filled in for many. */
function hasForms(forms: readonly string[] | undefined): boolean {
  return (forms?.length ?? 0) > 0;
}
