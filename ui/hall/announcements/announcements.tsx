import './announcements.css';
import type { HallView } from '../../../engine/contract/routes.ts';
import { isoDate } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Link } from '../../app/route/index.ts';
import { say } from './texts.ts';

type Project = HallView['projects'][number];

/** An announcement with the project that makes it. */
export interface Announced {
  readonly project: Project;
  readonly one: NonNullable<Project['announcements']>[number];
}

/** What projects announce today, newest first. A page that was opened yesterday knows by the server's clock what is over. */
export function announcedIn(projects: readonly Project[]): readonly Announced[] {
  const today = isoDate(now());
  const all = projects.flatMap((project) => (project.announcements ?? []).map((one) => ({ project, one })));
  const due = all.filter(({ one }) => one.until === undefined || today <= one.until);
  return due.sort((a, b) => (a.one.from < b.one.from ? 1 : -1));
}

export function addressOf({ project, one }: Announced): string {
  return `/announcements/${project.id}/${one.id}`;
}

/** How long it is shown: `2026-02-01 至 2026-02-20`. */
export function lasting({ from, until }: Announced['one']): string {
  return until === undefined ? say('from', { date: from }) : say('between', { from, until });
}

/** Titles, each leading to its page. `named`: with the project, where several are listed. */
export function AnnouncementList({ of, named }: { readonly of: readonly Announced[]; readonly named: boolean }) {
  return (
    <ul className="announcements">
      {of.map((each) => (
        <li key={addressOf(each)}>
          <Link className="strong" to={addressOf(each)}>
            {each.one.title}
          </Link>
          <span className="small muted">
            {lasting(each.one)}
            {named && <span className="whose">{say('by', { project: each.project.title })}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
