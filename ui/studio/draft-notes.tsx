import type { LeftLaw } from '../../engine/contract/verdict.ts';
import { shortDateTime } from '../app/format.ts';
import { Icon } from '../app/icon.tsx';
import { aside, mark } from '../app/texts/punctuation.ts';
import { say as sayEdit } from './edit-texts.ts';
import { say } from './texts.ts';
import type { Editing } from './use-project.ts';

interface DraftNotesProps {
  readonly editing: Editing;
  /** The draft was published just now. */
  readonly published: boolean;
  /** The dialog is open, and says by itself what went wrong. */
  readonly publishing: boolean;
}

/** Under the head: who edits and who publishes, what was published, what went wrong. */
export function DraftNotes({ editing, published, publishing }: DraftNotesProps) {
  const { project, dirty, fault, left } = editing;
  const undecided = project.undecided ?? [];
  return (
    <div className="deskbars" aria-live="polite">
      {project.draft && !project.may.publish && !dirty ? (
        <p className="note">
          <Icon name="eye" />
          <span>{say('othersPublish')}</span>
        </p>
      ) : null}
      {!project.may.edit ? (
        <p className="note">
          <Icon name="eye" />
          <span>{say(project.draft ? 'othersEdit' : 'nothingToPublish')}</span>
        </p>
      ) : null}
      {published && project.release && !dirty ? (
        <p className="note ok">
          <Icon name="check" />
          <span>{say('published', { number: project.release.number, hash: project.release.hash.slice(0, 12) })}</span>
        </p>
      ) : null}
      {published && !dirty && undecided.length > 0 ? (
        <p className="note">
          <Icon name="eye" />
          <span>{saidOf(undecided)}</span>
        </p>
      ) : null}
      {left ? (
        <p className="note warn">
          <Icon name="clock" />
          <span className="grow">{sayEdit('left', { at: shortDateTime(left.at, Date.now()) })}</span>
          <button type="button" className="linkbtn" onClick={editing.takeLeft}>
            {sayEdit('takeLeft')}
          </button>
          <button type="button" className="linkbtn" onClick={editing.dropLeft}>
            {sayEdit('dropLeft')}
          </button>
        </p>
      ) : null}
      {fault && !publishing ? (
        <p className="note err" role="alert">
          <Icon name="alert" />
          <span className="grow">{say('failed', { message: fault.message })}</span>
        </p>
      ) : null}
    </div>
  );
}

/** What the gate could not say, in a sentence. */
function saidOf(undecided: readonly LeftLaw[]): string {
  const laws = undecided.map(({ title, reason }) => title + aside(say(reason))).join(mark('list'));
  return say('undecided', { n: undecided.length, laws });
}
