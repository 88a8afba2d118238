import type { Can, WhyNot } from '../../../engine/contract/edit.ts';
import type { Origin } from '../../../engine/model/definition.ts';
import type { Page } from '../tab.ts';
import { takenBack } from './edits.ts';
import { say as sayPiece } from './piece-texts.ts';
import { say } from './texts.ts';

interface WhereProps {
  readonly page: Page;
  readonly from: Origin | null;
  /** The change of this project that says it. */
  readonly change: string | null;
  /** Of what is said there. */
  readonly name: string;
  /** It stands in a step that the project put in: taking that back is no affair of one word. */
  readonly isWhole?: boolean;
  /** Said in front. */
  readonly label?: string;
}

/** Where something is written, and the way back to what the base says. */
export function Where({ page, from, change, name, isWhole = false, label }: WhereProps) {
  const { editing } = page;
  if (from === null) return <small>{say('inherited')}</small>;
  if (change === null) return <small>{say('fromBase', { file: fileName(from), line: from.line })}</small>;
  return (
    <small>
      <span className="changedmark">~ {label}</span>{' '}
      <button
        type="button"
        className="linkbtn"
        aria-label={`${say('fromProject', { line: from.line })} ${say('toLine')}`}
        onClick={() => page.goTo({ line: from.line, column: from.column })}
      >
        {say('fromProject', { line: from.line })}
      </button>{' '}
      {isWhole || !editing.project.may.edit ? null : (
        <button
          type="button"
          className="linkbtn"
          aria-label={say('restoreName', { name })}
          onClick={() => editing.setText(takenBack(editing.text, change))}
        >
          {say('restore')}
        </button>
      )}
    </small>
  );
}

/** Why something cannot be changed, in a sentence. */
export function whyNot(why: WhyNot): string {
  if (why === 'final' || why === 'passing') return sayPiece(why);
  return say(why === 'refuses' ? 'refused' : why);
}

/** It is part of a step that the project put in. */
export function isOwnStep(can: Can): boolean {
  return can.kind === 'within' && can.path.length > 1;
}

function fileName({ file }: Origin): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
