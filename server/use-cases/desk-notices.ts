import type { DeskNoticeList, DeskNoticeView } from '../../engine/contract/routes.ts';
import type { Person } from '../accounts/accounts.ts';
import { noticesTopic } from '../cases/bus.ts';
import type { DeskNotice } from '../cases/desk-notices.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import type { Context } from '../context.ts';
import { isSeenAtDesk, staffRoles } from '../policies/case-access.ts';
import { pageOf } from './page.ts';
import { changeMarks, marked, marksOf, readBy } from './read-marks.ts';

const PAGE = 20;
const MARKS = 'deskMarks';
/** Told of what belongs to no role of a process. */
const RUNS_THE_HALL = 'operations';

type Known = DeskNotice & { readonly entry: IndexEntry };

/** What the desk was told about cases that this person may see, newest first; read marks are the person's own. */
export async function listDeskNotices(
  context: Context,
  person: Person,
  filter: { readonly unread: boolean },
  wanted: number,
): Promise<DeskNoticeList> {
  const all = await noticesOf(context, person);
  const isRead = readBy((await marksOf(context, MARKS, person.id)).marks);
  const { shown, place } = pageOf(filter.unread ? all.filter((one) => !isRead(one)) : all, wanted, PAGE);
  const rows = shown.map(async ({ key, at, text, entry }): Promise<DeskNoticeView> => {
    const { project, workflow } = await context.releases.definition(entry.release);
    const { id, number, subject } = entry;
    return {
      ...{ key, at, text, read: isRead({ key, at }) },
      case: { id, number, subject, project: project.title, workflow: workflow.title },
    };
  });
  return {
    rows: await Promise.all(rows),
    ...place,
    unread: all.filter((one) => !isRead(one)).length,
    newest: all[0]?.at ?? 0,
  };
}

export async function countDeskNotices(context: Context, person: Person): Promise<number> {
  const isRead = readBy((await marksOf(context, MARKS, person.id)).marks);
  return (await noticesOf(context, person)).filter((one) => !isRead(one)).length;
}

/** Keys that are not the person's change nothing. @returns how many are unread now */
export async function markDeskNotices(
  context: Context,
  person: Person,
  keys: readonly string[],
  read: boolean,
): Promise<number> {
  const wanted = new Set(keys);
  const known = await noticesOf(context, person);
  await changeMarks(context, MARKS, person.id, (marks) => {
    const isRead = readBy(marks);
    return marked(known, (one) => (wanted.has(one.key) ? read : isRead(one)), marks.until);
  });
  return told(context, person);
}

/** @param until what came later stays unread: nobody has seen it */
export async function markAllDeskNotices(context: Context, person: Person, until: number): Promise<number> {
  const known = await noticesOf(context, person);
  await changeMarks(context, MARKS, person.id, (marks) => {
    const isRead = readBy(marks);
    const covered = Math.max(marks.until, Math.min(until, context.clock.now()));
    return marked(known, (one) => isRead(one) || one.at <= until, covered);
  });
  return told(context, person);
}

function told(context: Context, person: Person): Promise<number> {
  context.bus.tell(noticesTopic, 0);
  return countDeskNotices(context, person);
}

async function noticesOf({ deskNotices, cases }: Context, person: Person): Promise<readonly Known[]> {
  const roles = staffRoles(person);
  if (roles.length === 0) return [];
  const isFor = ({ to, people }: DeskNotice): boolean =>
    people === undefined ? roles.includes(to ?? RUNS_THE_HALL) : people.includes(person.id);
  const found: Known[] = [];
  const notices = (await deskNotices.list()).filter(isFor);
  const entries = await cases.lists.many(notices.map(({ caseId }) => caseId));
  for (const notice of notices) {
    const entry = entries.get(notice.caseId);
    if (entry && isSeenAtDesk(person, entry)) found.push({ ...notice, entry });
  }
  return found.reverse();
}
