import { type ReactNode, useEffect, useState } from 'react';
import { useParams } from '../app/route/index.ts';
import { mark } from '../app/texts/punctuation.ts';
import './phone.css';
import '../hall/case/case.css';
import { api, type Fault } from '../api/index.ts';
import { useHall } from '../app/hall-info.tsx';
import { Icon } from '../app/icon.tsx';
import { asFault } from '../app/load.ts';
import { PageTitle } from '../app/parts/page-title.tsx';
import { Failed, Loading } from '../app/parts/states.tsx';
import { useTexts } from '../app/texts/index.ts';
import { Notices } from '../hall/case/side-panels.tsx';
import { TaskPage } from '../hall/case/task-page.tsx';
import { useCase } from '../hall/case/use-case.ts';
import { useCompiledForms } from '../hall/case/use-forms.ts';
import { say } from './texts.ts';

type Opened =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly caseId: string }
  | { readonly kind: 'closed'; readonly fault: Fault };

/** One opening a page: React's double effects in development must not use the one-time link twice. */
const openings = new Map<string, Promise<string>>();

function openOnce(token: string): Promise<string> {
  let opening = openings.get(token);
  if (!opening) {
    opening = api.openLink(token).then((answer) => answer.case);
    openings.set(token, opening);
  }
  return opening;
}

/** The role of whoever starts a case in the hall. */
const OWN_ROLE = 'applicant';

/** The page that a one-time link opens on a phone or for somebody else: the one task of that link, and nothing else of the case. */
export default function PhonePage() {
  useTexts();
  const { token } = useParams();
  const [opened, setOpened] = useState<Opened>({ kind: 'opening' });

  useEffect(() => {
    if (!token) return;
    let gone = false;
    openOnce(token).then(
      (caseId) => !gone && setOpened({ kind: 'open', caseId }),
      (error: unknown) => !gone && setOpened({ kind: 'closed', fault: asFault(error) }),
    );
    return () => {
      gone = true;
    };
  }, [token]);

  if (opened.kind === 'opening') {
    return (
      <Frame>
        <p role="status" className="phone-wait">
          {say('phone.opening')}
        </p>
      </Frame>
    );
  }
  if (opened.kind === 'closed') {
    if (opened.fault.passing) {
      return (
        <Frame>
          <Failed fault={opened.fault} onRetry={() => location.reload()} />
        </Frame>
      );
    }
    return (
      <Frame>
        <div className="page">
          <PageTitle title={say('phone.expired')}>{say('phone.expired')}</PageTitle>
          <p className="read lead">{say('phone.expiredText')}</p>
          <p className="muted small">{opened.fault.message}</p>
        </div>
      </Frame>
    );
  }
  return (
    <Frame>
      <LinkedTask caseId={opened.caseId} />
    </Frame>
  );
}

function LinkedTask({ caseId }: { readonly caseId: string }) {
  useTexts();
  const live = useCase(caseId);
  const release = live.release.kind === 'ready' ? live.release.data : null;
  const forms = useCompiledForms(release);
  /** Role of the task that there was to do. */
  const [worked, setWorked] = useState<string | null>(null);
  const view = live.state.kind === 'ready' ? live.state.data : null;
  const task = view?.tasks.find((entry) => entry.mine) ?? null;

  // Once there was something to do here, its absence means that it is done.
  useEffect(() => {
    if (task) setWorked(task.by.id);
  }, [task]);

  if (worked && !task) return <Done own={worked === OWN_ROLE} />;
  if (live.state.kind === 'failed') {
    // The link's rights end with its task: a reload afterwards finds nothing more.
    if (!live.state.fault.passing) return <Done own={worked === OWN_ROLE} />;
    return <Failed fault={live.state.fault} onRetry={live.reload} />;
  }
  if (live.release.kind === 'failed') return <Failed fault={live.release.fault} onRetry={live.reload} />;
  if (forms.kind === 'failed') return <Failed fault={forms.fault} onRetry={() => location.reload()} />;
  if (!view || !release || forms.kind === 'loading') return <Loading />;
  if (!task) return <Done own={false} />;
  return (
    <div className="page">
      <p className="muted small">
        {view.subject
          ? say('phone.for', { subject: view.subject })
          : `${view.workflow.title}${mark('comma')}${view.project.title}`}
      </p>
      <PageTitle title={task.title} page={task.state}>
        {task.title}
      </PageTitle>
      <Notices view={view} />
      <TaskPage
        key={task.state}
        live={live}
        view={view}
        release={release}
        forms={forms.data}
        task={task}
        wanted={null}
        onWanted={() => undefined}
        plain
      />
    </div>
  );
}

/** `own`: the same person goes on at the computer; somebody else's part is over. */
function Done({ own }: { readonly own: boolean }) {
  useTexts();
  return (
    <div className="page phone-done">
      <p className="phone-ok" aria-hidden="true">
        <Icon name="check" />
      </p>
      <PageTitle title={own ? say('phone.done') : say('phone.over')} page="done">
        {own ? say('phone.done') : say('phone.over')}
      </PageTitle>
      <p className="read lead">{own ? say('phone.doneText') : say('phone.overText')}</p>
    </div>
  );
}

/** No menus: this page is for one thing. */
function Frame({ children }: { readonly children: ReactNode }) {
  const hall = useHall();
  const { hotline, hours } = hall.support;
  return (
    <div className="shell phone case">
      <header className="top">
        <div>
          <span className="brandmark">
            <b aria-hidden="true">{hall.mark}</b>
            {hall.name}
          </span>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {hotline && (
        <footer className="foot">
          <div>
            {hotline} {hours}
          </div>
        </footer>
      )}
    </div>
  );
}
