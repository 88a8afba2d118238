import { useTexts } from '../../app/texts/index.ts';
import { OfferDialogs } from './offer-dialogs.tsx';
import { ownOffers, SideOffers } from './offers.tsx';
import { Sections } from './sections.tsx';
import type { TaskPageProps } from './task-page.tsx';
import { useAct } from './use-act.ts';
import { useWanted } from './use-asked.ts';
import { useFormSet, useServices } from './use-forms.ts';

/** What the owner may do while somebody else is at work: withdraw, ask for a refund. */
export function OtherOffers(props: TaskPageProps) {
  const { live, view, release, forms, task } = props;
  const set = useFormSet(release, forms, { ...task, sections: [] });
  const services = useServices(view, release);
  const act = useAct({ live, set, flush: async () => undefined });
  useWanted(props, act.press);
  const offers = ownOffers(task.offers);
  if (offers.length === 0) return null;
  return (
    <>
      {act.refusal && (
        <p className="note err" role="alert">
          <span>{act.refusal}</span>
        </p>
      )}
      <SideOffers offers={offers} sending={live.sending} onPress={act.press} />
      <OfferDialogs act={act} live={live} release={release} forms={forms} task={task} set={set} services={services} />
    </>
  );
}

/** What was applied for, to look at while somebody else is at work. */
export function OtherData(props: TaskPageProps) {
  const t = useTexts();
  const { view, release, forms, task } = props;
  const services = useServices(view, release);
  const shown = task.sections.filter((section) => section.kind !== 'form' || section.mode === 'read');
  if (shown.length === 0) return null;
  return (
    <section className="casedata" aria-labelledby={`data-${task.state}`}>
      <h2 id={`data-${task.state}`}>{t('case.data')}</h2>
      <div className="casedata-grid">
        <Sections sections={shown} release={release} forms={forms} services={services} />
      </div>
    </section>
  );
}
