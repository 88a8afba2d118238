import type { CaseList } from '../../engine/contract/routes.ts';
import type { CaseRow } from '../../engine/contract/view.ts';
import { zoneMinutes } from '../../engine/zone.ts';
import { APPLICANT, type Person } from '../accounts/accounts.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import type { Context } from '../context.ts';
import { actorOf, type Caller, mayDo } from '../policies/case-access.ts';

const PAGE = 10;
const DESK_PAGE = 20;
const DAY = 86_400_000;

export interface OwnFilter {
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

/** A person's own cases, newest first. */
export async function listOwn(context: Context, viewer: Viewer, filter: OwnFilter, page: number): Promise<CaseList> {
  const { person } = viewer;
  const from = dayStart(filter.from);
  const to = dayStart(filter.to);
  const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
  // Numbers are shown in groups; people paste them with the spaces. Anything else is in no number.
  const number = filter.number.replace(/[\s-]/g, '');
  const own = context.cases.index
    .ownedBy(person.id)
    .filter((entry) => filter.list === '' || entry.lists.includes(filter.list));
  const found = own.filter(
    (entry) =>
      entry.number.includes(number) &&
      (filter.workflow === '' || entry.workflow === filter.workflow) &&
      has(entry.subject, filter.subject) &&
      (filter.status === '' || entry.label === filter.status) &&
      (from === null || entry.createdAt >= from) &&
      (to === null || entry.createdAt < to + DAY),
  );
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

/**
 * The desk's queue. `open`: tasks that this person could take or do now; `mine`: those claimed by them; `all`: every case
 * that their roles may see. First what this person knows from before, then what goes before others, then the most urgent.
 */
export function listDesk(
  context: Context,
  viewer: Viewer,
  which: 'mine' | 'open' | 'all',
  page: number,
): Promise<CaseList> {
  const { person } = viewer;
  const found = [...context.cases.index.all()].filter((entry) => {
    const mine = entry.tasks.filter((task) => mayDo(task, person, entry.owner));
    if (which === 'mine') return mine.some((task) => task.claimed);
    if (which === 'open') return mine.length > 0;
    return entry.owner !== person.id && person.roles.some((role) => role !== APPLICANT && entry.roles.has(role));
  });
  const rank = (entry: IndexEntry): number => {
    const mine = entry.tasks.filter((task) => mayDo(task, person, entry.owner));
    if (mine.some((task) => task.prefer === person.id)) return 0;
    return mine.some((task) => task.first) ? 1 : 2;
  };
  const urgency = (entry: IndexEntry): number => entry.until ?? Number.MAX_SAFE_INTEGER;
  if (which === 'all') found.sort((a, b) => b.updatedAt - a.updatedAt);
  else {
    const ranks = new Map(found.map((entry) => [entry, rank(entry)] as const));
    found.sort((a, b) => ranks.get(a)! - ranks.get(b)! || urgency(a) - urgency(b) || a.updatedAt - b.updatedAt);
  }
  return present(context, viewer, found, page, DESK_PAGE);
}

/** Only the rows of the page are read. */
async function present(
  context: Context,
  viewer: Viewer,
  found: readonly IndexEntry[],
  wanted: number,
  size: number,
): Promise<CaseList> {
  const pages = Math.max(1, Math.ceil(found.length / size));
  const page = Math.min(wanted, pages);
  const rows: CaseRow[] = [];
  for (const entry of found.slice((page - 1) * size, page * size)) {
    const { document, definition } = await context.cases.read(entry.id);
    const actor = actorOf({ ...viewer, link: null }, entry, definition);
    if (actor) rows.push(context.engine.row(definition, document.state, actor, context.cases.env()));
  }
  return { rows, total: found.length, page, pages };
}

/** Start of a day in Asia/Shanghai, or null. */
function dayStart(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? null : time - zoneMinutes * 60_000;
}
