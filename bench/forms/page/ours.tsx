import { createRoot } from 'react-dom/client';
import '../../../ui/app/tokens.css';
import '../../../ui/app/base.css';
import { formFromStandalone, type ValidatorModule } from '../../../engine/forms/live.ts';
import { ErrorSummary, FormSet, FormView, useFormSet } from '../../../ui/form/index.ts';
import { DraftSaver } from '../../../ui/hall/case/draft-saver.ts';
import { ours } from '../ours.ts';
import { specs } from '../schema.ts';
import { count, root, send, show } from './contest.ts';

/** As the hall does it: validators made ahead, one store, the summary drawn again with every keystroke, saved by field. */
const schema = ours(specs(count));
const module = (await import(/* @vite-ignore */ `${location.origin}/validators.js?fields=${count}`)) as ValidatorModule;

show(() => {
  const { sample } = formFromStandalone(module, { sample: schema });
  if (!sample) throw new Error('no form');
  const set = new FormSet({
    forms: [{ form: sample, values: {}, editable: null }],
    context: { forms: {}, settings: {} },
  });
  const saver = new DraftSaver(
    { take: () => set.takeDirty(), restore: (patch) => set.giveBack(patch) },
    { save: (patch) => send(patch).then(() => ({ savedAt: 0 })), saved: () => {}, state: () => {} },
  );
  set.subscribe(() => {
    if (set.isDirty()) saver.changed();
  });
  createRoot(root).render(
    <div>
      <Summary set={set} />
      {set.stores.map((store) => (
        <FormView key={store.id} store={store} services={{}} />
      ))}
    </div>,
  );
});

function Summary({ set }: { readonly set: FormSet }) {
  useFormSet(set);
  return <ErrorSummary complaints={set.complaints()} />;
}
