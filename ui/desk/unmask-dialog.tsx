import { useState } from 'react';
import { api } from '../api/index.ts';
import { asFault } from '../app/load.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { DialogActions } from '../workbench/dialog-actions.tsx';
import { say } from './texts.ts';

interface UnmaskDialogProps {
  readonly caseId: string;
  readonly path: string;
  readonly title: string;
  onClose(): void;
  /** @param read what stands on the pictures for it */
  onShown(value: string, read: readonly string[]): void;
}

/** A sensitive value is shown for a purpose, which is written down. */
export function UnmaskDialog({ caseId, path, title, onClose, onShown }: UnmaskDialogProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const reasons = say('unmaskReasons').split('|');
  const ask = async (reason: string) => {
    try {
      const { value, read = [] } = await api.unmask(caseId, path, reason);
      onShown(typeof value === 'string' ? value : JSON.stringify(value), read);
    } catch (error) {
      setProblem(asFault(error).message);
    }
  };
  return (
    <Dialog title={say('unmaskTitle', { title })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const reason = new FormData(event.currentTarget).get('reason');
          if (typeof reason === 'string') void ask(reason);
        }}
      >
        <p>{say('unmaskWhy')}</p>
        <div className="deskreasons">
          {reasons.map((reason, index) => (
            <label key={reason}>
              <input type="radio" name="reason" value={reason} defaultChecked={index === 0} />
              {reason}
            </label>
          ))}
        </div>
        {problem === null ? null : (
          <p className="note err" role="alert">
            {problem}
          </p>
        )}
        <DialogActions label={say('unmaskShow')} onClose={onClose} />
      </form>
    </Dialog>
  );
}
