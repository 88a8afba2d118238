import { lazy, type ReactNode, Suspense } from 'react';
import type { ReleaseView } from '../../../engine/contract/routes.ts';
import type { CaseView, SectionView, TaskView } from '../../../engine/contract/view.ts';
import { Icon } from '../../app/icon.tsx';
import { useTexts } from '../../app/texts/index.ts';
import { voidedBy } from '../../app/voided.ts';
import { type FormSet, FormView } from '../../form/index.ts';
import { Article, articleOf } from '../article.tsx';
import { Contents } from './contents.tsx';
import { Documents } from './documents.tsx';
import { goOnAtEnter } from './enter.ts';
import { HelpColumn } from './help-column.tsx';
import { InlineDialogue, OfferDialogs } from './offer-dialogs.tsx';
import { mainOffers, reasonOf, SideOffers, sideOffers } from './offers.tsx';
import { codeFieldOf, Sections, schemaOfRecord } from './sections.tsx';
import { Bar, LockedForm, Progress, Summary } from './task-parts.tsx';
import { useAct } from './use-act.ts';
import { useStepBack, useWanted } from './use-asked.ts';
import type { LiveCase } from './use-case.ts';
import {
  editSections,
  type Forms,
  flagsOf,
  inOrder,
  isLocked,
  useDraft,
  useFormSet,
  useServices,
} from './use-forms.ts';
import type { WayBack } from './use-way-back.ts';

export interface TaskPageProps {
  readonly live: LiveCase;
  readonly view: CaseView;
  readonly release: ReleaseView;
  readonly forms: Forms;
  readonly task: TaskView;
  /** Event that a list asked for: opened at once when it can be done. `act` = the person pressed it there. */
  readonly wanted: { readonly event: string; readonly act: boolean } | null;
  readonly onWanted: () => void;
  /** The person is on the way back to an earlier step. */
  readonly wayBack?: WayBack;
  /** On the phone there is no help column. */
  readonly plain?: boolean;
}

const EarlierPanel = lazy(() => import('./earlier-panel.tsx'));
const RedoPanel = lazy(() => import('./redo-panel.tsx'));

/** Groups from which on a contents rail helps. */
const RAIL = 2;

/** One task of a person: its article, forms, papers and buttons. Everything in it comes from the view. */
export function TaskPage(props: TaskPageProps) {
  const { live, view, release, task, plain } = props;
  const t = useTexts();
  const set = useFormSet(release, props.forms, task);
  const draft = useDraft(view.id, set);
  const services = useServices(view, release);
  const act = useAct({ live, set, flush: draft.flush });

  const article = articleOf(release, task.article);
  const edits = editSections(task);
  const main = mainOffers(task.offers);
  const side = sideOffers(task.offers);
  const inline = edits.length > 0 ? undefined : main.find((offer) => offer.form && reasonOf(offer) === null);
  const buttons = main.filter((offer) => offer !== inline);
  useWanted(props, (offer) => {
    // Its form stands in the page already.
    if (offer.event === inline?.event) focusInline();
    else act.press(offer);
  });
  useStepBack(props, act);
  const shown = task.sections.filter((section) => !(section.kind === 'form' && section.mode === 'edit'));
  const passedOn = shown.filter((section) => section.kind === 'link' && section.to);
  const links = shown.filter((section) => (section.kind === 'link' && !section.to) || hasCode(section, release));
  const rest = shown.filter(
    (section) => !links.includes(section) && !passedOn.includes(section) && section.kind !== 'value',
  );
  const ordered = inOrder(set);
  const rail = !plain && edits.length >= RAIL;
  const open = set.stores.filter((store) => !isLocked(store));
  const asked = [...open.map((store) => store.id), ...(inline?.form ? [inline.form] : [])];

  const summary = <Summary set={set} act={act} />;
  const refusal = act.refusal && (
    <p className="note err refusal" role="alert" tabIndex={-1} ref={(element) => element?.focus()}>
      <Icon name="alert" />
      <span>{act.refusal}</span>
    </p>
  );
  const bar = (
    <Bar set={set} offers={buttons} sending={live.sending} act={act} draft={edits.length > 0 ? draft.state : null} />
  );
  const help = plain ? null : (
    <HelpColumn release={release} task={task} forms={asked}>
      <SideOffers offers={side} sending={live.sending} onPress={act.press} folded />
    </HelpColumn>
  );
  const dialogs = (
    <OfferDialogs
      act={act}
      live={live}
      release={release}
      forms={props.forms}
      task={task}
      set={set}
      services={services}
    />
  );
  const papers = <Documents caseId={view.id} documents={task.documents} prominent={edits.length === 0} />;
  const flagged = [...flagsOf(task).keys()];
  const sections = (
    <>
      <Sections sections={rest} release={release} forms={props.forms} services={services} />
      {flagged.length > 0 && (
        <Suspense fallback={null}>
          <RedoPanel voided={voidedBy(view.facts, flagged)} titleOf={services.titleOf ?? String} />
        </Suspense>
      )}
    </>
  );

  if (edits.length > 0) {
    return (
      <>
        {article && <Article article={article} />}
        <div className={`formgrid${rail ? '' : ' norail'}${plain ? ' noside' : ''}`}>
          {rail && <Contents set={set} />}
          <div className="formmain">
            {plain && <Progress set={set} />}
            {summary}
            {refusal}
            {sections}
            {!plain && isTypedAnew(set, edits) && (
              <Suspense fallback={null}>
                <EarlierPanel caseId={view.id} set={set} />
              </Suspense>
            )}
            {/* No <form>: it looks through the names of all its controls whenever React reads its properties. */}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the key belongs to the inputs in it */}
            <div className="formbody" onKeyDown={goOnAtEnter}>
              {ordered.map((store, index) =>
                isLocked(store) ? (
                  <LockedForm key={store.id} store={store} services={services} />
                ) : (
                  <FormView
                    key={store.id}
                    store={store}
                    services={services}
                    {...(index === 0 && !plain && { aside: t('case.optionalNote') })}
                    others={() => set.forms()}
                    titleOfForm={(form) => release.forms[form]?.title ?? form}
                  />
                ),
              )}
              {papers}
              {bar}
            </div>
            {plain && <SideOffers offers={side} sending={live.sending} onPress={act.press} folded />}
          </div>
          {help}
        </div>
        {dialogs}
      </>
    );
  }

  const right: ReactNode[] = [
    ...(links.length > 0
      ? [<Sections key="links" sections={links} release={release} forms={props.forms} services={services} />]
      : []),
    ...(inline
      ? [
          <InlineDialogue
            key={`inline ${inline.event} ${act.sent}`}
            offer={inline}
            act={act}
            live={live}
            release={release}
            forms={props.forms}
            task={task}
            set={set}
            services={services}
          />,
        ]
      : []),
  ];
  // One job a screen: what is read before acting stands left, what is acted on right; alone, it comes first.
  const reading = rest.length > 0;
  const aside = (
    <div className="stack">
      {!reading && article && <Article article={article} whole />}
      {task.documents.length > 0 && papers}
      {help}
    </div>
  );
  const acting = right.length > 0;
  const others = passedOn.length > 0 && (
    <Sections sections={passedOn} release={release} forms={props.forms} services={services} />
  );
  return (
    <>
      {refusal}
      {acting && reading ? (
        <div className="twocol">
          <div className="stack">
            {article && <Article article={article} whole />}
            {sections}
            {task.documents.length > 0 && papers}
          </div>
          <div className="stack">
            {right}
            {others}
            {bar}
            {plain ? null : <SideOffers offers={side} sending={live.sending} onPress={act.press} folded />}
          </div>
        </div>
      ) : (
        <div className={`formgrid norail acting${plain ? ' noside' : ''}`}>
          <div className="stack">
            {acting ? right : null}
            {reading && article && <Article article={article} whole />}
            {reading && sections}
            {others}
            {bar}
          </div>
          {aside}
        </div>
      )}
      {dialogs}
    </>
  );
}

/** Something to type, all of it open: then what was typed before is a help. Choices are quicker made again. */
function isTypedAnew(set: FormSet, edits: ReturnType<typeof editSections>): boolean {
  if (edits.some((section) => section.editable !== null)) return false;
  const typed = set.stores.flatMap((store) => store.form.fields.filter((field) => field.type === 'string'));
  return typed.filter((field) => field.schema.enum === undefined && field.compute === null).length > 1;
}

/** A record that holds a QR code stands where links stand. */
function hasCode(section: SectionView, release: ReleaseView): boolean {
  return section.kind === 'record' && codeFieldOf(schemaOfRecord(section, release)) !== null;
}

function focusInline(): void {
  document.querySelector<HTMLElement>('.inline-dialogue :is(input, select, textarea)')?.focus();
}
