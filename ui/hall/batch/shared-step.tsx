import { useState } from 'react';
import type { ReleaseView } from '../../../engine/contract/routes.ts';
import { useErrorTitle } from '../../app/parts/page-title.tsx';
import { ErrorSummary, type FormSet, FormView, useFormSet } from '../../form/index.ts';
import { Contents } from '../case/contents.tsx';
import type { DraftState } from '../case/draft-saver.ts';
import { DraftStatus } from '../case/draft-status.tsx';
import { goOnAtEnter } from '../case/enter.ts';
import { say } from './texts.ts';
import { useSharedServices } from './use-shared.ts';

/** The forms that are the same for every row. */
export function SharedStep(props: {
  readonly set: FormSet;
  readonly release: ReleaseView;
  readonly draft: DraftState;
  readonly onNext: () => void;
}) {
  const { set, release } = props;
  const services = useSharedServices(release);
  const [focus, setFocus] = useState(0);
  const [shows, setShows] = useState<'errors' | 'warnings'>('errors');
  const [warned, setWarned] = useState('');

  const next = (): void => {
    const { errors, warnings } = set.check();
    const told = JSON.stringify(warnings);
    if (errors.length === 0 && (warnings.length === 0 || told === warned)) {
      props.onNext();
      return;
    }
    setShows(errors.length > 0 ? 'errors' : 'warnings');
    if (errors.length === 0) setWarned(told);
    setFocus((count) => count + 1);
  };

  return (
    <>
      <p className="lead">{say('shared.lead')}</p>
      <div className="formgrid noside">
        <Contents set={set} />
        <div className="formmain">
          <Summary set={set} shows={shows} focus={focus} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the key belongs to the inputs in it */}
          <div className="formbody" onKeyDown={goOnAtEnter}>
            {set.stores.map((store, index) => (
              <FormView
                key={store.id}
                store={store}
                services={services}
                {...(index === 0 && { aside: say('shared.optional') })}
                others={() => set.forms()}
                titleOfForm={(form) => release.forms[form]?.title ?? form}
              />
            ))}
            <div className="offers noprint">
              <div className="bar">
                <button type="button" className="btn primary" onClick={next}>
                  {say('next')}
                </button>
                <DraftStatus state={props.draft} />
              </div>
            </div>
          </div>
        </div>
      </div>
    </>
  );
}

/** Draws again with every keystroke, so that the page around it need not. */
function Summary(props: { readonly set: FormSet; readonly shows: 'errors' | 'warnings'; readonly focus: number }) {
  const { set, shows, focus } = props;
  useFormSet(set);
  useErrorTitle(shows === 'errors' && set.complaints().length > 0);
  return <ErrorSummary complaints={set.complaints(shows)} kind={shows} focus={focus} />;
}
