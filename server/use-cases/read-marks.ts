import type { Json } from '../../engine/model/json.ts';
import type { Context } from '../context.ts';
import { Conflict } from '../store/store.ts';

/** How often marks are set anew because another page of the person was faster. */
const MOST_TRIES = 5;

/** What a person has read, in one small document of theirs: everything until a time, and what is otherwise. */
export interface Marks {
  readonly until: number;
  /** Keys of newer ones that were read. */
  readonly read: readonly string[];
  /** Keys of older ones that were not, or shall be read once more. */
  readonly unread: readonly string[];
}

interface Marked {
  readonly key: string;
  readonly at: number;
}

const none: Marks = { until: 0, read: [], unread: [] };

export function readBy({ until, read, unread }: Marks): (one: Marked) => boolean {
  const [was, wasNot] = [new Set(read), new Set(unread)];
  return ({ at, key }) => (at <= until ? !wasNot.has(key) : was.has(key));
}

/** The shortest marks that say it; of what is there no more nothing is kept. */
export function marked<One extends Marked>(known: readonly One[], isRead: (one: One) => boolean, until: number): Marks {
  return {
    until,
    read: known.filter((one) => one.at > until && isRead(one)).map(({ key }) => key),
    unread: known.filter((one) => one.at <= until && !isRead(one)).map(({ key }) => key),
  };
}

/** @param kind of the documents, one for each thing that is read */
export async function marksOf(
  { store }: Pick<Context, 'store'>,
  kind: string,
  person: string,
): Promise<{ readonly marks: Marks; readonly version: number }> {
  const stored = await store.readDocument(kind, person);
  return { marks: (stored?.data as unknown as Marks | undefined) ?? none, version: stored?.version ?? 0 };
}

/** Sets a person's marks anew from the newest ones. @throws Conflict when other pages are faster again and again */
export async function changeMarks(
  context: Pick<Context, 'store'>,
  kind: string,
  person: string,
  make: (marks: Marks) => Marks | Promise<Marks>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const { marks, version } = await marksOf(context, kind, person);
    try {
      await context.store.writeDocument(kind, person, { ...(await make(marks)) } as unknown as Json, version);
      return;
    } catch (error) {
      if (!(error instanceof Conflict) || tries === MOST_TRIES) throw error;
    }
  }
}
