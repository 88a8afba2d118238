import type { Person } from '../accounts/accounts.ts';
import { isSeenAtDesk, mayDo } from '../policies/case-access.ts';
import { pageOf } from '../use-cases/page.ts';
import type { CaseLists, DeskAsking, DeskFound, Found, OwnAsking, Place, SearchedFor, Standing } from './case-lists.ts';
import type { CaseIndex, IndexEntry, OpenTask } from './index-of-cases.ts';
import { pressureOf } from './pressure.ts';

/** Lists out of the index of all cases: whatever they ask, one look at each case. */
export function listsInMemory(index: CaseIndex): CaseLists {
  const picked = (fits: (entry: IndexEntry) => boolean): IndexEntry[] => [...index.all()].filter(fits);
  const newest = (entries: readonly IndexEntry[]): IndexEntry[] =>
    [...entries].sort((a, b) => b.createdAt - a.createdAt || (a.number < b.number ? 1 : -1));

  return {
    finds: 'parts',
    get: async (id) => index.get(id),
    async many(ids) {
      return new Map(ids.flatMap((id) => entryOf(index, id)));
    },
    async numbered(numbers) {
      const wanted = new Set(numbers);
      return new Map(picked(({ number }) => wanted.has(number)).map((entry) => [entry.number, entry]));
    },
    ownedBy: async (person, most) => newest(index.ownedBy(person)).slice(0, most),
    own: (asking) => own(newest(ownOf(index, asking, picked)), asking),
    desk: async (asking) => desk(index.all(), asking),
    async alike({ id, subject }, person, most) {
      const alike = picked(
        (entry) => subject !== '' && entry.id !== id && entry.subject === subject && isSeenAtDesk(person, entry),
      );
      return found(newest(alike), { page: 1, size: most });
    },
    claimed: async (person) => ({
      entries: picked((entry) => entry.tasks.some(({ only }) => only !== null) && isSeenAtDesk(person, entry)),
      more: false,
    }),
    async waiting(projects) {
      const since = ({ waits, updatedAt }: IndexEntry): number =>
        Math.min(...waits.map((wait) => wait.since), updatedAt);
      return picked(({ over, project }) => !over && projects.includes(project)).sort((a, b) => since(a) - since(b));
    },
    async changed(projects, since, after, most) {
      const isAfter = ({ updatedAt, id }: IndexEntry): boolean =>
        after === null || updatedAt > after.at || (updatedAt === after.at && id > after.id);
      return picked((entry) => projects.includes(entry.project) && entry.updatedAt >= since && isAfter(entry))
        .sort((a, b) => a.updatedAt - b.updatedAt || (a.id < b.id ? -1 : 1))
        .slice(0, most);
    },
    async *open(project, except) {
      yield* picked((entry) => entry.project === project && !entry.over && entry.release !== except);
    },
    standing: async (project, release, now) =>
      standing(
        picked((entry) => entry.project === project && !entry.over),
        release,
        now,
      ),
    count: async () => ({ cases: index.size, estimated: false }),
  };
}

function entryOf(index: CaseIndex, id: string): readonly (readonly [string, IndexEntry])[] {
  const entry = index.get(id);
  return entry === null ? [] : [[id, entry]];
}

function found(all: readonly IndexEntry[], { page, size }: Place): Found {
  const { shown, place } = pageOf(all, page, size);
  return { entries: shown, ...place, more: false };
}

function ownOf(
  index: CaseIndex,
  { whose, list }: OwnAsking,
  picked: (fits: (entry: IndexEntry) => boolean) => IndexEntry[],
): readonly IndexEntry[] {
  const all =
    whose.owner === undefined ? picked(({ company }) => company === whose.company) : index.ownedBy(whose.owner);
  return all.filter((entry) => list === '' || entry.lists.includes(list));
}

/** @param all theirs that stand in the list, the newest first */
export async function own(all: readonly IndexEntry[], asking: OwnAsking) {
  const { number, workflow, status, from, before, also } = asking;
  const fitting: IndexEntry[] = [];
  for (const entry of all) {
    const fits =
      entry.number.includes(number) &&
      (workflow === '' || entry.workflow === workflow) &&
      (status === '' || entry.label === status) &&
      (from === null || entry.createdAt >= from) &&
      (before === null || entry.createdAt < before) &&
      (also === undefined || (await also(entry)));
    if (fits) fitting.push(entry);
  }
  const workflows = new Map<string, string>();
  for (const { workflow: id, release } of all) if (!workflows.has(id)) workflows.set(id, release);
  return {
    ...found(fitting, asking),
    labels: [...new Set(all.map(({ label }) => label))].filter((label) => label !== '').sort(),
    workflows: [...workflows].map(([id, release]) => ({ id, release })),
  };
}

function desk(all: Iterable<IndexEntry>, asking: DeskAsking): DeskFound {
  const { person, view, project, words, pressing, order, now } = asking;
  const seen: { readonly entry: IndexEntry; readonly rank: number }[] = [];
  for (const entry of all) {
    const mine = entry.tasks.filter((task) => mayDo(task, person, entry));
    if (isIn(view, entry, mine, person)) seen.push({ entry, rank: rankOf(mine, person) });
  }
  const fitting = seen.filter(
    ({ entry }) =>
      (project === '' || entry.project === project) &&
      (pressing === '' || pressureOf(entry, now) === pressing) &&
      (words === null || holds(entry, words)),
  );
  if (order === 'age') fitting.sort((a, b) => a.entry.createdAt - b.entry.createdAt);
  else if (view === 'all') fitting.sort((a, b) => b.entry.updatedAt - a.entry.updatedAt);
  else {
    const urgency = ({ entry }: { entry: IndexEntry }): number => entry.until ?? Number.MAX_SAFE_INTEGER;
    fitting.sort((a, b) => a.rank - b.rank || urgency(a) - urgency(b) || a.entry.updatedAt - b.entry.updatedAt);
  }
  return {
    ...found(
      fitting.map(({ entry }) => entry),
      asking,
    ),
    ...countsOf(
      seen.map(({ entry }) => entry),
      now,
    ),
  };
}

function isIn(view: DeskAsking['view'], entry: IndexEntry, mine: readonly OpenTask[], person: Person): boolean {
  if (view === 'mine') return mine.some((task) => task.claimed);
  if (view === 'open') return mine.length > 0;
  return isSeenAtDesk(person, entry);
}

function rankOf(mine: readonly OpenTask[], person: Person): number {
  if (mine.some((task) => task.prefer === person.id)) return 0;
  return mine.some((task) => task.first) ? 1 : 2;
}

function holds(entry: IndexEntry, { number, about, key }: SearchedFor): boolean {
  return (
    (number !== '' && entry.number.includes(number)) ||
    entry.subject.toLowerCase().includes(about) ||
    (key !== null && entry.keys.includes(key))
  );
}

function countsOf(entries: readonly IndexEntry[], now: number): Pick<DeskFound, 'projects' | 'pressing'> {
  const projects = new Map<string, { readonly release: string; count: number }>();
  const pressing = { warn: 0, late: 0 };
  for (const entry of entries) {
    const known = projects.get(entry.project) ?? { release: entry.release, count: 0 };
    known.count += 1;
    projects.set(entry.project, known);
    const pressure = pressureOf(entry, now);
    if (pressure !== '') pressing[pressure] += 1;
  }
  const counted = [...projects].map(([id, one]) => ({ id, ...one }));
  return { projects: counted.sort((one, other) => other.count - one.count), pressing };
}

function standing(entries: readonly IndexEntry[], release: string | null, now: number): Standing {
  const labels = new Map<string, number>();
  const counts = { open: entries.length, older: 0, warn: 0, late: 0 };
  for (const entry of entries) {
    labels.set(entry.label, (labels.get(entry.label) ?? 0) + 1);
    if (entry.release !== release) counts.older += 1;
    const pressure = pressureOf(entry, now);
    if (pressure !== '') counts[pressure] += 1;
  }
  const counted = [...labels].map(([label, count]) => ({ label, count }));
  return { ...counts, labels: counted.sort((a, b) => b.count - a.count) };
}
