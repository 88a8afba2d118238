import './batch.css';
import '../home.css';
import type { BatchSummary } from '../../../engine/contract/routes.ts';
import { api } from '../../api/index.ts';
import { shortDateTime } from '../../app/format.ts';
import { useHall } from '../../app/hall-info.tsx';
import { Icon } from '../../app/icon.tsx';
import { useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { Link } from '../../app/route/index.ts';
import { useTexts } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { say } from './texts.ts';

/** 大客户专区: projects that take a table with a case in each line, and what became of earlier tables. */
export default function BatchPage() {
  useTexts();
  const hall = useHall();
  const { state, reload } = useLoad('batches', api.batches);
  if (hall.state.kind === 'failed') return <Failed fault={hall.state.fault} onRetry={hall.reload} />;
  if (state.kind === 'failed') return <Failed fault={state.fault} onRetry={reload} />;
  if (hall.state.kind === 'loading' || state.kind === 'loading') return <Loading />;
  const projects = hall.state.data.projects.filter(({ batch }) => batch !== undefined);
  return (
    <div className="page home batch">
      <PageTitle title={say('title')}>{say('title')}</PageTitle>
      <p className="lead">{say('lead')}</p>
      <section aria-labelledby="h-projects">
        <h2 id="h-projects">{say('projects')}</h2>
        {projects.length === 0 && <p className="muted batch-none">{say('none')}</p>}
        {projects.map((project) => (
          <div key={project.id} className="entry">
            <h3>{project.workflow.title}</h3>
            <ul>
              <li>
                <Link to={`/batch/${project.id}`}>
                  <span>{project.title}</span>
                  <span className="go">
                    {say('enter')} <Icon name="arrow" />
                  </span>
                </Link>
              </li>
            </ul>
          </div>
        ))}
      </section>
      <section aria-labelledby="h-files">
        <h2 id="h-files">{say('files')}</h2>
        {state.data.length === 0 ? (
          <p className="muted batch-none">{say('noFiles')}</p>
        ) : (
          <ul className="batch-files">
            {state.data.map((one) => (
              <File key={one.id} of={one} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function File({ of }: { readonly of: BatchSummary }) {
  return (
    <li>
      <span className="grow">
        <Link className="strong" to={`/batch/reports/${of.id}`} aria-label={say('seeReport', { name: of.name })}>
          {of.name}
        </Link>
        <span className="small muted">
          {say('report.of', { project: of.project.title, at: shortDateTime(of.at, now()) })}
        </span>
      </span>
      <span className="small">{resultOf(of)}</span>
    </li>
  );
}

/** `已受理 12 行，未受理 2 行`. */
export function resultOf({ begun, wrong, waiting }: BatchSummary): string {
  const parts = [say('result.done', { begun })];
  if (wrong > 0) parts.push(say('result.wrong', { wrong }));
  if (waiting > 0) parts.push(say('result.waiting', { waiting }));
  return parts.join(mark('comma'));
}
