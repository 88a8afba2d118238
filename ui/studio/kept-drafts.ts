/**
 * What was written and not saved yet, kept in this browser: the window may close in the middle. One entry for each window
 * that edits, so that none writes over another one's.
 */
export interface KeptDraft {
  /** Of the window. */
  readonly id: string;
  readonly text: string;
  /** What the server held when the editing began, and its version. */
  readonly saved: string;
  readonly base: number;
  readonly at: number;
}

const MOST = 5;

const placeOf = (person: string, project: string): string => `certflow.studio.${person}.${project}`;

/** Newest first. */
export function keptDrafts(person: string, project: string): readonly KeptDraft[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(placeOf(person, project)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isKept).sort((a, b) => b.at - a.at) : [];
  } catch {
    return [];
  }
}

/** Puts the draft in, in the place of an earlier one of the same window. */
export function keepDraft(person: string, project: string, draft: KeptDraft): void {
  write(person, project, [draft, ...keptDrafts(person, project).filter(({ id }) => id !== draft.id)].slice(0, MOST));
}

export function dropDraft(person: string, project: string, id: string): void {
  const kept = keptDrafts(person, project);
  if (kept.some((one) => one.id === id))
    write(
      person,
      project,
      kept.filter((one) => one.id !== id),
    );
}

function write(person: string, project: string, drafts: readonly KeptDraft[]): void {
  try {
    if (drafts.length === 0) localStorage.removeItem(placeOf(person, project));
    else localStorage.setItem(placeOf(person, project), JSON.stringify(drafts));
  } catch {
    // No room, or no storage: saving to the server goes on all the same.
  }
}

function isKept(value: unknown): value is KeptDraft {
  const { id, text, saved, base, at } = (value ?? {}) as { readonly [key: string]: unknown };
  return (
    [id, text, saved].every((one) => typeof one === 'string') && [base, at].every((one) => typeof one === 'number')
  );
}
