import { useHall } from '../../app/hall-info.tsx';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { Link, useParams } from '../../app/route/index.ts';
import { useTexts } from '../../app/texts/index.ts';
import { NotFoundPage } from '../not-found-page.tsx';
import { Prose } from '../prose.tsx';
import { AnnouncementList, announcedIn, lasting } from './announcements.tsx';
import { say } from './texts.ts';

/** 公告: the list of what is announced today, or one of them. */
export default function AnnouncementsPage() {
  const t = useTexts();
  const { project, id } = useParams();
  const hall = useHall();
  if (hall.state.kind === 'failed') return <Failed fault={hall.state.fault} onRetry={hall.reload} />;
  if (hall.state.kind === 'loading') return <Loading />;
  const all = announcedIn(hall.state.data.projects);
  if (id === undefined) {
    return (
      <div className="page">
        <PageTitle title={say('title')}>{say('title')}</PageTitle>
        {all.length === 0 ? <p className="lead">{say('none')}</p> : <AnnouncementList of={all} named />}
      </div>
    );
  }
  const found = all.find((each) => each.project.id === project && each.one.id === id);
  if (!found) return <NotFoundPage text={say('gone')} />;
  return (
    <div className="page announcement">
      <nav className="crumb noprint" aria-label={t('app.crumb')}>
        <Link to="/announcements">{say('title')}</Link> / {found.project.title}
      </nav>
      <PageTitle title={found.one.title}>{found.one.title}</PageTitle>
      <p className="muted">{lasting(found.one)}</p>
      <Prose text={found.one.text} />
      <p className="actions noprint">
        <Link className="btn" to={`/p/${found.project.id}`}>
          {say('start')}
        </Link>
      </p>
    </div>
  );
}
