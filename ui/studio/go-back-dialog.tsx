import { useId, useState } from 'react';
import type { StudioProject } from '../../engine/contract/routes.ts';
import { api, type Fault } from '../api/index.ts';
import { asFault } from '../app/load.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { DialogActions } from '../workbench/dialog-actions.tsx';
import { say } from './change-texts.ts';
import type { Released } from './release-history.tsx';
import { say as sayStudio } from './texts.ts';

interface GoBackDialogProps {
  readonly project: StudioProject;
  readonly release: Released;
  onClose(): void;
  onDone(): void;
}

/** An earlier release in force again: what that means, and why. */
export function GoBackDialog({ project, release, onClose, onDone }: GoBackDialogProps) {
  const { number, hash } = release;
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const field = useId();
  const submit = async (): Promise<void> => {
    if (busy) return;
    if (note.trim() === '') {
      setMissing(true);
      document.getElementById(field)?.focus();
      return;
    }
    setBusy(true);
    try {
      await api.studioGoBack(project.id, hash, note.trim(), project.base);
      onClose();
      onDone();
    } catch (error) {
      setFault(asFault(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={say('goBackTitle', { number })} onClose={onClose} sticky>
      <p>{say('goBackText', { number })}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className={missing ? 'pubfield bad' : 'pubfield'}>
          <label htmlFor={field} className="strong">
            {sayStudio('note')}
          </label>
          <small id={`${field}-hint`} className="muted">
            {sayStudio('noteHint')}
          </small>
          {missing ? (
            <p className="emsg" id={`${field}-error`}>
              {sayStudio('noteMissing')}
            </p>
          ) : null}
          <textarea
            id={field}
            rows={2}
            maxLength={200}
            value={note}
            aria-invalid={missing}
            aria-describedby={missing ? `${field}-hint ${field}-error` : `${field}-hint`}
            onChange={(event) => {
              setNote(event.target.value);
              setMissing(false);
            }}
          />
        </div>
        {fault ? (
          <p className="note err" role="alert">
            {sayStudio('failed', { message: fault.message })}
          </p>
        ) : null}
        <DialogActions label={say('goBack')} busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
