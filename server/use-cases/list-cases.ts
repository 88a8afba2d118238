import type { CaseList, DeskList } from '../../engine/contract/routes.ts';
import type { CaseRow } from '../../engine/contract/view.ts';
import { zoneMinutes } from '../../engine/zone.ts';
import { APPLICANT, type Person } from '../accounts/accounts.ts';
import type { IndexEntry, OpenTask } from '../cases/index-of-cases.ts';
import { searchKey } from '../cases/search-keys.ts';
import type { Context } from '../context.ts';
import { actorOf, type Caller, isSeenAtDesk, mayDo } from '../policies/case-access.ts';
import { StoreCorrupt } from '../store/store.ts';
import { actorFor } from './open-case.ts';
import { pageOf } from './page.ts';
import { holdsWords, wordsOf } from './search-case.ts';

const PAGE = 10;
const DESK_PAGE = 20;
const DAY = 86_400_000;

export interface OwnFilter {
  /** Words that stand somewhere in the case; empty = any case. */
  readonly text: string;
  /** A list that processes declare; empty = all cases. */
  readonly list: string;
  readonly number: string;
  readonly workflow: string;
  readonly subject: string;
  readonly status: string;
  /** YYYY-MM-DD in Asia/Shanghai, both inclusive; anything else is no limit. */
  readonly from: string;
  readonly to: string;
}

/** A caller who is logged in. */
type Viewer = Caller & { readonly person: Person };

/** A person's own cases, or those of the company that they act for now, newest first. */
export async function listOwn(context: Context, viewer: Viewer, filter: OwnFilter, page: number): Promise<CaseList> {
  const { person } = viewer;
  const from = dayStart(filter.from);
  const to = dayStart(filter.to);
  const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
  // Numbers are shown in groups; people paste them with the spaces. Anything else is in no number.
  const number = filter.number.replace(/[\s-]/g, '');
  const { acting } = viewer;
  const theirs = (): IndexEntry[] => [...context.cases.index.all()].filter((entry) => entry.company === acting);
  const own = (acting ? theirs() : context.cases.index.ownedBy(person.id)).filter(
    (entry) => filter.list === '' || entry.lists.includes(filter.list),
  );
  const fitting = own.filter(
    (entry) =>
      entry.number.includes(number) &&
      (filter.workflow === '' || entry.workflow === filter.workflow) &&
      has(entry.subject, filter.subject) &&
      (filter.status === '' || entry.label === filter.status) &&
      (from === null || entry.createdAt >= from) &&
      (to === null || entry.createdAt < to + DAY),
  );
  const found = await withWords(context, fitting, wordsOf(filter.text));
  found.sort((a, b) => b.createdAt - a.createdAt || (a.number < b.number ? 1 : -1));
  const workflows = new Map<string, string>();
  for (const { workflow, release } of own) {
    if (!workflows.has(workflow)) workflows.set(workflow, (await context.releases.definition(release)).workflow.title);
  }
  return {
    ...(await present(context, viewer, found, page, PAGE)),
    statuses: [...new Set(own.map(({ label }) => label))].filter((label) => label !== '').sort(),
    workflows: [...workflows].map(([id, title]) => ({ id, title })),
  };
}

async function withWords(
  context: Context,
  entries: readonly IndexEntry[],
  words: readonly string[],
): Promise<IndexEntry[]> {
  if (words.length === 0) return [...entries];
  const found: IndexEntry[] = [];
  for (const entry of entries) if (await holdsWords(context, entry, words)) found.push(entry);
  return found;
}

/** What of the desk's cases is asked for; empty texts ask for nothing. */
export interface DeskFilter {
  readonly view: 'mine' | 'open' | 'all';
  /** Id of a project. */
  readonly project: string;
  /** Part of the number or of what the case is about, or the whole of a short text in its forms: a name, a code, a phone. */
  readonly text: string;
  /** `warn`: the promise presses; `late`: it is broken. */
  readonly pressing: '' | 'warn' | 'late';
  /** `age`: whoever has waited longest first; otherwise the most urgent first. */
  readonly order: '' | 'age';
}

/**
 * The desk's queue. `open`: tasks that this person could take or do now; `mine`: those claimed by them; `all`: every case
 * that their roles may see. First what this person knows from before, then what goes before others, then the most urgent.
 */
export async function listDesk(context: Context, viewer: Viewer, filter: DeskFilter, page: number): Promise<DeskList> {
  const { person } = viewer;
  const now = context.clock.now();
  const seen: { entry: IndexEntry; rank: number }[] = [];
  for (const entry of context.cases.index.all()) {
    const mine = entry.tasks.filter((task) => mayDo(task, person, entry));
    if (isIn(filter.view, entry, mine, person)) seen.push({ entry, rank: rankOf(mine, person) });
  }
  const number = filter.text.replace(/[\s-]/g, '');
  const about = filter.text.trim().toLowerCase();
  // What stands sealed in a case is found by its blind key: typed in whole, or not at all.
  const key = about.length < 2 ? null : searchKey(context.crypto, about);
  const found = seen.filter(
    ({ entry }) =>
      (filter.project === '' || entry.project === filter.project) &&
      (filter.pressing === '' || pressureOf(entry, now) === filter.pressing) &&
      (about === '' ||
        (number !== '' && entry.number.includes(number)) ||
        entry.subject.toLowerCase().includes(about) ||
        (key !== null && entry.keys.includes(key))),
  );
  if (filter.order === 'age') found.sort((a, b) => a.entry.createdAt - b.entry.createdAt);
  else if (filter.view === 'all') found.sort((a, b) => b.entry.updatedAt - a.entry.updatedAt);
  else {
    const urgency = ({ entry }: { entry: IndexEntry }): number => entry.until ?? Number.MAX_SAFE_INTEGER;
    found.sort((a, b) => a.rank - b.rank || urgency(a) - urgency(b) || a.entry.updatedAt - b.entry.updatedAt);
  }
  const entries = found.map(({ entry }) => entry);
  return {
    ...(await present(context, viewer, entries, page, DESK_PAGE)),
    ...(await countsOf(
      context,
      seen.map(({ entry }) => entry),
      now,
    )),
  };
}

function isIn(view: DeskFilter['view'], entry: IndexEntry, mine: readonly OpenTask[], person: Person): boolean {
  if (view === 'mine') return mine.some((task) => task.claimed);
  if (view === 'open') return mine.length > 0;
  return isSeenAtDesk(person, entry);
}

function rankOf(mine: readonly OpenTask[], person: Person): number {
  if (mine.some((task) => task.prefer === person.id)) return 0;
  return mine.some((task) => task.first) ? 1 : 2;
}

/** Whether what is promised for it presses, or is late. */
export function pressureOf({ promised }: IndexEntry, now: number): '' | 'warn' | 'late' {
  if (promised === null || now < promised.warn) return '';
  return now < promised.until ? 'warn' : 'late';
}

async function countsOf(
  context: Context,
  entries: readonly IndexEntry[],
  now: number,
): Promise<Pick<DeskList, 'projects' | 'pressing'>> {
  const projects = new Map<string, { readonly release: string; count: number }>();
  const pressing = { warn: 0, late: 0 };
  for (const entry of entries) {
    const known = projects.get(entry.project) ?? { release: entry.release, count: 0 };
    known.count += 1;
    projects.set(entry.project, known);
    const pressure = pressureOf(entry, now);
    if (pressure !== '') pressing[pressure] += 1;
  }
  const named = [...projects].map(async ([id, { release, count }]) => {
    const { project } = await context.releases.definition(release);
    return { id, title: project.title, count };
  });
  const byCount = (one: { count: number }, other: { count: number }) => other.count - one.count;
  return { projects: (await Promise.all(named)).sort(byCount), pressing };
}

/** Other cases about the same subject that staff may see too, newest first. */
export async function listOfSubject(context: Context, viewer: Viewer, id: string): Promise<CaseList> {
  const actor = await actorFor(context, viewer, id);
  const subject = context.cases.index.get(id)?.subject ?? '';
  // An applicant has lists of their own, and what has no subject yet is about nothing.
  const isStaff = actor.via === undefined && !actor.roles.includes(APPLICANT);
  const found = [...context.cases.index.all()].filter(
    (entry) =>
      isStaff && subject !== '' && entry.id !== id && entry.subject === subject && isSeenAtDesk(viewer.person, entry),
  );
  found.sort((a, b) => b.createdAt - a.createdAt);
  return present(context, viewer, found, 1, DESK_PAGE);
}

/** Only the rows of the page are read. */
async function present(
  context: Context,
  viewer: Viewer,
  found: readonly IndexEntry[],
  wanted: number,
  size: number,
): Promise<CaseList> {
  const { shown, place } = pageOf(found, wanted, size);
  const rows: CaseRow[] = [];
  for (const entry of shown) {
    const read = await context.cases.read(entry.id).catch((error: unknown) => {
      // A damaged case is told by /readyz; the others of the page are shown.
      if (error instanceof StoreCorrupt) return null;
      throw error;
    });
    if (read === null) continue;
    const { document, definition } = read;
    const actor = actorOf({ ...viewer, link: null }, entry, definition);
    if (!actor) continue;
    const asks = entry.talk?.asks === true && actor.id !== entry.owner;
    rows.push({ ...context.engine.row(definition, document.state, actor, context.cases.env()), ...(asks && { asks }) });
  }
  return { rows, ...place };
}

/** Start of a day in Asia/Shanghai, or null. */
function dayStart(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? null : time - zoneMinutes * 60_000;
}
