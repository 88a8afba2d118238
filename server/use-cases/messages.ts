import type { MessageList, MessageView } from '../../engine/contract/routes.ts';
import type { Person } from '../accounts/accounts.ts';
import { inboxTopic } from '../cases/bus.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import type { Context } from '../context.ts';
import { pageOf } from './page.ts';
import { changeMarks, type Marks, marked, marksOf, readBy } from './read-marks.ts';

const PAGE = 20;
const MARKS = 'inboxMarks';

/** Whoever has more cases than this is told of the newest of them. */
const MOST_CASES = 1_000;

interface Known {
  readonly key: string;
  readonly at: number;
  readonly entry: IndexEntry;
}

export interface MessageFilter {
  /** An own case; empty = all. */
  readonly case: string;
  readonly unread: boolean;
}

/**
 * Messages of a person's own cases, newest first; they stand with their cases, the marks with the person. Whose they are is asked of the
 * cases, never of the request. Of somebody with very many cases, those of the newest, and of the one that is asked for.
 */
export async function listMessages(
  context: Context,
  person: Person,
  filter: MessageFilter,
  wanted: number,
): Promise<MessageList> {
  const all = await messagesOf(context, person, [filter.case]);
  const isRead = readBy((await marksOf(context, MARKS, person.id)).marks);
  const here = all.filter((one) => filter.case === '' || one.entry.id === filter.case);
  const found = filter.unread ? here.filter((one) => !isRead(one)) : here;
  const { shown, place } = pageOf(found, wanted, PAGE);
  const rows = await present(context, shown, isRead);
  const named = [...new Set(all.map(({ entry }) => entry))].sort((a, b) => b.createdAt - a.createdAt);
  return {
    rows,
    ...place,
    unread: all.filter((one) => !isRead(one)).length,
    unreadHere: here.filter((one) => !isRead(one)).length,
    newest: all[0]?.at ?? 0,
    cases: named.map(({ id, number, subject }) => ({ id, number, subject })),
  };
}

export async function countUnread(context: Context, person: Person): Promise<number> {
  const isRead = readBy((await marksOf(context, MARKS, person.id)).marks);
  return (await messagesOf(context, person)).filter((one) => !isRead(one)).length;
}

/** Marks some messages; keys that are not the person's own change nothing. @returns how many are unread now */
export function markMessages(
  context: Context,
  person: Person,
  keys: readonly string[],
  read: boolean,
): Promise<number> {
  const wanted = new Set(keys);
  return change(context, person, keys.map(caseOf), (known, marks) => {
    const isRead = readBy(marks);
    return marked(known, (one) => (wanted.has(one.key) ? read : isRead(one)), marks.until);
  });
}

/** @param until what came later stays unread: nobody has seen it. @param only an own case; empty = all */
export function markAll(context: Context, person: Person, until: number, only: string): Promise<number> {
  return change(context, person, [only], (known, marks) => {
    const isRead = readBy(marks);
    const covered = only === '' ? Math.max(marks.until, Math.min(until, context.clock.now())) : marks.until;
    return marked(known, (one) => isRead(one) || (one.at <= until && (only === '' || one.entry.id === only)), covered);
  });
}

/** The case of a message. */
const caseOf = (key: string): string => key.slice(0, key.indexOf(':'));

/** @param also cases that are meant, however old; those of others change nothing */
async function messagesOf({ cases }: Context, person: Person, also: readonly string[] = []): Promise<readonly Known[]> {
  const newest = await cases.lists.ownedBy(person.id, MOST_CASES);
  const known = new Set(newest.map(({ id }) => id));
  const missing = newest.length < MOST_CASES ? [] : [...new Set(also)].filter((id) => id !== '' && !known.has(id));
  const older = missing.length === 0 ? [] : [...(await cases.lists.many(missing)).values()];
  return [...newest, ...older.filter(({ owner }) => owner === person.id)]
    .flatMap((entry) => entry.inbox.map((one) => ({ ...one, entry })))
    .sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : -1));
}

async function change(
  context: Context,
  person: Person,
  also: readonly string[],
  make: (known: readonly Known[], marks: Marks) => Marks,
): Promise<number> {
  const known = await messagesOf(context, person, also);
  await changeMarks(context, MARKS, person.id, (marks) => make(known, marks));
  // Other pages of the person show it, too.
  context.bus.tell(inboxTopic(person.id), 0);
  return countUnread(context, person);
}

/** Only what stands on the page is read, each case once. */
async function present(
  { cases }: Context,
  shown: readonly Known[],
  isRead: (one: Known) => boolean,
): Promise<readonly MessageView[]> {
  const read = new Map<string, ReturnType<typeof cases.read>>();
  for (const { entry } of shown) if (!read.has(entry.id)) read.set(entry.id, cases.read(entry.id));
  const rows = await Promise.all(
    shown.map(async (one) => {
      const { document, definition } = await read.get(one.entry.id)!;
      const said = document.inbox?.find(({ key }) => key === one.key);
      // Erased between the look at the list and this one.
      if (!said) return null;
      const { id, number, subject } = one.entry;
      const { project, workflow } = definition;
      return {
        ...{ key: one.key, at: one.at, text: said.text, read: isRead(one) },
        case: { id, number, subject, project: project.title, workflow: workflow.title },
      };
    }),
  );
  return rows.flatMap((row) => row ?? []);
}
