import { useId, useState } from 'react';
import type { EditPlace } from '../../../engine/contract/edit.ts';
import { Dialog } from '../../app/parts/dialog.tsx';
import { DialogActions } from '../../workbench/dialog-actions.tsx';
import { type DurationUnit, durationText } from '../settings-model.ts';
import { words } from '../texts.ts';
import type { Editing } from '../use-project.ts';
import { DelayChoice } from './delay-choice.tsx';
import { delayWords } from './delay-words.ts';
import { withDeadline } from './edits.ts';
import { Field } from './field.tsx';
import { say as sayPiece } from './piece-texts.ts';
import { Preview } from './preview.tsx';
import { TargetOptions } from './target-options.tsx';
import { say } from './texts.ts';

interface DeadlineDialogProps {
  readonly editing: Editing;
  readonly place: EditPlace;
  onClose(): void;
}

/** A deadline that the base does not have: how long, and where the case goes then. Neither is guessed. */
export function DeadlineDialog({ editing, place, onClose }: DeadlineDialogProps) {
  const id = useId();
  const [count, setCount] = useState('');
  const [unit, setUnit] = useState<DurationUnit>('working day');
  const [to, setTo] = useState('');
  const [missing, setMissing] = useState(false);
  const delay = Number(count) > 0 ? durationText(count, unit) : null;
  const isThere = place.timers.some((timer) => timer.kind === 'after' && timer.delay === delay);
  const target = place.deadline.targets.find(({ address }) => address === to);
  const next = delay === null || isThere || target === undefined ? null : withDeadline(editing.text, place, delay, to);
  const badDelay = isThere ? sayPiece('deadlineTwice') : missing && delay === null ? sayPiece('deadlineMissing') : null;
  const badTarget = missing && target === undefined ? say('reconnectMissing') : null;
  const submit = () => {
    if (next === null) {
      setMissing(true);
      document.getElementById(delay === null || isThere ? `${id}-count` : `${id}-to`)?.focus();
      return;
    }
    editing.setText(next);
    onClose();
  };
  return (
    <Dialog title={sayPiece('deadlineTitle', { title: place.title })} onClose={onClose} sticky>
      <form
        className="stepform"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="muted">{sayPiece('deadlineHint')}</p>
        <Field id={`${id}-count`} label={say('stepDeadlineIn')} wrong={badDelay}>
          <DelayChoice
            id={`${id}-count`}
            count={count}
            unit={unit}
            describedBy={badDelay === null ? undefined : `${id}-count-error`}
            onChange={(number, of) => {
              setCount(number);
              setUnit(of);
            }}
          />
        </Field>
        <Field id={`${id}-to`} label={say('stepDeadlineTo')} wrong={badTarget}>
          <select
            className="in"
            id={`${id}-to`}
            value={to}
            aria-invalid={badTarget !== null}
            aria-describedby={badTarget === null ? undefined : `${id}-to-error`}
            onChange={(event) => setTo(event.target.value)}
          >
            <option value="">{say('pick')}</option>
            <TargetOptions targets={place.deadline.targets} />
          </select>
        </Field>
        {next === null || delay === null || target === undefined ? null : (
          <p>
            {sayPiece('deadlineSentence', {
              title: place.title,
              delay: delayWords(delay, words()),
              to: target.kind === 'next' ? say('nextOf', { title: target.title }) : target.title,
            })}
          </p>
        )}
        <Preview editing={editing} text={next} />
        <DialogActions label={sayPiece('deadlineDo')} onClose={onClose} />
      </form>
    </Dialog>
  );
}
