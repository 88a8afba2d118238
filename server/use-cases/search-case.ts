import type { Json } from '../../engine/model/json.ts';
import { APPLICANT } from '../accounts/accounts.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import { folded } from '../cases/search-keys.ts';
import type { Context } from '../context.ts';

/** Words of a search. More of them narrow it; nobody types so many. */
const MOST_WORDS = 8;

export function wordsOf(text: string): readonly string[] {
  return folded(text)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

/**
 * Every word stands somewhere in what the owner typed (also in a draft), in the number, the subject or the state of the
 * case. Values are compared as they are typed: without spaces between digits, capital or small. For the owner's own cases
 * only: nothing is masked here.
 */
export async function holdsWords(context: Context, entry: IndexEntry, words: readonly string[]): Promise<boolean> {
  const plain = [entry.number, entry.subject, entry.label].map(folded);
  let open = words.filter((word) => !plain.some((text) => text.includes(word)));
  if (open.length === 0) return true;
  const { document } = await context.cases.read(entry.id);
  const draft = await context.drafts.read(entry.id, APPLICANT);
  const typed = [...textsIn(document.state.forms), ...textsIn(draft.forms)].map(folded);
  open = open.filter((word) => !typed.some((text) => text.includes(word)));
  return open.length === 0;
}

/** The names of files are texts of theirs, too; numbers and ticks are not searched. */
function textsIn(value: Json | { readonly [name: string]: Json }): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap((inner) => textsIn(inner as Json));
}
