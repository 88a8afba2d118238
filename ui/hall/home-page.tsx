import { useState } from 'react';
import { Link } from '../app/route/index.ts';
import './home.css';
import type { HallView } from '../../engine/contract/routes.ts';
import { api } from '../api/index.ts';
import { useHall } from '../app/hall-info.tsx';
import { Icon } from '../app/icon.tsx';
import { useLoad } from '../app/load.ts';
import { PageTitle } from '../app/parts/page-title.tsx';
import { Failed, Loading } from '../app/parts/states.tsx';
import { useSession } from '../app/session.tsx';
import { useTexts } from '../app/texts/index.ts';
import { AnnouncementList, announcedIn } from './announcements/announcements.tsx';
import { say } from './announcements/texts.ts';
import { TurnCards } from './cases/turn-cards.tsx';

/** From this many projects on a search field helps more than it disturbs. */
const MANY = 8;

/** The hall's start page: what waits for the person, and the projects grouped by what is done in them. */
export function HomePage() {
  const t = useTexts();
  const hall = useHall();
  if (hall.state.kind === 'failed') return <Failed fault={hall.state.fault} onRetry={hall.reload} />;
  if (hall.state.kind === 'loading') return <Loading />;
  return (
    <div className="page home">
      <PageTitle title={t('home.title')}>{hall.title ?? t('home.title')}</PageTitle>
      <p className="lead">{hall.lead ?? t('home.lead')}</p>
      {hall.notices.map((notice) => (
        <p key={notice} className="note">
          <Icon name="alert" />
          <span>{notice}</span>
        </p>
      ))}
      <Announcements hall={hall.state.data} />
      <Yours />
      <Projects hall={hall.state.data} />
    </div>
  );
}

/** On the start page stand the newest; the others are a page away. */
const NEWEST = 3;

function Announcements({ hall }: { readonly hall: HallView }) {
  const all = announcedIn(hall.projects);
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="h-announcements">
      <div className="ph">
        <h2 id="h-announcements">{say('title')}</h2>
        {all.length > NEWEST && (
          <Link className="small" to="/announcements">
            {say('all')}
          </Link>
        )}
      </div>
      <AnnouncementList of={all.slice(0, NEWEST)} named />
    </section>
  );
}

function Yours() {
  const t = useTexts();
  const { session } = useSession();
  const { state } = useLoad(session.person ? `yours ${session.person.id}` : null, () => api.cases());
  if (state.kind !== 'ready') return null;
  const mine = state.data.rows.filter((row) => row.waiting.some((waiting) => waiting.mine));
  if (mine.length === 0) return null;
  return (
    <section aria-labelledby="h-yours">
      <div className="ph">
        <h2 id="h-yours">{t('home.yours', { n: mine.length })}</h2>
        <Link className="small" to="/cases">
          {t('home.allCases')}
        </Link>
      </div>
      <TurnCards rows={mine} />
    </section>
  );
}

function Projects({ hall }: { readonly hall: HallView }) {
  const t = useTexts();
  const [q, setQ] = useState('');
  const found = hall.projects.filter((project) => project.title.toLowerCase().includes(q.trim().toLowerCase()));
  const groups = new Map<string, { title: string; projects: HallView['projects'][number][] }>();
  for (const project of found) {
    const group = groups.get(project.workflow.id) ?? { title: project.workflow.title, projects: [] };
    group.projects.push(project);
    groups.set(project.workflow.id, group);
  }
  return (
    <section aria-labelledby="h-projects" className="projects">
      <h2 id="h-projects">{t('home.projects')}</h2>
      {hall.projects.length === 0 && <p className="muted">{t('home.none')}</p>}
      {hall.projects.length >= MANY && (
        <label className="find">
          <span className="vh">{t('home.search')}</span>
          <Icon name="search" />
          <input
            type="search"
            placeholder={t('home.search')}
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
        </label>
      )}
      {hall.projects.length > 0 && found.length === 0 && <p className="muted">{t('home.noMatch', { q: q.trim() })}</p>}
      {[...groups].map(([id, group]) => (
        <div key={id} className="entry">
          <h3>{group.title}</h3>
          <ul>
            {group.projects.map((project) => (
              <li key={project.id}>
                <Link to={`/p/${project.id}`}>
                  <span>{project.title}</span>
                  <span className={project.closed === undefined ? 'go' : 'muted'}>
                    {t(project.closed === undefined ? 'home.enter' : 'home.closed')} <Icon name="arrow" />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
