import { useId, useState } from 'react';
import type { StudioProjectRow } from '../../engine/contract/routes.ts';
import { api, type Fault } from '../api/index.ts';
import { asFault } from '../app/load.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { navigate } from '../app/route/index.ts';
import { DialogActions } from '../workbench/dialog-actions.tsx';
import { say } from './texts.ts';

interface NewProjectDialogProps {
  /** Those that have a release to begin from. */
  readonly projects: readonly StudioProjectRow[];
  onClose(): void;
}

/** A project that begins as another one is: a name, an id and a number of its own; everything else is changed afterwards. */
export function NewProjectDialog({ projects, onClose }: NewProjectDialogProps) {
  const [given, setGiven] = useState({ from: projects[0]?.id ?? '', title: '', id: '', number: '' });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const prefix = useId();
  const submit = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    try {
      const { id } = await api.studioCreate(given);
      navigate(`/studio/${id}`);
    } catch (error) {
      setFault(asFault(error));
      setBusy(false);
    }
  };
  const field = (name: 'title' | 'id' | 'number', most: number) => (
    <div className="pubfield">
      <label htmlFor={`${prefix}-${name}`} className="strong">
        {say(`new-${name}`)}
      </label>
      <small id={`${prefix}-${name}-hint`} className="muted">
        {say(`new-${name}-hint`)}
      </small>
      <input
        className="in"
        id={`${prefix}-${name}`}
        required
        maxLength={most}
        value={given[name]}
        autoComplete="off"
        aria-describedby={`${prefix}-${name}-hint`}
        onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
      />
    </div>
  );
  return (
    <Dialog title={say('newProject')} onClose={onClose} sticky>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="pubfield">
          <label htmlFor={`${prefix}-from`} className="strong">
            {say('new-from')}
          </label>
          <small id={`${prefix}-from-hint`} className="muted">
            {say('new-from-hint')}
          </small>
          <select
            className="in"
            id={`${prefix}-from`}
            value={given.from}
            aria-describedby={`${prefix}-from-hint`}
            onChange={(event) => setGiven({ ...given, from: event.target.value })}
          >
            {projects.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </div>
        {field('title', 60)}
        {field('id', 40)}
        {field('number', 3)}
        {fault ? (
          <p className="note err" role="alert">
            {say('failed', { message: fault.message })}
          </p>
        ) : null}
        <DialogActions label={say('create')} busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
