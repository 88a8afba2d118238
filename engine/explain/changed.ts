import type { JournalEntry } from '../model/case.ts';

/**
 * What others changed, as `<form>.<field>`, since somebody of the role last acted before it: whoever looks again need not
 * read everything again. Taking the task up afterwards changes nothing of it. Null where nobody of the role has acted
 * before, so that all is new. [XPL-13]
 * @param journal oldest first
 */
export function changedSince(journal: readonly JournalEntry[], role: string): readonly string[] | null {
  const changed = new Set<string>();
  let seen = false;
  for (const entry of [...journal].reverse()) {
    if (entry.part === role) {
      if (seen) return [...changed].sort();
      continue;
    }
    if (entry.changed.length === 0) continue;
    seen = true;
    for (const path of entry.changed) changed.add(path);
  }
  return null;
}
