import { useState } from 'react';
import '../case/case.css';
import '../cases/cases.css';
import './batch.css';
import type { HallView, ReleaseView } from '../../../engine/contract/routes.ts';
import type { StepView } from '../../../engine/contract/view.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { api } from '../../api/index.ts';
import { useHall } from '../../app/hall-info.tsx';
import { useLoad } from '../../app/load.ts';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { Link, useParams } from '../../app/route/index.ts';
import { useTexts } from '../../app/texts/index.ts';
import type { FormSet } from '../../form/index.ts';
import { StepsBar } from '../case/steps-bar.tsx';
import { type Forms, useCompiledForms } from '../case/use-forms.ts';
import { NotFoundPage } from '../not-found-page.tsx';
import { SharedStep } from './shared-step.tsx';
import { TableStep } from './table-step.tsx';
import { say } from './texts.ts';
import { useSharedDraft, useSharedSet } from './use-shared.ts';

type Project = HallView['projects'][number];

/** A table for one project: what all its rows share, then the file. */
export default function TablePage() {
  const t = useTexts();
  const { project: id = '' } = useParams();
  const hall = useHall();
  const project = hall.state.kind === 'ready' ? hall.state.data.projects.find((one) => one.id === id) : undefined;
  const release = useLoad(project ? `release ${project.release}` : null, () => api.release(project?.release ?? ''));
  const kept = useLoad(project ? `batch shared ${id}` : null, () => api.batchShared(id));
  const forms = useCompiledForms(release.state.kind === 'ready' ? release.state.data : null);

  if (hall.state.kind === 'failed') return <Failed fault={hall.state.fault} onRetry={hall.reload} />;
  if (hall.state.kind === 'loading') return <Loading />;
  if (project?.batch === undefined) return <NotFoundPage text={say('none')} />;
  if (release.state.kind === 'failed') return <Failed fault={release.state.fault} onRetry={release.reload} />;
  if (kept.state.kind === 'failed') return <Failed fault={kept.state.fault} onRetry={kept.reload} />;
  if (forms.kind === 'failed') return <Failed fault={forms.fault} onRetry={release.reload} />;
  if (project.closed !== undefined) {
    return (
      <div className="page batch">
        <PageTitle title={project.title}>{project.title}</PageTitle>
        <p className="note warn">{t('project.closed', { reason: project.closed })}</p>
      </div>
    );
  }
  if (release.state.kind === 'loading' || kept.state.kind === 'loading' || forms.kind === 'loading') return <Loading />;
  return (
    <Steps
      key={project.id}
      project={project}
      release={release.state.data}
      forms={forms.data}
      kept={kept.state.data.forms}
    />
  );
}

function Steps(props: {
  readonly project: Project;
  readonly release: ReleaseView;
  readonly forms: Forms;
  readonly kept: { readonly [form: string]: JsonObject };
}) {
  const t = useTexts();
  const { project, release, forms, kept } = props;
  const set: FormSet = useSharedSet(release, forms, kept);
  const draft = useSharedDraft(project.id, set);
  const [step, setStep] = useState<'shared' | 'table'>('shared');
  const title = say(step === 'shared' ? 'step.shared' : 'step.table');
  const isTable = step === 'table';
  const steps: readonly StepView[] = [
    { id: 'shared', title: say('step.shared'), state: isTable ? 'done' : 'now', ...(isTable && { back: ['BACK'] }) },
    { id: 'table', title: say('step.table'), state: isTable ? 'now' : 'later' },
  ];
  return (
    <div className="page case batch">
      <nav className="crumb noprint" aria-label={t('app.crumb')}>
        <Link to="/batch">{say('title')}</Link> / {project.title}
      </nav>
      <StepsBar steps={steps} onBack={() => setStep('shared')} />
      <PageTitle title={title} page={step}>
        {title}
      </PageTitle>
      {step === 'shared' ? (
        <SharedStep set={set} release={release} draft={draft} onNext={() => setStep('table')} />
      ) : (
        <TableStep
          project={project.id}
          title={project.title}
          most={release.batch?.most ?? 0}
          forms={set.values()}
          onBack={() => setStep('shared')}
        />
      )}
    </div>
  );
}
