import { useId, useState } from 'react';
import type { EditPlace } from '../../../engine/contract/edit.ts';
import { Icon } from '../../app/icon.tsx';
import { Dialog } from '../../app/parts/dialog.tsx';
import type { Editing } from '../use-project.ts';
import { withoutPiece } from './edits.ts';
import { Preview } from './preview.tsx';
import { TargetOptions } from './target-options.tsx';
import { say } from './texts.ts';

interface RemoveDialogProps {
  readonly editing: Editing;
  readonly place: EditPlace;
  onClose(): void;
}

/** Takes a state out of the project: where do those go who would have come to it? */
export function RemoveDialog({ editing, place, onClose }: RemoveDialogProps) {
  const id = useId();
  const [reconnect, setReconnect] = useState('');
  const [missing, setMissing] = useState(false);
  const inner = editing.diagram.nodes.filter((node) => node.id.startsWith(`${place.address}.`) && !node.removed).length;
  // Where cases go is nobody's guess: a wrong one sends them in circles.
  const next = reconnect === '' ? null : withoutPiece(editing.text, place.removal, reconnect);
  return (
    <Dialog title={say('removeTitle', { title: place.title })} onClose={onClose} sticky>
      <p className="muted">{say('removeHint')}</p>
      {inner > 0 ? <p>{say('removeInner', { n: inner })}</p> : null}
      <div className={missing ? 'pubfield bad' : 'pubfield'}>
        <label htmlFor={id} className="strong">
          {say('reconnect')}
        </label>
        {missing ? (
          <p className="emsg" id={`${id}-error`}>
            <Icon name="alert" /> {say('reconnectMissing')}
          </p>
        ) : null}
        <select
          className="in"
          id={id}
          value={reconnect}
          aria-invalid={missing}
          aria-describedby={missing ? `${id}-error` : undefined}
          onChange={({ target }) => {
            setReconnect(target.value);
            setMissing(false);
          }}
        >
          <option value="">{say('pick')}</option>
          <TargetOptions targets={place.targets} />
        </select>
      </div>
      <Preview editing={editing} text={next} />
      <footer>
        <button
          type="button"
          className="btn primary"
          onClick={() => {
            if (next === null) {
              setMissing(true);
              document.getElementById(id)?.focus();
              return;
            }
            editing.setText(next);
            onClose();
          }}
        >
          {say('removeDo')}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {say('cancel')}
        </button>
      </footer>
    </Dialog>
  );
}
