import { OfferDialogs } from './offer-dialogs.tsx';
import { ownOffers, SideOffers } from './offers.tsx';
import { Sections } from './sections.tsx';
import { type TaskPageProps, useWanted } from './task-page.tsx';
import { useAct } from './use-act.ts';
import { useFormSet, useServices } from './use-forms.ts';

/** A task that is somebody else's: what it shows, and what the owner may do all the same (withdraw, ask for a refund). */
export function OtherTasks(props: TaskPageProps) {
  const { live, view, release, forms, task } = props;
  const set = useFormSet(release, forms, { ...task, sections: [] });
  const services = useServices(view, release);
  const act = useAct({ live, set, flush: async () => undefined });
  useWanted(props, act.press);
  const shown = task.sections.filter((section) => section.kind !== 'form' || section.mode === 'read');
  const offers = ownOffers(task.offers);
  if (shown.length === 0 && offers.length === 0) return null;
  return (
    <>
      <Sections sections={shown} release={release} forms={forms} services={services} />
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
