import { lazy, Suspense, useCallback, useEffect, useMemo } from 'react';
import { Link, navigate, useAddress, useParams, useQuery } from '../../app/route/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import './case.css';
import type { ReleaseView } from '../../../engine/contract/routes.ts';
import type { CaseView, TaskView } from '../../../engine/contract/view.ts';
import { isoDate } from '../../app/format.ts';
import { Icon } from '../../app/icon.tsx';
import { CaseNumber } from '../../app/parts/case-number.tsx';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { StatusTag } from '../../app/parts/status-tag.tsx';
import { useTexts } from '../../app/texts/index.ts';
import { type ArticleView, articleOf } from '../article.tsx';
import { NotFoundPage } from '../not-found-page.tsx';
import { OtherData, OtherOffers } from './other-tasks.tsx';
import { FactsPanel, Notices, OlderNotices } from './side-panels.tsx';
import { StepsBar } from './steps-bar.tsx';
import { TaskPage } from './task-page.tsx';
import { type LiveCase, useCase } from './use-case.ts';
import { editSections, type Forms, isGuide, useCompiledForms } from './use-forms.ts';
import { useWayBack } from './use-way-back.ts';
import { WaitingPanel } from './waiting-panel.tsx';

/** Nobody who begins needs them: they come with the first case that waits for somebody else. */
const Timeline = lazy(() => import('./timeline.tsx').then((part) => ({ default: part.Timeline })));
const TalkPanel = lazy(() => import('./talk-panel.tsx'));
const RelatedPanel = lazy(() => import('./related-panel.tsx'));

/** The role of whoever starts a case in the hall. */
const OWN_ROLE = 'applicant';

/** A case as its owner sees it: the task that is theirs as a page to fill in, or who is at work and until when. */
export default function CasePage() {
  const { id } = useParams();
  const live = useCase(id ?? null);
  const release = live.release.kind === 'ready' ? live.release.data : null;
  const forms = useCompiledForms(release);

  if (live.state.kind === 'failed') {
    if (live.state.fault.status === 404) return <NotFoundPage text={live.state.fault.message} />;
    return <Failed fault={live.state.fault} onRetry={live.reload} />;
  }
  if (live.release.kind === 'failed') return <Failed fault={live.release.fault} onRetry={live.reload} />;
  if (forms.kind === 'failed') return <Failed fault={forms.fault} onRetry={() => location.reload()} />;
  if (live.state.kind === 'loading' || !release || forms.kind === 'loading') return <Loading lines={8} />;
  return <LoadedCase live={live} view={live.state.data} release={release} forms={forms.data} />;
}

interface LoadedProps {
  readonly live: LiveCase;
  readonly view: CaseView;
  readonly release: ReleaseView;
  readonly forms: Forms;
}

function LoadedCase({ live, view, release, forms }: LoadedProps) {
  const t = useTexts();
  const wanted = useWantedEvent();
  const wayBack = useWayBack(view.steps);
  const task = currentTask(view);
  const others = view.tasks.filter((entry) => entry !== task);
  const wizard = view.steps.length > 0;
  // A page to fill in says by itself whose turn it is; elsewhere the waiting sentence leads.
  const isForm = task !== null && (wizard || isGuide(task));

  // What a list offered may have passed meanwhile: then the page itself says what is possible now.
  const { event: asked, taken } = wanted;
  const known = view.tasks.some((entry) => entry.offers.some((offer) => offer.event === asked?.event));
  useEffect(() => {
    if (asked && !known) taken();
  }, [asked, known, taken]);

  // The part that the address names is there only now.
  const { hash } = useAddress();
  useEffect(() => document.getElementById(hash.slice(1))?.focus(), [hash]);

  const props = { live, view, release, forms, wanted: asked, onWanted: taken };
  return (
    <div className="case">
      <div className="page">
        <nav className="crumb noprint" aria-label={t('app.crumb')}>
          {isForm ? (
            <>
              <Link to="/">{t('app.home')}</Link> / <Link to={`/p/${view.project.id}`}>{view.project.title}</Link> /{' '}
              {view.workflow.title}
            </>
          ) : (
            <>
              <Link to="/cases">{t('app.myCases')}</Link> / <CaseNumber number={view.number} />
            </>
          )}
        </nav>
        <StepsBar steps={view.steps} onBack={wayBack.go} />
        <Head
          view={view}
          task={task}
          isForm={isForm}
          article={task && isGuide(task) ? articleOf(release, task.article) : null}
        />
        {live.movedOn && (
          <p className="note brand movedon" role="status">
            <Icon name="arrow" />
            <span>{t('case.movedOn')}</span>
          </p>
        )}
        {!isForm && <WaitingPanel waiting={view.waiting} />}
        {view.over && (
          <p className="note">
            {[
              t('case.over'),
              ...(view.erased?.files === undefined ? [] : [t('case.erased', { date: isoDate(view.erased.files) })]),
            ].join(' ')}
          </p>
        )}
        <Notices view={view} />
        {task && <TaskPage key={task.state} {...props} task={task} wayBack={wayBack} />}
        {!isForm && (
          <div className="casegrid">
            <Suspense fallback={<div className="timeline" />}>
              <Timeline entries={view.timeline} mine={OWN_ROLE} />
            </Suspense>
            <aside className="stack aside-panels">
              {view.reached && (
                <Suspense fallback={null}>
                  <RelatedPanel view={view} />
                </Suspense>
              )}
              <FactsPanel facts={view.facts} />
              {others.map((other) => (
                <OtherOffers key={other.state} {...props} task={other} />
              ))}
              <OlderNotices view={view} />
            </aside>
          </div>
        )}
        {view.timeline.length > 1 && (
          <Suspense fallback={null}>
            <TalkPanel key={view.id} id={view.id} talked={live.talked} />
          </Suspense>
        )}
        {!isForm && others.map((other) => <OtherData key={other.state} {...props} task={other} />)}
      </div>
    </div>
  );
}

/**
 * The task that the page is about: one that asks for something, or that the case waits for. What the owner may only
 * look at (and perhaps withdraw from) while others work stands below.
 */
function currentTask(view: CaseView): TaskView | null {
  const awaited = new Set(view.waiting.filter((entry) => entry.mine).map((entry) => entry.state));
  return view.tasks.find((task) => task.mine && (awaited.has(task.state) || editSections(task).length > 0)) ?? null;
}

function Head(props: {
  readonly view: CaseView;
  readonly task: TaskView | null;
  readonly isForm: boolean;
  readonly article: ArticleView | null;
}) {
  const { view, task, isForm, article } = props;
  const t = useTexts();
  const subject = view.subject || view.workflow.title;
  // Work that goes on on another device keeps its name here, so that the page does not seem to be another.
  const elsewhere = view.tasks.find((entry) => entry.via !== undefined);
  const title = article?.title ?? (task ?? elsewhere)?.title ?? subject;
  return (
    <>
      <div className="casehead">
        <PageTitle title={`${title}${mark('comma')}${view.workflow.title}`} page={task?.state ?? view.status.label}>
          {title}
        </PageTitle>
        {!isForm && <StatusTag status={view.status} />}
      </div>
      {article?.lead && <p className="lead">{article.lead}</p>}
      {!isForm && (
        <p className="casemeta">
          {[view.workflow.title, view.project.title, ...(task && view.subject ? [view.subject] : [])].join(
            mark('comma'),
          )}
          {mark('comma')}
          {t('case.number')} <CaseNumber number={view.number} />
        </p>
      )}
    </>
  );
}

/** `?do=EVENT`, taken out of the address once it was followed, so that a reload does not repeat it. */
function useWantedEvent(): {
  readonly event: { readonly event: string; readonly act: boolean } | null;
  readonly taken: () => void;
} {
  const [params] = useQuery();
  const { pathname, state } = useAddress();
  const event = params.get('do');
  const act = typeof state === 'object' && state !== null && 'act' in state && state.act === true;
  const wanted = useMemo(() => (event === null ? null : { event, act }), [event, act]);
  const taken = useCallback(() => navigate(pathname, { replace: true }), [pathname]);
  return { event: wanted, taken };
}
