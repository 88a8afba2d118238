import type { Json } from '../../engine/model/json.ts';
import type { Log } from '../log.ts';
import { INDEX_KIND, INDEX_MARK, type Store } from '../store/store.ts';
import type { Dues } from './dues.ts';
import type { IndexEntry } from './index-of-cases.ts';

/** Entries of one document. */
const CHUNK = 1_000;
/** Documents that are written side by side. */
const AT_ONCE = 8;

type Saved = Omit<IndexEntry, 'roles'> & { readonly roles: readonly string[]; readonly dues: Dues };

interface Part {
  readonly form: string;
  readonly entries: readonly Saved[];
}

/** An index entry, and when something of the case is due. */
export interface SavedEntry {
  readonly entry: IndexEntry;
  readonly dues: Dues;
}

/** What is kept with the index. */
export interface SavedWith {
  /** What entries look like, and under which keys they are found: another form is not understood. */
  readonly form: string;
  /** What reports counted. */
  readonly counted: Json;
}

const COUNTED = 'counted';

/**
 * The index as a clean stop leaves it, so that a start need not read every case. The mark says that no case was written
 * since: whoever writes the first one removes it before (the store does). Without the mark the entries are a first
 * picture, to be compared with every case.
 */
export async function saveIndex(
  store: Store,
  entries: Iterable<IndexEntry>,
  duesOf: (id: string) => Dues,
  { form, counted }: SavedWith,
): Promise<void> {
  const all = [...entries];
  const count = Math.ceil(all.length / CHUNK);
  const write = async (part: number): Promise<void> => {
    const chunk = all
      .slice(part * CHUNK, (part + 1) * CHUNK)
      .map((entry): Saved => ({ ...entry, roles: [...entry.roles], dues: duesOf(entry.id) }));
    await store.writeDocument(INDEX_KIND, `part${part}`, { form, entries: chunk } as unknown as Json);
  };
  for (let part = 0; part < count; part += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - part) }, (_, n) => write(part + n));
    await Promise.all(some);
  }
  for (let id = count; (await store.readDocument(INDEX_KIND, `part${id}`)) !== null; id += 1)
    await store.removeDocument(INDEX_KIND, `part${id}`);
  await store.writeDocument(INDEX_KIND, COUNTED, counted);
  await store.writeDocument(INDEX_KIND, INDEX_MARK, { parts: count, entries: all.length, form });
}

/** What the last clean stop left. `whole`: nothing was written since, nothing is missing. */
export async function readIndex(
  store: Store,
  log: Log,
  form: string,
): Promise<{ readonly entries: readonly SavedEntry[]; readonly whole: boolean; readonly counted: Json | null }> {
  const entries: SavedEntry[] = [];
  const share = createSharing();
  try {
    const mark = (await store.readDocument(INDEX_KIND, INDEX_MARK))?.data as
      | { entries: number; form?: string }
      | undefined;
    for (let count = 0; ; count += 1) {
      const part = (await store.readDocument(INDEX_KIND, `part${count}`))?.data as unknown as Part | undefined;
      if (part === undefined || part.form !== form) break;
      for (const entry of part.entries) entries.push(share(entry));
    }
    const counted = (await store.readDocument(INDEX_KIND, COUNTED))?.data ?? null;
    const whole = mark?.entries === entries.length && mark.form === form && counted !== null;
    return { entries, whole, counted: whole ? counted : null };
  } catch (error) {
    // It is derived: every case is read instead.
    log.error({ error: (error as Error).message }, 'the saved index cannot be read');
    return { entries, whole: false, counted: null };
  }
}

/** What is kept of the same thing. */
function once<T>(kept: Map<string, T>, key: string, value: T): T {
  const known = kept.get(key);
  if (known !== undefined) return known;
  kept.set(key, value);
  return value;
}

/** A picture of what somebody had erased must not be kept. The next start after a crash does without. */
export async function forgetIndex(store: Store): Promise<void> {
  const ids: string[] = [];
  for await (const { id } of store.listDocuments(INDEX_KIND)) ids.push(id);
  for (const id of ids) await store.removeDocument(INDEX_KIND, id);
}

/** Thousands of cases say the same few words: each is kept once. */
function createSharing(): (saved: Saved) => SavedEntry {
  const texts = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  const sets = new Map<string, ReadonlySet<string>>();
  const text = (value: string): string => once(texts, value, value);
  const list = (value: readonly string[]): readonly string[] => once(lists, value.join('\n'), value);
  return ({ dues, ...entry }) => {
    const shared = {
      ...entry,
      project: text(entry.project),
      workflow: text(entry.workflow),
      release: text(entry.release),
      owner: text(entry.owner),
      label: text(entry.label),
      lists: list(entry.lists),
      waits: entry.waits.map((wait) => ({ ...wait, state: text(wait.state), part: text(wait.part) })),
      tasks: entry.tasks.map((task) => ({ ...task, state: text(task.state), by: text(task.by), not: list(task.not) })),
      roles: once(sets, entry.roles.join('\n'), new Set(entry.roles)),
    };
    return { entry: shared, dues };
  };
}
