import type { CaseList, DeskList } from '../../engine/contract/routes.ts';
import type { CaseRow } from '../../engine/contract/view.ts';
import { zoneMinutes } from '../../engine/zone.ts';
import { APPLICANT, type Person } from '../accounts/accounts.ts';
import type { Found, SearchedFor } from '../cases/case-lists.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import { searchKey } from '../cases/search-keys.ts';
import type { Context } from '../context.ts';
import { actorOf, type Caller } from '../policies/case-access.ts';
import { StoreCorrupt } from '../store/store.ts';
import { actorFor } from './open-case.ts';
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
  const { person, acting } = viewer;
  const to = dayStart(filter.to);
  const words = wordsOf(filter.text);
  const subject = filter.subject.toLowerCase();
  const { list, workflow, status } = filter;
  const found = await context.cases.lists.own({
    whose: acting ? { company: acting } : { owner: person.id },
    ...{ list, workflow, status, page, size: PAGE },
    // Numbers are shown in groups; people paste them with the spaces. Anything else is in no number.
    number: filter.number.replace(/[\s-]/g, ''),
    from: dayStart(filter.from),
    before: to === null ? null : to + DAY,
    ...((subject !== '' || words.length > 0) && {
      also: async (entry) =>
        entry.subject.toLowerCase().includes(subject) && (words.length === 0 || holdsWords(context, entry, words)),
    }),
  });
  const workflows = found.workflows.map(async ({ id, release }) => {
    return { id, title: (await context.releases.definition(release)).workflow.title };
  });
  return {
    ...(await present(context, viewer, found)),
    statuses: found.labels,
    workflows: await Promise.all(workflows),
  };
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
  const { view, project, pressing, order } = filter;
  const about = filter.text.trim().toLowerCase();
  const found = await context.cases.lists.desk({
    ...{ person: viewer.person, view, project, pressing, order, page, size: DESK_PAGE },
    now: context.clock.now(),
    words: about === '' ? null : searched(context, filter.text, about),
  });
  const projects = found.projects.map(async ({ id, release, count }) => {
    return { id, title: (await context.releases.definition(release)).project.title, count };
  });
  return {
    ...(await present(context, viewer, found)),
    projects: await Promise.all(projects),
    pressing: found.pressing,
    finds: context.cases.lists.finds,
  };
}

/** What stands sealed in a case is found by its blind key: typed in whole, or not at all. */
function searched({ crypto }: Context, text: string, about: string): SearchedFor {
  return { number: text.replace(/[\s-]/g, ''), about, key: about.length < 2 ? null : searchKey(crypto, about) };
}

/** Other cases about the same subject that staff may see too, newest first. */
export async function listOfSubject(context: Context, viewer: Viewer, id: string): Promise<CaseList> {
  const actor = await actorFor(context, viewer, id);
  const entry = await context.cases.lists.get(id);
  // An applicant has lists of their own, and what has no subject yet is about nothing.
  const isStaff = actor.via === undefined && !actor.roles.includes(APPLICANT);
  if (!isStaff || entry === null || entry.subject === '') return { rows: [], total: 0, page: 1, pages: 1 };
  return present(context, viewer, await context.cases.lists.alike(entry, viewer.person, DESK_PAGE));
}

/** Only the rows of the page are read. */
async function present(context: Context, viewer: Viewer, found: Found): Promise<CaseList> {
  const rows = await Promise.all(found.entries.map((entry) => rowOf(context, viewer, entry)));
  const { total, page, pages, more } = found;
  return { rows: rows.flatMap((row) => row ?? []), total, page, pages, ...(more && { more }) };
}

async function rowOf(context: Context, viewer: Viewer, entry: IndexEntry): Promise<CaseRow | null> {
  // A row says what the case is at this revision: the list has asked for the newest already.
  const read = await context.cases.read(entry.id, entry.revision).catch((error: unknown) => {
    // A damaged case is told by /readyz; the others of the page are shown.
    if (error instanceof StoreCorrupt) return null;
    throw error;
  });
  if (read === null) return null;
  const { document, definition } = read;
  const actor = actorOf({ ...viewer, link: null }, entry, definition);
  if (!actor) return null;
  const asks = entry.talk?.asks === true && actor.id !== entry.owner;
  return { ...context.engine.row(definition, document.state, actor, context.cases.env()), ...(asks && { asks }) };
}

/** Start of a day in Asia/Shanghai, or null. */
function dayStart(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? null : time - zoneMinutes * 60_000;
}
