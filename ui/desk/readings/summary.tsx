import type { ReadingsView } from '../../../engine/contract/routes.ts';
import type { Loaded } from '../../app/load.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { say } from './texts.ts';

/** On top of the data: how many fields say what the pictures say, and which pictures say nothing. */
export function ReadSummary({ state, onAgain }: { readonly state: Loaded<ReadingsView>; onAgain(): void }) {
  if (state.kind === 'loading') {
    return (
      <p className="deskreads muted" role="status">
        {say('running')}
      </p>
    );
  }
  if (state.kind === 'failed') return <p className="deskreads muted">{say('failed')}</p>;
  const { slots, values } = state.data;
  if (slots.length === 0) return null;
  const paths = [...new Set(values.map((one) => one.path))];
  const different = paths.filter((path) => values.some((one) => one.path === path && !one.same)).length;
  const later = slots.filter(({ status }) => status === 'later');
  return (
    <section className="deskreads" aria-label={say('title')}>
      {paths.length === 0 ? null : (
        <p>
          {say('title')}
          {mark('colon')}
          {different > 0 ? <b className="warn">{say('differ', { n: different })}</b> : null}
          {different > 0 ? mark('comma') : ''}
          {say('allSame', { n: paths.length - different })}
        </p>
      )}
      {slots.map(({ file, title, status }) =>
        status === 'read' ? null : (
          <p key={file} className="muted">
            {say(status, { title })}
          </p>
        ),
      )}
      {later.length > 0 ? (
        <button type="button" className="linkbtn" onClick={onAgain}>
          {say('again')}
        </button>
      ) : null}
    </section>
  );
}
