import { useState } from 'react';
import { Link, navigate, useParams, useQuery } from '../app/route/index.ts';
import { mark } from '../app/texts/punctuation.ts';
import './project.css';
import { api } from '../api/index.ts';
import { useHall } from '../app/hall-info.tsx';
import { Icon } from '../app/icon.tsx';
import { asFault, useLoad } from '../app/load.ts';
import { PageTitle } from '../app/parts/page-title.tsx';
import { Failed, Loading } from '../app/parts/states.tsx';
import { useSession } from '../app/session.tsx';
import { useTexts } from '../app/texts/index.ts';
import { AnnouncementList, announcedIn } from './announcements/announcements.tsx';
import { say } from './announcements/texts.ts';
import { Article, articleOf } from './article.tsx';
import { TurnCards } from './cases/turn-cards.tsx';
import { NotFoundPage } from './not-found-page.tsx';

/** A project's own entry, linked from its portal: what it is, what to have ready, and one button to start or go on. */
export function ProjectPage() {
  const t = useTexts();
  const { project: id } = useParams();
  const [query] = useQuery();
  const hall = useHall();
  const { session } = useSession();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const project = hall.state.kind === 'ready' ? hall.state.data.projects.find((entry) => entry.id === id) : undefined;
  const release = useLoad(project ? `release ${project.release}` : null, () => api.release(project?.release ?? ''));
  const own = useLoad(session.person ? `own ${session.person.id}` : null, () => api.cases());

  if (hall.state.kind === 'failed') return <Failed fault={hall.state.fault} onRetry={hall.reload} />;
  if (hall.state.kind === 'loading') return <Loading />;
  if (!project) return <NotFoundPage text={t('project.unknown')} />;

  const mine =
    own.state.kind === 'ready'
      ? own.state.data.rows.filter(
          (row) => row.project.id === project.id && !row.over && row.waiting.some((w) => w.mine),
        )
      : [];
  const actingFor = session.companies?.find(({ id: one }) => one === session.acting)?.name;
  const start = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { id: started } = await api.startCase(project.id, query.get('from'));
      navigate(`/cases/${started}`);
    } catch (error) {
      setProblem(asFault(error).message);
      setBusy(false);
    }
  };
  const announcements = announcedIn([project]);
  const article = release.state.kind === 'ready' ? articleOf(release.state.data, release.state.data.article) : null;

  return (
    <div className="page project">
      <nav className="crumb noprint" aria-label={t('app.crumb')}>
        <Link to="/">{t('app.home')}</Link> / {project.title}
      </nav>
      <PageTitle title={`${project.workflow.title}${mark('comma')}${project.title}`}>
        {project.workflow.title}
      </PageTitle>
      <p className="lead">{article?.lead ?? t('project.for', { project: project.title })}</p>
      {mine.length > 0 && (
        <section aria-labelledby="h-open" className="open noprint">
          <h2 id="h-open">{t('project.open', { n: mine.length })}</h2>
          <TurnCards rows={mine} />
        </section>
      )}
      {announcements.length > 0 && (
        <section aria-labelledby="h-announcements" className="noprint">
          <h2 id="h-announcements">{say('title')}</h2>
          <AnnouncementList of={announcements} named={false} />
        </section>
      )}
      {problem && (
        <p className="note err" role="alert">
          <Icon name="alert" />
          <span>{problem}</span>
        </p>
      )}
      {project.closed !== undefined && <p className="note warn">{t('project.closed', { reason: project.closed })}</p>}
      {query.has('from') && project.closed === undefined && <p className="note">{t('project.from')}</p>}
      {actingFor && <p className="note">{t('project.acting', { company: actingFor })}</p>}
      <div className="actions start">
        {project.closed !== undefined ? null : session.person ? (
          <button
            type="button"
            className={mine.length > 0 ? 'btn' : 'btn primary'}
            aria-busy={busy}
            aria-disabled={busy}
            onClick={() => void start()}
          >
            {busy ? t('project.starting') : mine.length > 0 ? t('project.another') : t('project.start')}
          </button>
        ) : (
          <>
            <Link className="btn primary" to={`/login?next=/p/${project.id}`}>
              {t('project.loginStart')}
            </Link>
            <Link className="btn" to={`/register?next=/p/${project.id}`}>
              {t('app.register')}
            </Link>
          </>
        )}
      </div>
      {article && <Article article={article} />}
    </div>
  );
}
