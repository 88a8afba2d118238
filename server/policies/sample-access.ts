import type { Person } from '../accounts/accounts.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import { may } from './abilities.ts';
import { isOwnSide } from './case-access.ts';

/**
 * Whether this person may have a case as an anonymous sample: testers of its project. Not their own one, nor one of a
 * company that they act for: whoever knows the original would learn which fiction stands for what, and who worked on it.
 */
export function mayHaveAsSample(person: Person, entry: Pick<IndexEntry, 'project' | 'owner' | 'company'>): boolean {
  return may(person, 'sample', entry.project) && !isOwnSide(person, entry);
}
