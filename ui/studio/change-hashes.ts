import type { Issue } from '../../engine/model/issue.ts';
import { changesIn, withChange } from './change-in-text.ts';

/**
 * The text with new hashes for the project's own changes that one of its own edits put out of step: a state whose label
 * another change of the project says is removed against the new label. A change that was in conflict before stays so: there the
 * base has changed, and somebody has to look at it.
 * @param before what was found in the text before the edit
 */
export function withNewHashes(text: string, before: readonly Issue[], now: readonly Issue[]): string {
  const known = new Set(before.flatMap((issue) => (isConflict(issue) ? [issue.path] : [])));
  let next = text;
  for (const issue of now) {
    if (!isConflict(issue) || known.has(issue.path)) continue;
    const name = issue.path?.slice('changes.'.length) ?? '';
    const found = changesIn(text)?.find((one) => one.name === name);
    // The proposal is a hash; what else the check proposes is a sentence.
    if (found && /^[0-9a-f]{8}$/.test(issue.proposal ?? ''))
      next = withChange(next, name, { ...found.change, was: issue.proposal ?? '' });
  }
  return next;
}

function isConflict({ code, path }: Issue): boolean {
  return code === 'change-conflict' && path?.startsWith('changes.') === true;
}
