import type { Kept } from '../listing.ts';
import type { CaseDocument } from '../store.ts';

/** All but the journal, which has rows of its own, and what lists ask of it. */
export function bodyOf({ journal: _, beside: __, ...body }: CaseDocument): string {
  return JSON.stringify(body);
}

/** As it is read back. */
export function withoutBeside(document: CaseDocument): CaseDocument {
  if (!('beside' in document)) return document;
  const { beside: _, ...rest } = document;
  return rest;
}

export const keptOf = ({ beside }: CaseDocument, before: Kept): Kept => (beside ? { course: beside.course } : before);

/** What searches find it by after this write. A case that nobody described keeps what it had. */
export function keysOf({ beside }: CaseDocument, before?: readonly string[]): { readonly keys?: readonly string[] } {
  const keys = beside?.keys ?? before;
  return keys ? { keys } : {};
}
