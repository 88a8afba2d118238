import { useSelector } from '@xstate/react';
import { useMemo, useState } from 'react';
import type { ActorRefFrom } from 'xstate';
import { type CaseView, completeCommand, diagram, type Session, view } from '../../engine/index.ts';
import { Icon } from '../app/icon.tsx';
import { Link } from '../app/route/index.ts';
import { type Locale, useLocale } from '../app/texts/index.ts';
import { mark } from '../app/texts/punctuation.ts';
import { DiagramView } from '../diagram/index.ts';
import { toldFailure } from '../workbench/told-issue.ts';
import { Workbench } from '../workbench/workbench.tsx';
import { nameOf } from './branch-rows.ts';
import { branchSay } from './branch-texts.ts';
import type { Branch } from './branches.ts';
import { BranchesDialog } from './branches-dialog.tsx';
import { CallsPanel } from './calls-panel.tsx';
import { ClockPanel } from './clock-panel.tsx';
import { CommandDialog } from './command-dialog.tsx';
import { FactsPanel, NoticesPanel, WaitingPanel } from './facts-panel.tsx';
import { JournalTable } from './journal-table.tsx';
import { OffersPanel } from './offers-panel.tsx';
import { OpenDialog } from './open-dialog.tsx';
import { OutsidePanel } from './outside-panel.tsx';
import { type Chance, chances } from './people.ts';
import { ScenarioDialog } from './scenario-dialog.tsx';
import type { labMachine } from './session.ts';
import { say } from './texts.ts';
import { trailOf } from './trail.ts';
import { TravelDialog } from './travel-dialog.tsx';
import { walked } from './walk.ts';
import type { Source } from './worker/messages.ts';

/** `law:complete` -> the law's title; what else went wrong as it is called. */
function titleOfIncident({ definition }: Session, incident: string): string {
  const law = incident.startsWith('law:') ? definition.declared.laws[incident.slice('law:'.length)] : undefined;
  return law?.title ?? incident;
}

export type LabRef = ActorRefFrom<typeof labMachine>;

/** Somebody who only looks: sees the case as it is for nobody in particular. */
const NOBODY = { id: 'lab', roles: [] } as const;

export function viewOf(session: Session, language: Locale): CaseView {
  const env = { now: session.now, calendar: session.calendar };
  return view(session.definition, session.state, { ...NOBODY, locale: language }, session.journal, env);
}

interface PlayPageProps {
  readonly lab: LabRef;
  /** What is played, for a worker. */
  readonly source: Source;
  readonly title: string;
  /** What is played is not published. */
  readonly isDraft: boolean;
}

export function PlayPage({ lab, source, title, isDraft }: PlayPageProps) {
  const language = useLocale();
  const moments = useSelector(lab, (state) => state.context.moments);
  const start = useSelector(lab, (state) => state.context.start);
  const refusal = useSelector(lab, (state) => state.context.refusal);
  const failure = useSelector(lab, (state) => state.context.failure);
  const story = useSelector(lab, (state) => state.context.story);
  const withstood = useSelector(lab, (state) => state.context.withstood);
  const isSample = useSelector(lab, (state) => state.context.isSample);
  const auto = useSelector(lab, (state) => state.context.auto);
  const [editing, setEditing] = useState<Chance | null>(null);
  const [dialog, setDialog] = useState<'travel' | 'open' | 'scenario' | 'branches' | null>(null);
  const [recording, setRecording] = useState<Branch | null>(null);
  const branch = useSelector(lab, (state) => state.context.branch);
  const others = useSelector(lab, (state) => state.context.others);
  const moment = moments.at(-1);
  const session = moment?.session;
  const definition = session?.definition ?? null;
  const picture = useMemo(() => (definition ? diagram(definition) : null), [definition]);
  const shown = useMemo(() => (session ? viewOf(session, language) : null), [session, language]);
  const offers = useMemo(() => (session ? chances(session) : { can: [], cannot: [] }), [session]);
  const trail = useMemo(() => trailOf(session?.journal ?? []), [session]);
  if (!moment || !session || !picture || !shown) return null;

  const run = (chance: Chance) => {
    const command = completeCommand(session, chance.offer.event, chance.actor);
    lab.send({ type: 'do', command, title: chance.offer.title });
  };
  return (
    <Workbench
      home="/lab"
      mark={say('mark')}
      title={say('room')}
      page={title}
      context={
        <>
          <span className="strong">{title}</span>
          {isDraft ? <span className="labbanner labdraft">{say('draft')}</span> : null}
          {isSample ? <span className="labbanner labdraft">{say('sample')}</span> : null}
          <span className="labbanner">{say('banner')}</span>
        </>
      }
      tools={
        <>
          <button
            type="button"
            className="btn sm"
            aria-disabled={moments.length < 2}
            onClick={() => lab.send({ type: 'undo' })}
          >
            {say('undo')}
          </button>
          <button type="button" className="btn sm" onClick={() => setDialog('branches')}>
            {others.length === 0 ? branchSay('branches') : branchSay('branchesMany', { n: others.length + 1 })}
          </button>
          <button type="button" className="btn sm" onClick={() => lab.send({ type: 'again' })}>
            {say('again')}
          </button>
          <button type="button" className="btn sm" onClick={() => setDialog('travel')}>
            {say('travel')}
          </button>
          <button type="button" className="btn sm" onClick={() => setDialog('open')}>
            {say('open')}
          </button>
          {isDraft ? (
            <Link className="btn sm" to={`/studio/${session.definition.project.id}`}>
              {say('toStudio')}
            </Link>
          ) : null}
          {isSample ? null : (
            <Link
              className="btn sm"
              to={`/lab?project=${session.definition.project.id}${isDraft ? '&of=draft' : ''}&view=coverage`}
            >
              {say('coverTitle')}
            </Link>
          )}
          {isSample ? null : (
            <Link
              className="btn sm"
              to={`/lab?project=${session.definition.project.id}${isDraft ? '&of=draft' : ''}&view=load`}
            >
              {say('loadTitle')}
            </Link>
          )}
          <Link className="btn sm" to="/lab">
            {say('back')}
          </Link>
          <button type="button" className="btn sm primary" onClick={() => setDialog('scenario')}>
            {say('save')}
          </button>
        </>
      }
    >
      <div className="lab">
        <section className="pane labflow">
          <div className="ph">
            <h1>
              {shown.status.label}
              {shown.over ? `${mark('comma')}${say('over')}` : ''}
            </h1>
            {others.length === 0 ? null : <span className="tag">{nameOf(branch)}</span>}
            <span className="muted">{say('trail')}</span>
          </div>
          {story === '' || session.incidents.length > 0 ? null : (
            <p className="note brand" data-story>
              <Icon name="eye" />
              <span className="grow">
                {say('playing', { story })}
                <span className="block muted">{say('playingHint')}</span>
              </span>
            </p>
          )}
          {refusal ? (
            <div className="note err" role="alert">
              <Icon name="alert" />
              <span className="grow">
                {say('refused')}
                {mark('colon')}
                {refusal.title}
                {refusal.blockers.map((blocker) => (
                  <span key={blocker.message} className="block">
                    {blocker.message}
                    {(blocker.fields ?? []).map((field) => (
                      <span key={field.path} className="block xs">
                        <code>{field.path}</code> {field.message}
                      </span>
                    ))}
                  </span>
                ))}
              </span>
              <button type="button" className="linkbtn" onClick={() => lab.send({ type: 'dismiss' })}>
                {say('close')}
              </button>
            </div>
          ) : null}
          {withstood === '' ? null : (
            <p className="note ok" role="status">
              <Icon name="check" />
              <span className="grow">{say('withstood', { what: withstood })}</span>
            </p>
          )}
          {failure ? (
            <div className="note warn" role="alert">
              <Icon name="warn" />
              <span className="grow">
                {say('openFailed', { step: failure.step + 1 })}
                <span className="block">{say('openExpected', { text: toldFailure(failure).expected })}</span>
                <span className="block">{say('openFound', { text: toldFailure(failure).found })}</span>
              </span>
              <button type="button" className="linkbtn" onClick={() => lab.send({ type: 'dismiss' })}>
                {say('close')}
              </button>
            </div>
          ) : null}
          {session.incidents.length > 0 ? (
            <p className="note err" role="alert">
              <Icon name="alert" />
              <span className="grow">
                {say('incidents')}
                {mark('colon')}
                {session.incidents.map((incident) => titleOfIncident(session, incident)).join(mark('semicolon'))}
                {story === '' ? null : <span className="block muted">{say('playingHint')}</span>}
              </span>
            </p>
          ) : null}
          <DiagramView diagram={picture} active={session.state.active} visited={trail.visited} taken={trail.taken} />
          <JournalTable session={session} />
        </section>
        <aside className="pane labside">
          <ClockPanel session={session} onAdvance={(ms) => lab.send({ type: 'advance', ms })} />
          <OffersPanel offers={offers} onRun={run} onEdit={setEditing} />
          <CallsPanel
            session={session}
            auto={auto}
            onAuto={(on) => lab.send({ type: 'auto', on })}
            onAnswer={(call, outcome) => lab.send({ type: 'answer', call, outcome })}
            onFault={(step, name) => lab.send({ type: 'fault', step, title: name })}
            onAdvance={(ms) => lab.send({ type: 'advance', ms })}
          />
          <OutsidePanel
            session={session}
            onSend={(command, name) => lab.send({ type: 'do', command, title: name })}
            onFault={(step, name) => lab.send({ type: 'fault', step, title: name })}
          />
          <FactsPanel session={session} view={shown} />
          <WaitingPanel view={shown} />
          <NoticesPanel session={session} />
        </aside>
      </div>
      {editing ? (
        <CommandDialog
          session={session}
          chance={editing}
          onClose={() => setEditing(null)}
          onSend={(command) => {
            setEditing(null);
            lab.send({ type: 'do', command, title: editing.offer.title });
          }}
        />
      ) : null}
      {dialog === 'travel' ? (
        <TravelDialog
          session={session}
          source={source}
          onClose={() => setDialog(null)}
          onArrived={(arrival, state) => {
            setDialog(null);
            const way = walked(moment, arrival);
            lab.send(way === null ? { type: 'jump', ...arrival, state } : { type: 'walk', moments: way });
          }}
        />
      ) : null}
      {dialog === 'open' ? (
        <OpenDialog
          session={session}
          onClose={() => setDialog(null)}
          onPlayed={(event) => {
            setDialog(null);
            lab.send(event);
          }}
        />
      ) : null}
      {dialog === 'branches' ? (
        <BranchesDialog
          lab={lab}
          onClose={() => setDialog(null)}
          onRecord={(chosen) => {
            setRecording(chosen);
            setDialog('scenario');
          }}
        />
      ) : null}
      {dialog === 'scenario' ? (
        <ScenarioDialog
          moment={recording?.moments.at(-1) ?? moment}
          start={recording === null ? start : recording.start}
          name={recording?.name ?? branch.name}
          isDraft={isDraft}
          onClose={() => {
            setRecording(null);
            setDialog(null);
          }}
        />
      ) : null}
    </Workbench>
  );
}
