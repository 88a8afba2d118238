import type { JournalEntry } from '../../engine/index.ts';

/** Where a case was, for the diagram: the states it entered, and which followed which. */
export function trailOf(journal: readonly JournalEntry[]): {
  readonly visited: ReadonlySet<string>;
  readonly taken: readonly (readonly [string, string])[];
} {
  const visited = new Set<string>();
  const taken: (readonly [string, string])[] = [];
  for (const entry of journal) {
    for (const id of [...entry.left, ...entry.entered]) visited.add(id);
    for (const from of entry.left) {
      // Regions move side by side: only what belongs to the same region followed.
      for (const to of entry.entered) if (regionOf(from) === regionOf(to)) taken.push([from, to]);
    }
  }
  return { visited, taken };
}

const regionOf = (address: string): string => address.split('.', 1)[0] ?? address;
