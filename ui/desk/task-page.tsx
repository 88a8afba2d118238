import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReleaseView } from '../../engine/contract/routes.ts';
import type { CaseView, TaskView, WaitingView } from '../../engine/contract/view.ts';
import { fieldsOf } from '../../engine/forms/live.ts';
import { api } from '../api/index.ts';
import { clockTime, deadline, isoDate, remaining } from '../app/format.ts';
import { Icon } from '../app/icon.tsx';
import { now } from '../app/now.ts';
import { CaseNumber } from '../app/parts/case-number.tsx';
import { Loading } from '../app/parts/states.tsx';
import { StatusTag } from '../app/parts/status-tag.tsx';
import { Tile } from '../app/parts/tile.tsx';
import { navigate, useParams } from '../app/route/index.ts';
import { useSession } from '../app/session.tsx';
import { ErrorSummary, FormView, useFormSet as useRevision } from '../form/index.ts';
import { OfferDialogs } from '../hall/case/offer-dialogs.tsx';
import { useAct } from '../hall/case/use-act.ts';
import { type LiveCase, useCase } from '../hall/case/use-case.ts';
import { type Forms, useCompiledForms, useDraft, useFormSet, useServices } from '../hall/case/use-forms.ts';
import { Trouble, Workbench } from '../workbench/workbench.tsx';
import { DataPane } from './data-pane.tsx';
import { type Flag, flagOfferOf, flagsAtFirst, flagValues, reasonsFor, toggled } from './flags.ts';
import { type Choice, choicesOf, OffersBar } from './offers-bar.tsx';
import { OpinionPane } from './opinion-pane.tsx';
import { papersOf } from './papers.ts';
import { SentPart } from './sent-part.tsx';
import { useShortcuts } from './shortcuts.ts';
import { StatementLines } from './statement-lines.tsx';
import { TalkPart } from './talk-part.tsx';
import { say } from './texts.ts';
import { Viewer, type ViewerControls } from './viewer/viewer.tsx';
import './desk.css';

/** Stands for a task where the viewer has none, so that the page has nothing to fill in. */
const NO_TASK: TaskView = {
  state: '',
  title: '',
  by: { id: '', title: '', tile: '' },
  mine: false,
  sections: [],
  documents: [],
  offers: [],
};

export function TaskPage() {
  const { id = '' } = useParams();
  const live = useCase(id);
  const { state, release } = live;
  const view = state.kind === 'ready' ? state.data : null;
  const content = release.kind === 'ready' ? release.data : null;
  const forms = useCompiledForms(content);
  const failed = [state, release, forms].find((one) => one.kind === 'failed');
  return (
    <Workbench
      home="/desk"
      mark={say('mark')}
      title={say('room')}
      page={view ? `${view.subject} ${view.status.label}` : undefined}
      context={view ? <Head view={view} /> : null}
      tools={view ? <TimeLeft waiting={view.waiting} /> : null}
    >
      {failed?.kind === 'failed' ? <Trouble fault={failed.fault} onRetry={live.reload} /> : null}
      {view && content && forms.kind === 'ready' ? (
        <Work key={view.id} view={view} release={content} forms={forms.data} live={live} />
      ) : failed ? null : (
        <Loading lines={10} />
      )}
    </Workbench>
  );
}

function Head({ view }: { readonly view: CaseView }) {
  return (
    <>
      <CaseNumber number={view.number} />
      <StatusTag status={view.status} />
      <span className="muted">{view.project.title}</span>
    </>
  );
}

function TimeLeft({ waiting }: { readonly waiting: readonly WaitingView[] }) {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const mine = waiting.find((one) => one.mine && one.until !== null);
  if (!mine || mine.until === null) return null;
  const time = remaining(mine.until, at);
  const presses = mine.warn === null ? mine.until - at < 4 * 3600_000 : at >= mine.warn;
  const look = time === null ? 'err' : presses ? 'warn' : '';
  return (
    <>
      {mine.claimed === undefined ? null : (
        <span className="muted num" title={say('claimedHint')}>
          {say('claimed', { time: clockTime(mine.claimed) })}
        </span>
      )}
      <span className={`tag ${look}`} title={deadline(mine.until, at)}>
        <Icon name="clock" />
        {time === null ? say('late') : say('left', { time })}
      </span>
    </>
  );
}

interface WorkProps {
  readonly view: CaseView;
  readonly release: ReleaseView;
  readonly forms: Forms;
  readonly live: LiveCase;
}

function Work({ view, release, forms, live }: WorkProps) {
  const { session } = useSession();
  const [picked, setPicked] = useState<string | null>(null);
  const task =
    view.tasks.find((one) => one.state === picked) ?? view.tasks.find((one) => one.mine) ?? view.tasks[0] ?? null;
  const [flags, setFlags] = useState<readonly Flag[]>([]);
  const [paper, setPaper] = useState<string | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const viewer = useRef<ViewerControls | null>(null);
  const goNext = useNext(view.id, setNotice);

  const own = task?.mine ? task : NO_TASK;
  const set = useFormSet(release, forms, own);
  useRevision(set);
  const draft = useDraft(view.id, set);
  const services = useServices(view, release);
  const act = useAct({ live, set, flush: draft.flush });

  // Flags belong to the task they were set in; the case may have moved on meanwhile. A dialogue may start with some.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state of the task is the reason to start anew
  useEffect(() => setFlags(flagsAtFirst(flagOfferOf(own.offers, release.forms))), [own.state]);

  const papers = useMemo(() => (task ? papersOf(view, task, release.forms) : []), [view, task, release]);
  const flagOffer = flagOfferOf(own.offers, release.forms);
  const choices = choicesOf(own.offers, flagOffer, flags);

  const choose = (choice: Choice) => {
    setDone(null);
    setNotice(choice.why);
    if (choice.why !== null || live.sending.kind !== 'idle') return;
    const { offer } = choice;
    setDone(offer.title);
    if (offer !== flagOffer?.offer) {
      act.press(offer);
      return;
    }
    const values = { ...offer.formValues, [flagOffer.list]: flagValues(flags) };
    const asksMore = offer.confirm !== undefined || asksBesides(release, flagOffer.form, flagOffer.list);
    if (asksMore) act.press({ ...offer, formValues: values });
    else void act.submit(offer, values).then((fault) => fault && setNotice(say('refused', { message: fault.message })));
  };
  const keys: { [key: string]: () => void } = {
    n: goNext,
    '+': () => viewer.current?.zoom(1),
    '=': () => viewer.current?.zoom(1),
    '-': () => viewer.current?.zoom(-1),
    'Shift+R': () => viewer.current?.rotate(),
    c: () => viewer.current?.compare(),
  };
  for (const choice of choices) if (choice.key) keys[choice.key.toLowerCase()] = () => choose(choice);
  const last = flags.at(-1);
  const proposals = last ? reasonsFor(release.content.reasons, last.field).slice(0, 9) : [];
  proposals.forEach((reason, index) => {
    keys[String(index + 1)] = () => setFlags(withReason(flags, last?.field ?? '', reason));
  });
  const shortcuts = useShortcuts(keys);
  const sending = live.sending.kind === 'idle' ? null : live.sending.event;

  return (
    <>
      {view.tasks.length > 1 ? (
        <nav className="wbtabs desktabs" aria-label={say('otherTasks')}>
          {view.tasks.map((one) => (
            <button key={one.state} type="button" aria-pressed={one === task} onClick={() => setPicked(one.state)}>
              {one.title}
            </button>
          ))}
        </nav>
      ) : null}
      <div className="deskbars" aria-live="polite">
        {done !== null && act.sent > 0 && sending === null && act.refusal === null && act.open === null ? (
          <p className="note ok">
            <Icon name="check" />
            <span className="grow">
              {say('done', { title: done })} <Sentence waiting={view.waiting[0]} over={view.over} />
            </span>
          </p>
        ) : null}
        {live.movedOn && task?.mine ? (
          <p className="note warn">
            <Icon name="warn" />
            <span>{say('moved')}</span>
          </p>
        ) : null}
        {act.refusal ? (
          <p className="note err" role="alert">
            <Icon name="alert" />
            <span>{say('refused', { message: act.refusal })}</span>
          </p>
        ) : null}
        {notice ? <p className="note">{notice}</p> : null}
      </div>
      <div className={papers.length > 0 ? 'desk' : 'desk nopapers'}>
        <DataPane
          view={view}
          task={task}
          release={release}
          flags={flags}
          onFlag={
            flagOffer
              ? (path) => {
                  setDone(null);
                  setFlags(toggled(flags, path));
                }
              : null
          }
          onPaper={(path) => setPaper(papers.find((one) => one.field === path)?.id ?? null)}
          onFile={setPaper}
        />
        {papers.length > 0 ? <Viewer papers={papers} current={paper} onCurrent={setPaper} controls={viewer} /> : null}
        <aside className="pane deskside" aria-label={say('opinion')}>
          {flagOffer ? (
            <OpinionPane view={view} release={release} flags={flags} onChange={setFlags} />
          ) : (
            <Turn view={view} task={task} />
          )}
          <ErrorSummary complaints={set.complaints(act.shows)} kind={act.shows} focus={act.summary} />
          {set.stores.map((store) => (
            <FormView key={store.id} store={store} services={services} heading={3} />
          ))}
          <TalkPart id={view.id} talked={live.talked} />
          {session.abilities.includes('letters') ? <SentPart id={view.id} revision={view.revision} /> : null}
        </aside>
      </div>
      <OffersBar
        choices={choices}
        sending={sending}
        shortcuts={shortcuts.on}
        saved={draft.state.kind === 'saved' ? say('saved', { time: clockTime(draft.state.at) }) : null}
        onChoose={choose}
        onShortcuts={shortcuts.toggle}
        onNext={goNext}
      />
      <OfferDialogs
        act={act}
        live={live}
        release={release}
        forms={forms}
        task={own}
        set={set}
        services={services}
        before={(offer, store) => <StatementLines caseId={view.id} offer={offer} release={release} store={store} />}
      />
    </>
  );
}

/** The next case that waits for this person: one's own first, then whoever comes first in the queue. */
function useNext(current: string, tell: (notice: string) => void): () => void {
  const next = async () => {
    try {
      const rows = [...(await api.deskQueue('mine')).rows, ...(await api.deskQueue('open')).rows];
      const row = rows.find((one) => one.id !== current && one.waiting.some((waiting) => waiting.mine));
      if (row) navigate(`/desk/${row.id}`);
      else tell(say('nothingNext'));
    } catch {
      // The queue says itself what is wrong.
      navigate('/desk');
    }
  };
  return () => void next();
}

/** The dialogue has fields of its own besides the list of flags. */
function asksBesides(release: ReleaseView, form: string, list: string): boolean {
  const schema = release.forms[form];
  return schema !== undefined && fieldsOf(schema).some((field) => field.name !== list && field.readonly !== true);
}

function withReason(flags: readonly Flag[], field: string, reason: string): readonly Flag[] {
  return flags.map((flag) => {
    if (flag.field !== field) return flag;
    const has = flag.reasons.includes(reason);
    return { ...flag, reasons: has ? flag.reasons.filter((one) => one !== reason) : [...flag.reasons, reason] };
  });
}

/** Right, for tasks without flags: whose turn it is, and what the page is for. */
function Turn({ view, task }: { readonly view: CaseView; readonly task: TaskView | null }) {
  const shown = view.waiting.filter((one) => task === null || !task.mine || one.mine);
  return (
    <>
      <h2>{task?.mine ? task.title : say('opinion')}</h2>
      {shown.map((waiting) => (
        <div key={waiting.state} className={waiting.mine ? 'deskwait mine' : 'deskwait'}>
          <Tile character={waiting.who.tile} look={waiting.mine ? 'mine' : 'other'} />
          <p>
            <Sentence waiting={waiting} over={view.over} />
          </p>
        </div>
      ))}
      {task?.mine ? null : <p className="muted">{view.over ? say('over') : say('notNow')}</p>}
      {view.erased?.files !== undefined && (
        <p className="muted">{say('erased', { date: isoDate(view.erased.files) })}</p>
      )}
    </>
  );
}

/** The waiting sentence, its parts between ** set in bold. */
function Sentence({ waiting, over }: { readonly waiting: WaitingView | undefined; readonly over: boolean }) {
  if (over || !waiting) return <>{over ? say('over') : ''}</>;
  return (
    <>
      {waiting.sentence.split('**').map((part, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have places, no names
        index % 2 === 1 ? <b key={index}>{part}</b> : part,
      )}
    </>
  );
}
